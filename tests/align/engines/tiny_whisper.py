"""A Whisper model of random weights, a few hundred kB, in the files that faster-whisper loads."""

from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

WIDTH, HEADS, MELS = 32, 2, 80


def write_tiny_whisper(folder: Path) -> Path:
    """Write the model, English alone, into `folder`."""
    rng = np.random.default_rng(4)
    tokens = write_tokenizer(folder)
    spec = WhisperSpec(1, HEADS, 1, HEADS)

    def random(*shape: int) -> Any:
        return rng.normal(0.0, 0.2, shape).astype(np.float32)

    def fill(linear: Any, rows: int, columns: int, *kernel: int) -> None:
        linear.weight, linear.bias = random(rows, columns, *kernel), np.zeros(rows, np.float32)

    def level(norm: Any) -> None:
        norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(part: Any, *rows: int) -> None:
        level(part.layer_norm)
        for linear, count in zip(part.linear, rows, strict=True):
            fill(linear, count, WIDTH)

    fill(spec.encoder.conv1, WIDTH, MELS, 3)
    fill(spec.encoder.conv2, WIDTH, WIDTH, 3)
    spec.encoder.position_encodings.encodings = random(1500, WIDTH)
    spec.decoder.position_encodings.encodings = random(448, WIDTH)
    spec.decoder.embeddings.weight = random(len(tokens), WIDTH)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    for half in (spec.encoder, spec.decoder):
        level(half.layer_norm)
        for layer in half.layer:
            attention(layer.self_attention, 3 * WIDTH, WIDTH)
            level(layer.ffn.layer_norm)
            fill(layer.ffn.linear_0, 2 * WIDTH, WIDTH)
            fill(layer.ffn.linear_1, WIDTH, 2 * WIDTH)
    for layer in spec.decoder.layer:
        attention(layer.attention, WIDTH, 2 * WIDTH, WIDTH)
    config: Any = spec.config
    config.suppress_ids, config.suppress_ids_begin = [], []
    config.lang_ids = [tokens.index("<|en|>")]
    config.alignment_heads = [(0, 0)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.save(str(folder))
    return folder


def write_tokenizer(folder: Path) -> list[str]:
    """Write a tokenizer of single bytes, and Whisper's marks; return all tokens in order."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({letter: at for at, letter in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    named = ["endoftext", "startoftranscript", "en", "translate", "transcribe", "startoflm", "startofprev"]
    named += ["nospeech", "notimestamps", *(f"{at / 50:.2f}" for at in range(1501))]
    marks = [f"<|{name}|>" for name in named]
    tokenizer.add_special_tokens(marks)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return [*letters, *marks]
