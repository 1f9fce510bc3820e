"""The engine `whisper`: faster-whisper, with a model that the user has or that comes from the hub.

Its words and times are a first guess: it merges words, writes digits, and repeats itself over music. Repetitions and
improbable segments are dropped here; the rest must agree with the text to be believed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS, SAMPLE_RATE
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.errors import first_line
from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.transcripts.spoken.lines import speak
from asdelivered.transcripts.spoken.unspaced import is_unspaced, words_of

if TYPE_CHECKING:
    import ctranslate2
    from faster_whisper import BatchedInferencePipeline

MODEL = "small"
"""The default size: 480 MB."""
NEEDED = ("config.json", "model.bin", "tokenizer.json")
"""Files that every model has."""
CONFIGURED = ("suppress_ids", "suppress_ids_begin", "lang_ids", "alignment_heads")
"""Keys of a Whisper's config.json; CTranslate2 takes them for granted, and crashes where one is missing."""
_BATCH = {"cpu": 4, "cuda": 8}
"""Chunks that are recognised together: with base, four take 0.8 GB of memory and eight 1.4 GB."""
_HOTWORDS = 60
"""Rare words of the text in the model's prompt, which holds some 220 tokens."""
_MOST_COMPRESSED = 2.4
_LEAST_LIKELY = -1.5
"""Mean log-probability of a token: OpenAI's own limit, -1, discards accented speech."""
_SILENT = 0.6
_PUNCTUATION = ".,;:!?\"'“”’()[]"
_LONGEST_LOOP = 8
_TIMES = 3
"""Nobody says the same words this many times in a row; a looping recogniser does."""


