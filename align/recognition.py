"""The recognition pass: decodes the sound once, as a stream, and has an engine recognise it chunk by chunk.

The first pass is quick. Chunks in which few of the words can be anchored in the text get a second, careful one. Where
that is most of them, the voices may be children's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.chunks import cut_chunks
from asdelivered.align.acoustic.features import (
    CEPSTRA,
    FRAME_MS,
    FRAME_SHIFT,
    FRAME_WIDTH,
    LOUDNESS,
    frames_of,
    warping,
)
from asdelivered.align.anchors import Anchors, anchor
from asdelivered.align.engines.engine import Chunk, Engine
from asdelivered.align.job import Job
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.span import TimeSpan
from asdelivered.base.system import give_back_memory
from asdelivered.base.timeline import each, stage
from asdelivered.media.speech import SpeechDetector, speech_spans

Floats = NDArray[np.float32]

_CLEAR = 0.6
"""A chunk with a smaller share of its words in anchors is unclear."""
_WARPS = (1.12, 1.25, 1.4)
"""By how much higher than an adult's the formants may be that are listened for."""
_SAMPLE = 90_000 // FRAME_MS
"""Frames of unclear chunks, roughly, that tell how high they are."""
_TIMES_MORE, _MORE = 1.5, 10
"""How many more words of the sample must be in anchors for voices to be taken for higher ones: both."""
_TELLING = 25
"""Words of the sample in anchors from which on it tells that a height has fewer: greater ones have fewer still."""
_SPARE = 10_000 // FRAME_MS
"""Frames that a recording may have beyond the length that it states."""


@dataclass(frozen=True)
class Recognition:
    """What a recognition pass gives.

    `frames` (frames, 15) are as `frames_of` makes them; `speech` is where somebody speaks. `words` has one tuple for
    each of the `chunks`; their frames count from the start of the sound.
    """

    frames: Floats
    speech: tuple[TimeSpan, ...]
    chunks: tuple[Chunk, ...]
    words: tuple[tuple[RecognisedWord, ...], ...]

    @property
    def loudness(self) -> Floats:
        """How loud each frame is (frames,), in dB."""
        return self.frames[:, LOUDNESS]

    @property
    def all_words(self) -> tuple[RecognisedWord, ...]:
        """The words of all chunks."""
        return tuple(word for words in self.words for word in words)


