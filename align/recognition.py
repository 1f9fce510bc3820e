"""The recording, heard once through: its frames, where somebody speaks, and the words of the text that are heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.chunks import chunks
from asdelivered.align.acoustic.features import FRAME_MS, FRAME_SHIFT, FRAME_WIDTH, frames_of
from asdelivered.align.anchors import Run, anchor
from asdelivered.align.engines.engine import Chunk, Engine, Task
from asdelivered.align.heard_word import HeardWord
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.media.speech import SpeechDetector, speech_spans

Floats = NDArray[np.float32]

_CLEAR = 0.6
"""Share of the words of a chunk that must be in anchors, or it is heard again with care."""

_SPARE = 10_000 // FRAME_MS
"""Frames that a recording may have beyond the length that it states."""


@dataclass(frozen=True)
class Listened:
    """What one hearing of a recording gives.

    `frames` (frames, 15) are as `frames_of` has them; `runs` say which of `heard` surely are which words of the text.
    """

    frames: Floats
    speech: tuple[TimeSpan, ...]
    heard: tuple[HeardWord, ...]
    runs: tuple[Run, ...]
    rough: int = 0
    """Frames by which the times of `heard` may be off."""


def listen(engine: Engine, task: Task, recording: Recording, observer: Observer) -> Listened:
    """Decode the recording once, as a stream, and have `engine` hear it chunk by chunk.

    Raises MediaError where the recording breaks off or is damaged, and AlignError where the engine can't hear.
    """
    text = [word for token in task.script.tokens for word in token.spoken]
    detector = SpeechDetector()
    store = _Store(recording.duration // FRAME_MS)
    kept: list[Chunk] = []
    observer.started("listening", recording.duration / 1000)
    heard: list[list[HeardWord]] = []
    done = 0
    for some in engine.hear(
        task, _kept(_decoded(recording, detector, store, engine.wants_samples), kept), False
    ):
        done += len(kept[len(heard)].frames)
        heard.append(some)
        observer.advanced("listening", done * FRAME_MS / 1000)
    observer.finished("listening")
    pieces = [chunk.frames for chunk in kept]
    words, runs = _match(pieces, heard, text)
    unclear = _unclear(heard, runs)
    if unclear:
        observer.started("listening again", sum(len(pieces[at]) for at in unclear) * FRAME_MS / 1000)
        done = 0
        again = engine.hear(task, [kept[at] for at in unclear], True)
        for at, better in zip(unclear, again, strict=True):
            heard[at] = better
            done += len(pieces[at])
            observer.advanced("listening again", done * FRAME_MS / 1000)
        observer.finished("listening again")
        words, runs = _match(pieces, heard, text)
    spans = speech_spans(detector.probabilities(), recording.duration)
    return Listened(store.frames, spans, tuple(words), tuple(runs), engine.rough)


class _Store:
    """The frames of a whole recording, in one array from the beginning: putting them together would need two."""

    def __init__(self, expected: int) -> None:
        """Have room for about as many frames; what is not filled takes no memory."""
        self._array = np.empty((expected + _SPARE, FRAME_WIDTH), np.float32)
        self._count = 0

    @property
    def frames(self) -> Floats:
        """All frames so far (frames, 15)."""
        return self._array[: self._count]

    def add(self, frames: Floats) -> Floats:
        """Append frames; return them as they are in the store."""
        end = self._count + len(frames)
        if end > len(self._array):
            self._array = np.concatenate([self.frames, np.empty((end, FRAME_WIDTH), np.float32)])
        self._array[self._count : end] = frames
        self._count = end
        return self._array[end - len(frames) : end]


def _decoded(
    recording: Recording, detector: SpeechDetector, store: _Store, with_samples: bool
) -> Iterator[Chunk]:
    """Yield the recording chunk by chunk, as `detector` hears it, too, with its frames in `store`."""
    sound = bytearray()

    def blocks() -> Iterator[NDArray[np.int16]]:
        for block in decode_speech(recording):
            detector.add(block)
            if with_samples:
                sound.extend(block.tobytes())
            yield block

    start = 0
    for frames in chunks(frames_of(blocks())):
        # Frames come later than their samples, so those are there; what was taken is dropped.
        size = 2 * FRAME_SHIFT * len(frames)
        samples = np.frombuffer(bytes(sound[:size]), np.int16)
        del sound[:size]
        yield Chunk(start, store.add(frames), samples)
        start += len(frames)


def _kept(chunks: Iterable[Chunk], kept: list[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        kept.append(chunk)
        yield chunk


def _match(
    pieces: Sequence[Floats], heard: Sequence[Sequence[HeardWord]], text: Sequence[str]
) -> tuple[list[HeardWord], list[Run]]:
    """The words of all chunks on the clock of the recording, and the runs of them that are the text's."""
    words: list[HeardWord] = []
    start = 0
    for piece, some in zip(pieces, heard, strict=True):
        words.extend(HeardWord(word.word, word.start + start, word.end + start) for word in some)
        start += len(piece)
    return words, anchor(text, [word.word for word in words])


def _unclear(heard: Sequence[Sequence[HeardWord]], runs: Sequence[Run]) -> list[int]:
    """The chunks of which too little is in anchors; a chunk where nothing at all was heard is silent."""
    anchored = np.zeros(sum(len(words) for words in heard), bool)
    for run in runs:
        anchored[run.heard : run.heard + run.length] = True
    ends = np.cumsum([len(words) for words in heard])
    return [
        at
        for at, (words, end) in enumerate(zip(heard, ends, strict=True))
        if words and anchored[end - len(words) : end].mean() < _CLEAR
    ]
