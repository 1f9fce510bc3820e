"""A CTC model whose letters are tones, and speech in them: what is said when is known exactly."""

import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

RATE = 16_000
STEP, WIDTH = 320, 400
SYMBOLS = ("<pad>", "|", *"abcdefghijklmnopqrstuvwxyz'")
PITCHES = {symbol: 200.0 + 120.0 * number for number, symbol in enumerate(SYMBOLS) if number}
LETTER, GAP = 1_600, 640
"""Samples of a letter, and of the silence after it."""


def write_tone_model(folder: Path) -> Path:
    """Write the model into `folder`: the energy at each tone, in logarithms, against a constant for the blank."""
    times = np.arange(WIDTH) / RATE
    filters = [
        wave(2 * np.pi * pitch * times) * 2 / WIDTH for pitch in PITCHES.values() for wave in (np.cos, np.sin)
    ]
    sums = np.zeros((len(SYMBOLS), len(filters), 1), np.float32)
    for number in range(len(PITCHES)):
        sums[number + 1, 2 * number : 2 * number + 2] = 1
    floor = np.full((1, len(SYMBOLS), 1), 1e-4, np.float32)
    floor[0, 0] = 0.1
    constants = {
        "filters": np.array(filters, np.float32)[:, None],
        "sums": sums,
        "floor": floor,
        "axis": np.array([1], np.int64),
        "scale": np.array(8.0, np.float32),
    }
    nodes = [
        helper.make_node("Unsqueeze", ["input_values", "axis"], ["sound"]),
        helper.make_node("Conv", ["sound", "filters"], ["waves"], strides=[STEP]),
        helper.make_node("Mul", ["waves", "waves"], ["squares"]),
        helper.make_node("Conv", ["squares", "sums"], ["energies"]),
        helper.make_node("Add", ["energies", "floor"], ["floored"]),
        helper.make_node("Log", ["floored"], ["logs"]),
        helper.make_node("Mul", ["logs", "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["logits"], perm=[0, 2, 1]),
    ]
    graph = helper.make_graph(
        nodes,
        "tones",
        [helper.make_tensor_value_info("input_values", TensorProto.FLOAT, [1, "samples"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "frames", len(SYMBOLS)])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    folder.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(folder / "model.onnx"))
    (folder / "vocab.json").write_text(json.dumps({symbol: at for at, symbol in enumerate(SYMBOLS)}))
    return folder


def say(words: str, before: int = 0, after: int = 0) -> tuple[NDArray[np.int16], list[tuple[str, int, int]]]:
    """Return the sound of lower-case words, with silence around it in ms, and where each word is, ms."""
    sound = [np.zeros(before * RATE // 1000)]
    said: list[tuple[str, int, int]] = []
    at = len(sound[0])
    for number, word in enumerate(words.split()):
        text = word if number == 0 else f"|{word}"
        for symbol in text:
            tone = np.sin(2 * np.pi * PITCHES[symbol] * np.arange(LETTER) / RATE)
            sound += [tone, np.zeros(GAP)]
        at += len(text) * (LETTER + GAP)
        start = at - len(word) * (LETTER + GAP)
        said.append((word, start * 1000 // RATE, (at - GAP) * 1000 // RATE))
    sound.append(np.zeros(after * RATE // 1000))
    return (np.concatenate(sound) * 12_000).astype(np.int16), said