def recognise(engine: Engine, job: Job) -> Recognition:
    """Decode the sound and recognise it, quickly.

    Raises MediaError where the recording is truncated or damaged, and AlignError where the engine fails.
    """
    detector = SpeechDetector(job.pool)
    store = _FrameStore(job.sound.duration // FRAME_MS)
    chunks: list[Chunk] = []
    words: list[tuple[RecognisedWord, ...]] = []
    job.observer.started("listening", job.sound.duration / 1000)
    done = 0
    decoded = _kept(_decoded(job.sound, detector, store, engine.wants_samples), chunks)
    for recognised in engine.recognise(job.recognition, decoded, False):
        chunk = chunks[len(words)]
        words.append(_on_clock(recognised, chunk))
        done += len(chunk.frames)
        job.observer.advanced("listening", done * FRAME_MS / 1000)
        with stage("speech detector"):
            detector.advance()
    job.observer.finished("listening")
    with stage("speech detector"):
        speech = speech_spans(detector.probabilities(), job.sound.duration)
    return Recognition(store.frames, speech, tuple(chunks), tuple(words))


def with_higher_voices(
    engine: Engine, job: Job, recognition: Recognition, unclear: Sequence[int]
) -> Recognition:
    """Return a recognition pass with its frames warped to an adult's, where that makes far more of the text heard.

    Children have shorter vocal tracts than the acoustic model knows. How much shorter is tried on a sample of the
    chunks that are `unclear`, and only where those are most of all (L. Lee and R. Rose, "Speaker normalization using
    efficient frequency warping procedures", ICASSP 1996, whose measure is likelihood). An engine that `wants_samples`
    hears for itself. Raises AlignError where the engine fails.
    """
    if engine.wants_samples or 2 * len(unclear) <= len(recognition.chunks):
        return recognition
    every = max(1, round(sum(len(recognition.chunks[at].frames) for at in unclear) / _SAMPLE))
    places = unclear[::every]
    sample = [recognition.chunks[at] for at in places]

    def anchored(words: Iterable[Iterable[RecognisedWord]]) -> int:
        """Return how many of the words of the sample are in anchors."""
        runs = anchor(job.script, [word for chunk in words for word in chunk], engine.time_error).runs
        return sum(run.length for run in runs)

    def heard(warp: float) -> int:
        """Return how many of the words of the sample are in anchors at a warp."""
        chunks = [replace(chunk, frames=_warped(chunk.frames, warp)) for chunk in sample]
        words = engine.recognise(job.recognition, chunks, False)
        return anchored(_on_clock(*one) for one in zip(words, chunks, strict=True))

    most = before = anchored(recognition.words[at] for at in places)
    warp = 1.0
    with stage("height of voices"):
        for higher in _WARPS:
            found = heard(higher)
            if found >= most:
                most, warp = found, higher
            elif most >= _TELLING:
                break
    if most < max(_TIMES_MORE * before, before + _MORE):
        return recognition
    frames = _warped(recognition.frames, warp)
    chunks = (
        replace(chunk, frames=frames[chunk.start : chunk.start + len(chunk.frames)])
        for chunk in recognition.chunks
    )
    return replace(recognition, frames=frames, chunks=tuple(chunks))


def _warped(frames: Floats, warp: float) -> Floats:
    """Return frames (frames, 15) as if the formants in them were `warp` times lower."""
    warped = frames.copy()
    warped[:, :CEPSTRA] = frames[:, :CEPSTRA] @ warping(warp)
    return warped


def recognise_again(engine: Engine, job: Job, recognition: Recognition, chunks: Sequence[int]) -> Recognition:
    """Recognise the chunks of these numbers once more, carefully. Raises AlignError where the engine fails."""
    again = [recognition.chunks[at] for at in chunks]
    job.observer.started("listening again", sum(len(chunk.frames) for chunk in again) * FRAME_MS / 1000)
    words = list(recognition.words)
    done = 0
    recognised = engine.recognise(job.recognition, again, True)
    for at, chunk, careful in zip(chunks, again, recognised, strict=True):
        words[at] = _on_clock(careful, chunk)
        done += len(chunk.frames)
        job.observer.advanced("listening again", done * FRAME_MS / 1000)
    job.observer.finished("listening again")
    return replace(recognition, words=tuple(words))


def unclear_chunks(recognition: Recognition, anchors: Anchors) -> list[int]:
    """Return the numbers of the chunks with too few words in anchors; a chunk without any word is silent."""
    anchored = np.zeros(len(anchors.words), bool)
    for run in anchors.runs:
        anchored[run.recognised : run.recognised + run.length] = True
    ends = np.cumsum([len(words) for words in recognition.words])
    return [
        at
        for at, (words, end) in enumerate(zip(recognition.words, ends, strict=True))
        if words and anchored[end - len(words) : end].mean() < _CLEAR
    ]


class _FrameStore:
    """The frames of a whole recording, in one array from the beginning: joining blocks at the end would need two."""

    def __init__(self, expected: int) -> None:
        """Reserve room for about that many frames; what is not filled takes no memory."""
        self._array = np.empty((expected + _SPARE, FRAME_WIDTH), np.float32)
        self._count = 0

    @property
    def frames(self) -> Floats:
        """All frames so far (frames, 15)."""
        return self._array[: self._count]

    def add(self, frames: Floats) -> Floats:
        """Append frames; return them as a view of the store."""
        end = self._count + len(frames)
        if end > len(self._array):
            self._array = np.concatenate([self.frames, np.empty((end, FRAME_WIDTH), np.float32)])
        self._array[self._count : end] = frames
        self._count = end
        return self._array[end - len(frames) : end]


def _decoded(
    sound: RecordingPart, detector: SpeechDetector, store: _FrameStore, with_samples: bool
) -> Iterator[Chunk]:
    """Yield the sound chunk by chunk; on the way `detector` gets its samples and `store` its frames."""
    waiting = bytearray()

    def blocks() -> Iterator[NDArray[np.int16]]:
        for block in each("decoding", sound.decode()):
            with stage("speech detector"):
                detector.add(block)
            if with_samples:
                waiting.extend(block.tobytes())
            yield block

    start = 0
    for frames in each("decoding and features", cut_chunks(frames_of(blocks()))):
        # Frames come later than their samples, so the samples are all there; those of earlier chunks are dropped.
        size = 2 * FRAME_SHIFT * len(frames)
        samples = np.frombuffer(bytes(waiting[:size]), np.int16)
        del waiting[:size]
        yield Chunk(start, store.add(frames), samples)
        start += len(frames)
    # Much was allocated and freed between the frames and words that live on, and hearing may go on for long.
    give_back_memory()


def _kept(chunks: Iterable[Chunk], kept: list[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        kept.append(chunk)
        yield chunk


def _on_clock(words: Iterable[RecognisedWord], chunk: Chunk) -> tuple[RecognisedWord, ...]:
    """Return the words of a chunk with frames that count from the start of the sound."""
    return tuple(
        RecognisedWord(word.word, word.start + chunk.start, word.end + chunk.start) for word in words
    )
