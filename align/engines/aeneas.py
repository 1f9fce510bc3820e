"""The engine `aeneas`: dynamic time warping between the recording and the text as espeak-ng reads it.

It recognises nothing: it maps all of the text to all of the speech, between pins where there are any, and can't tell
what was not said. So its times are only a guess at where to look, which forced alignment then judges word by word. It
gets only the speech, since the voice of espeak-ng makes neither pauses nor music. The frames of the warping get longer
as the recording does, which keeps its matrix small while the margin stays wide enough to recover from errors.
"""

from __future__ import annotations

import ctypes
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS, FRAME_SHIFT, SAMPLE_RATE
from asdelivered.align.acoustic.lexicon import espeak
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.errors import AlignError
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.section import Section, split_at_cuts
from asdelivered.base.processes import in_order
from asdelivered.media.decode import BLOCK
from asdelivered.media.speech import speech_probabilities, speech_spans

INSTALL = "asdelivered doctor --install aeneas"
_ESPEAK_RATE = 22_050
_MEMORY = 150e6
"""Bytes for all warping matrices in use at a time: 8 for each cell."""
_TOGETHER = 2
"""Sections that are warped at a time."""
_PIECE = 60.0
"""Seconds of sound whose features are computed at a time."""
_MARGIN = 200.0
"""Seconds by which the recording may run ahead of the reading, or behind it."""
_FINEST = 0.04
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Aeneas:
    """Warps the text onto the speech once the whole recording is decoded. It has no choice of model."""

    name = "aeneas"
    wants_samples = True
    time_error = 150

    def __init__(self, options: EngineOptions) -> None:
        """Raise AlignError where aeneas, or its C code, is not installed."""
        check_installed()

    def version(self) -> str:
        """Return the version of aeneas."""
        return version("aeneas")

    def settings(self) -> dict[str, Setting]:
        """Return the margin of the warping, in seconds, and the voice."""
        return {"margin": _MARGIN, "tts": "espeak-ng"}

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Yield the words that were warped onto each chunk. A `careful` pass can add nothing."""
        everything = list(chunks)
        if careful:  # a few chunks don't show which section of the text they hold
            yield from ([] for _ in everything)
            return
        sections = _sections(task, everything)
        words: list[RecognisedWord] = []
        for section, warped in zip(sections, _warped(task, sections, everything), strict=True):
            words += [
                RecognisedWord(one.word, one.start + section.start, one.end + section.start) for one in warped
            ]
        for chunk in everything:
            end = chunk.start + len(chunk.frames)
            yield [
                RecognisedWord(
                    word.word, word.start - chunk.start, max(word.start + 1, word.end) - chunk.start
                )
                for word in words
                if chunk.start <= word.start < end
            ]


def _sections(task: RecognitionTask, chunks: Sequence[Chunk]) -> list[Section]:
    """Return the sections between the cuts of the task."""
    begin = chunks[0].start if chunks else 0
    end = chunks[-1].start + len(chunks[-1].frames) if chunks else 0
    sections = split_at_cuts(task.cuts, len(task.script.tokens), end)
    return [
        replace(section, start=max(begin, section.start), end=max(begin, section.end)) for section in sections
    ]


def _sound(section: Section, chunks: Sequence[Chunk]) -> NDArray[np.int16]:
    """Return the samples of a section."""
    pieces = [
        chunk.samples[
            max(0, section.start - chunk.start) * FRAME_SHIFT : (section.end - chunk.start) * FRAME_SHIFT
        ]
        for chunk in chunks
        if chunk.start < section.end and chunk.start + len(chunk.frames) > section.start
    ]
    return np.concatenate([np.empty(0, np.int16), *pieces])


def _warped(
    task: RecognitionTask, sections: Sequence[Section], chunks: Sequence[Chunk]
) -> Iterator[list[RecognisedWord]]:
    """Yield the words of each section; two sections are warped at a time, and share _MEMORY."""
    memory = _MEMORY / min(_TOGETHER, len(sections))
    works = (
        (task.language, _words_by_line(task, section), _sound(section, chunks), memory)
        for section in sections
    )
    return in_order(task.pool, warp, works, _TOGETHER)


def _words_by_line(task: RecognitionTask, section: Section) -> list[list[str]]:
    """Return the words of each line of a section."""
    lines: dict[int, list[str]] = {}
    for token in task.script.tokens[section.first : section.last]:
        lines.setdefault(token.line, []).extend(token.spoken)
    return [words for words in lines.values() if words]


@contextmanager
def _hushed() -> Iterator[None]:
    """Suppress the warnings that Python gives when it first compiles the sources of aeneas, which date from 2017."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def why_missing() -> str:
    """Return what to do if aeneas, or the C code without which it takes hours, can't be loaded; "" if it can."""
    if find_spec("aeneas") is None:
        return f"the engine aeneas is not installed: {INSTALL}"
    try:
        with _hushed():
            import aeneas.cdtw.cdtw
            import aeneas.cmfcc.cmfcc  # noqa: F401
    except ImportError as error:
        return f"aeneas is here without its C code ({error}): {INSTALL}"
    return ""


def check_installed() -> None:
    """Raise AlignError where aeneas, with its C code, can't be loaded."""
    if missing := why_missing():
        raise AlignError(missing)