class WhisperWord(Protocol):
    """A word as faster-whisper gives it, with times in seconds."""

    @property
    def word(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> float: ...  # noqa: D102
    @property
    def end(self) -> float: ...  # noqa: D102


class WhisperSegment(Protocol):
    """A segment as faster-whisper gives it."""

    @property
    def words(self) -> Sequence[WhisperWord] | None: ...  # noqa: D102
    @property
    def avg_logprob(self) -> float: ...  # noqa: D102
    @property
    def compression_ratio(self) -> float: ...  # noqa: D102
    @property
    def no_speech_prob(self) -> float: ...  # noqa: D102


class Whisper:
    """Recognises some chunks at a time, in this process: the library itself uses all cores, or the GPU."""

    name = "whisper"
    wants_samples = True
    time_error = 30

    def __init__(self, options: EngineOptions) -> None:
        """Load the model, so that an error shows before anything else is done. Raises AlignError."""
        self._options = options
        self._pipeline = load_model(options)

    def version(self) -> str:
        """Return the version of faster-whisper."""
        return version("faster-whisper")

    def settings(self) -> dict[str, Setting]:
        """Return the model, and the type of number it computes with."""
        return {
            "model": self._options.model or MODEL,
            "device": self._model.device,
            "compute_type": self._model.compute_type,
        }

    @cached_property
    def _model(self) -> Any:
        return self._pipeline.model.model

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Recognise each chunk. A `careful` pass has a wider beam, and gets no hints about the words."""
        language = check_language(self._model, self._options.model, task.language)
        hotwords = None if careful else rare_words(task.script)
        waiting = iter(chunks)
        while some := list(islice(waiting, _BATCH[self._model.device])):
            yield from self._recognise(some, language, 5 if careful else 2, hotwords)

    def _recognise(
        self, chunks: Sequence[Chunk], language: str, beams: int, hotwords: str | None
    ) -> list[list[RecognisedWord]]:
        clips: list[dict[str, float]] = []
        offsets = np.cumsum([0, *(len(chunk.samples) for chunk in chunks)]) / SAMPLE_RATE
        for chunk, offset in zip(chunks, offsets, strict=False):
            speech = _speech(chunk.samples)
            if speech:
                clips.append({"start": offset + speech[0], "end": offset + speech[1]})
        if not clips:
            return [[] for _ in chunks]
        sound = np.concatenate([chunk.samples for chunk in chunks]).astype(np.float32) / 32768
        try:
            segments, _ = self._pipeline.transcribe(
                sound,
                language=language,
                beam_size=beams,
                word_timestamps=True,
                clip_timestamps=clips,
                batch_size=_BATCH[self._model.device],
                hotwords=hotwords,
            )
            words = believable(segments, language)
        except RuntimeError as error:  # such as a GPU whose memory is full
            raise AlignError(
                f"the model {self._options.model or MODEL} broke off while it heard ({first_line(error)}): "
                "get it again, or take a smaller one, --device cpu, or another --compute-type"
            ) from error
        return [
            [
                RecognisedWord(word.word, word.start - start, max(word.start + 1, min(word.end, end)) - start)
                for word in words
                if start <= word.start < end
            ]
            for start, end in (
                (round(a * 1000) // FRAME_MS, round(b * 1000) // FRAME_MS)
                for a, b in pairwise(offsets.tolist())
            )
        ]


def is_installed() -> bool:
    """Return whether faster-whisper is there, without loading it."""
    return find_spec("faster_whisper") is not None


def check_installed() -> None:
    """Raise MissingExtraError where faster-whisper is not there; turn off the reports of its ONNX Runtime."""
    if not is_installed():
        raise MissingExtraError(Extra.WHISPER, "the engine whisper")
    import asdelivered.align.engines.onnx_runtime  # noqa: F401


@lru_cache(maxsize=1)
def load_model(options: EngineOptions) -> BatchedInferencePipeline:
    """Return the model that the options name, loaded once for engine and scorer.

    A processor computes with 8-bit numbers unless the options name others: that takes less time and memory.

    Raises AlignError, saying what is wrong with the options or the model, and MissingExtraError.
    """
    check_installed()
    import ctranslate2
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    gpus = ctranslate2.get_cuda_device_count()
    if options.device == "cuda" and not gpus:
        raise AlignError("there is no GPU with CUDA here: take --device cpu")
    device = "cuda" if gpus and options.device == "auto" else options.device if gpus else "cpu"
    known = ctranslate2.get_supported_compute_types(device)
    if options.compute_type not in {"default", "auto", *known}:
        raise AlignError(
            f"{device} can't compute with {options.compute_type!r}: "
            f"take --compute-type {', '.join(sorted(known))} or default"
        )
    folder = find_model(options.model or MODEL)
    eight_bits = device == "cpu" and options.compute_type == "default" and "int8" in known
    try:
        model = WhisperModel(
            str(folder), device=device, compute_type="int8" if eight_bits else options.compute_type
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise AlignError(
            f"{folder}: not a whole Whisper model for faster-whisper ({first_line(error)}): get it again"
        ) from error
    except Exception as error:  # tokenizers raises nothing narrower for a file that is another library's
        raise AlignError(
            f"{folder}: its tokenizer.json can't be read ({error}): get the model again"
        ) from error
    return BatchedInferencePipeline(model)


def check_language(model: ctranslate2.models.Whisper, name: str | None, language: str) -> str:
    """Return the model's code of a language, such as en of en-GB. Raises AlignError where it does not know it."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    code = language.partition("-")[0]
    if code not in _LANGUAGE_CODES:
        raise AlignError(f"whisper knows no language {language!r}: take --engine sphinx")
    if code != "en" and not model.is_multilingual:
        raise AlignError(f"the model {name} knows English alone, not {language!r}: take one without .en")
    return code


def find_model(name: str) -> Path:
    """Return the folder of the model `name`: a size, a folder, or a name at the hub.

    A folder whose name is a size is given with a slash, ./base. What is not in the hub's cache is downloaded, with a
    bar on stderr. Raises AlignError and MissingExtraError.
    """
    check_installed()
    from faster_whisper.utils import _MODELS

    folder = Path(name)
    if name in _MODELS:
        folder = _from_hub(name)
    elif not folder.is_dir():
        if folder.exists() or name.startswith((".", "/", "~")) or name.count("/") > 1:
            raise AlignError(f"{name}: there is no such folder with a model")
        folder = _from_hub(name)
    missing = [file for file in NEEDED if not (folder / file).is_file()]
    if missing:
        raise AlignError(
            f"{folder}: {', '.join(missing)} is missing: not a Whisper model for faster-whisper, or half downloaded"
        )
    for file in (*folder.glob("*config.json"), folder / "tokenizer.json"):
        try:
            json.loads(file.read_bytes())
        except ValueError as error:
            raise AlignError(
                f"{folder}: {file.name} is not whole ({error}): half downloaded? Get the model again"
            ) from error
    if not is_whisper(folder):
        raise AlignError(f"{folder}: config.json is not a Whisper's for faster-whisper: get the model again")
    return folder


def is_whisper(folder: Path) -> bool:
    """Tell by config.json whether a model is a Whisper: other models for CTranslate2 have the same files."""
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except ValueError:
        return False
    return isinstance(config, dict) and config.keys() >= {*CONFIGURED}


def _from_hub(name: str) -> Path:
    import huggingface_hub
    from faster_whisper.utils import _MODELS
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    repository = name if "/" in name else _MODELS.get(name)
    if repository is None:
        raise AlignError(
            f"there is no model {name!r}: give a folder, a name at the hub, or one of {', '.join(_MODELS)}"
        )
    wanted = [*NEEDED, "preprocessor_config.json", "vocabulary.*"]
    try:
        folder = Path(
            huggingface_hub.snapshot_download(repository, allow_patterns=wanted, local_files_only=True)
        )
        if all((folder / file).is_file() for file in NEEDED):
            return folder
    except HFValidationError as error:
        raise AlignError(
            f"{name!r} can't be the name of a model: give a size, a folder, or owner/name"
        ) from error
    except LocalEntryNotFoundError:
        pass  # never downloaded
    check_writable(Path(huggingface_hub.constants.HF_HUB_CACHE))
    try:
        return Path(huggingface_hub.snapshot_download(repository, allow_patterns=wanted))
    except Exception as error:  # the library raises what each of its many layers throws
        raise AlignError(
            f"the model {repository} is not on this machine and can't be downloaded ({type(error).__name__}): "
            "go online without HF_HUB_OFFLINE, give --model FOLDER, or take --model base after "
            "asdelivered doctor --install whisper-base"
        ) from error


def check_writable(cache: Path) -> None:
    """Raise AlignError where the cache can't be written to: the library would try for minutes."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    except OSError as error:
        raise AlignError(
            f"no model can be put into {cache} ({error.strerror}): "
            "set HF_HOME to a folder that can be written to, or give --model FOLDER"
        ) from error


def rare_words(script: Script) -> str | None:
    """Return names from the text for a prompt, in alphabetical order.

    No two neighbours of the list are neighbours in the text, so a model that only repeats its prompt makes no anchor.
    """
    names = {
        token.spoken[0]: script.lines[token.line][1].tokens[token.word].text.strip(_PUNCTUATION)
        for token in script.tokens
        if token.word > 0
        and len(token.spoken) == 1
        and script.lines[token.line][1].tokens[token.word].text[:1].isupper()
    }
    text = [word for token in script.tokens for word in token.spoken]
    together = set(pairwise(text))
    chosen: list[str] = []
    for word in sorted(sorted(names, key=lambda word: (-len(word), word))[:_HOTWORDS]):
        if not chosen or (chosen[-1], word) not in together:
            chosen.append(word)
    return ", ".join(names[word] for word in chosen) or None


def believable(segments: Iterable[WhisperSegment], language: str) -> list[RecognisedWord]:
    """Return the words of `segments`, spelt out and in frames, without those invented over music or silence."""
    words: list[RecognisedWord] = []
    for segment in segments:
        if is_believable(segment):
            words.extend(_spelt_out(segment.words or (), language))
    return without_loops(words)


def is_believable(segment: WhisperSegment) -> bool:
    """Whether a segment is probable, does not repeat itself, and is of sound that the model takes for speech."""
    silent = segment.no_speech_prob > _SILENT and segment.avg_logprob < -1.0
    return (
        segment.compression_ratio <= _MOST_COMPRESSED and segment.avg_logprob >= _LEAST_LIKELY and not silent
    )


def _spelt_out(words: Sequence[WhisperWord], language: str) -> Iterator[RecognisedWord]:
    """Yield the spoken words for the written ones; the words of "184" share its time."""
    written = [
        (part, word, at, len(parts))
        for word in _in_phrases(words)
        for parts in [word.word.split()]
        for at, part in enumerate(parts)
    ]
    tokens = speak([part for part, *_ in written], language)
    for token, (_, word, at, parts) in zip(tokens, written, strict=True):
        said = token.spoken[0] if token.spoken else ()
        begin, each = word.start * 1000 / FRAME_MS, max(0.0, word.end - word.start) * 1000 / FRAME_MS / parts
        begin += at * each
        for number, one in enumerate(said):
            start = round(begin + each * number / len(said))
            yield RecognisedWord(one, start, max(start + 1, round(begin + each * (number + 1) / len(said))))


@dataclass(frozen=True)
class _Phrase:
    """Some of the characters that Whisper recognised, with times in seconds."""

    word: str
    start: float
    end: float


def _in_phrases(words: Sequence[WhisperWord]) -> Iterator[WhisperWord]:
    """Yield words; in scripts without blanks, where Whisper makes words of characters, the phrases of a text."""
    for unspaced, group in groupby(words, lambda word: is_unspaced(word.word)):
        run = list(group)
        if not unspaced:
            yield from run
            continue
        text = ""
        starts, ends = [], []
        for word in run:
            written = word.word.strip()
            each = (word.end - word.start) / max(1, len(written))
            starts += [word.start + each * at for at in range(len(written))]
            ends += [word.start + each * (at + 1) for at in range(len(written))]
            text += written
        done = 0
        for phrase in words_of(text):
            yield _Phrase(phrase, starts[done], ends[done + len(phrase) - 1])
            done += len(phrase)


def without_loops(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Return `words` without single words, or groups of up to eight, that occur three times or more in a row."""
    said = [word.word for word in words]
    looping = np.zeros(len(said), bool)
    for size in range(1, _LONGEST_LOOP + 1):
        same = np.array([said[at] == said[at + size] for at in range(len(said) - size)], bool)
        length = 0
        for at, equal in enumerate([*same, False]):
            if equal:
                length += 1
                continue
            if length >= size * (_TIMES - 1):
                looping[at - length : at + size] = True
            length = 0
    return [word for word, loops in zip(words, looping, strict=True) if not loops]


def _speech(samples: NDArray[np.int16]) -> tuple[float, float] | None:
    """Return the seconds from the first to the last speech of a chunk, None where there is none."""
    from faster_whisper.vad import get_speech_timestamps

    spans = get_speech_timestamps(samples.astype(np.float32) / 32768)
    return (spans[0]["start"] / SAMPLE_RATE, spans[-1]["end"] / SAMPLE_RATE) if spans else None