def warp(
    language: str, lines: Sequence[Sequence[str]], samples: NDArray[np.int16], memory: float = _MEMORY
) -> list[RecognisedWord]:
    """Return every word of `lines`, where it fits the speech in `samples` (16 kHz) best.

    The matrix of the warping has at most `memory` bytes.
    """
    with _hushed():
        from aeneas.audiofilemfcc import AudioFileMFCC
        from aeneas.dtw import DTWAligner
        from aeneas.exacttiming import TimeValue
        from aeneas.runtimeconfiguration import RuntimeConfiguration

    milli = SAMPLE_RATE // 1000
    blocks = (samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))
    spans = speech_spans(speech_probabilities(blocks), len(samples) // milli)
    speech = np.concatenate([samples[:0], *(samples[s.start * milli : s.end * milli] for s in spans)])
    spoken, starts = read_aloud(language, lines)
    if not len(spoken) or not len(speech):
        return []
    shift = warping_shift(len(speech) / SAMPLE_RATE, len(spoken) / SAMPLE_RATE, memory)
    settings = RuntimeConfiguration()
    settings[RuntimeConfiguration.FFMPEG_SAMPLE_RATE] = SAMPLE_RATE
    settings[RuntimeConfiguration.MFCC_WINDOW_SHIFT] = TimeValue(str(shift))
    settings[RuntimeConfiguration.MFCC_WINDOW_LENGTH] = TimeValue(str(max(0.1, shift)))
    # Where the margin is all of the reading, aeneas takes its other way, in Python, with thrice the memory.
    margin = max(shift, min(_MARGIN, len(spoken) / SAMPLE_RATE / 2 - shift))
    settings[RuntimeConfiguration.DTW_MARGIN] = TimeValue(f"{margin:.3f}")

    def features(sound: NDArray[np.int16]) -> Any:
        """Compute features piece by piece, since aeneas takes eight bytes for each sample."""
        step = round(shift * SAMPLE_RATE)
        pieces = []
        for start in range(0, len(sound), size := step * round(_PIECE / shift)):
            piece = sound[start : start + size]
            piece = np.pad(piece, (0, -len(piece) % step))
            file = SimpleNamespace(
                audio_samples=piece.astype(np.float64) / 32768,
                audio_sample_rate=SAMPLE_RATE,
                audio_length=TimeValue(str(len(piece) / SAMPLE_RATE)),
            )
            pieces.append(AudioFileMFCC(audio_file=file, rconf=settings).all_mfcc)
        return AudioFileMFCC(mfcc_matrix=np.concatenate(pieces, axis=1), rconf=settings)

    aligner = DTWAligner(features(speech), features(spoken), rconf=settings)
    anchors = [(TimeValue(str(start)), None, None) for start in starts]
    bounds = np.asarray(aligner.compute_boundaries(anchors), float) * shift * 1000
    # Back from the speech alone to the whole recording.
    begins = np.array([span.start for span in spans])
    before = np.cumsum([0, *(span.duration for span in spans[:-1])])
    span = np.searchsorted(before, bounds, side="right") - 1
    places = (begins[span] + bounds - before[span]).astype(int) // FRAME_MS
    words = [word for line in lines for word in line]
    return [
        RecognisedWord(word, int(start), int(max(start + 1, end)))
        for word, start, end in zip(words, places[:-1], places[1:], strict=True)
    ]


def warping_shift(seconds: float, reading: float, memory: float) -> float:
    """Return the shortest frame shift, in seconds, at which the matrix of speech and `reading` fits in `memory`."""
    shift = math.sqrt(seconds * min(2 * _MARGIN, reading) * 8 / memory)
    return max(_FINEST, math.ceil(shift * 100) / 100)


def read_aloud(language: str, lines: Sequence[Sequence[str]]) -> tuple[NDArray[np.int16], list[float]]:
    """Return `lines` as espeak-ng reads them, 16 kHz, and the second at which each word begins.

    Within a line, words share the time by their letters.
    """
    library = espeak(language)
    resampler = av.AudioResampler("s16", "mono", SAMPLE_RATE)
    pieces: list[NDArray[np.int16]] = []
    spoken: list[NDArray[np.int16]] = []

    def take(sound: Any, count: int, _: Any) -> int:
        if sound and count:
            pieces.append(np.ctypeslib.as_array(sound, (count,)).copy())
        return 0

    callback = _CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    starts: list[float] = []
    done = 0
    for line in lines:
        text = " ".join(line).encode()
        pieces.clear()
        library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 0, 0, 1, None, None)
        library.espeak_Synchronize()
        sound = np.concatenate([np.empty(0, np.int16), *pieces])
        letters = np.cumsum([0, *(len(word) + 1 for word in line)])
        starts.extend((done + len(sound) * at / letters[-1]) / _ESPEAK_RATE for at in letters[:-1])
        done += len(sound)
        if len(sound):
            frame = av.AudioFrame.from_ndarray(sound[None, :], "s16", "mono")
            frame.sample_rate = _ESPEAK_RATE
            spoken += _samples(resampler.resample(frame))
    library.espeak_SetSynthCallback(_CALLBACK())  # none: the one above is gone with this call
    if done:
        spoken += _samples(resampler.resample(None))
    return np.concatenate([np.empty(0, np.int16), *spoken]), starts


def _samples(frames: Sequence[av.AudioFrame]) -> list[NDArray[np.int16]]:
    return [frame.to_ndarray().reshape(-1).astype(np.int16) for frame in frames]
