"""The recording, heard once through: its frames, where somebody speaks, and the words of the text that are heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.anchors import Run, anchor
from asdelivered.align.chunks import chunks
from asdelivered.align.engines import sphinx
from asdelivered.align.features import CEPSTRA, FRAME_MS, frames_of
from asdelivered.align.hearing import HeardWord
from asdelivered.align.observer import Observer
from asdelivered.align.script import Script
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.media.span import TimeSpan
from asdelivered.media.speech import SpeechDetector, speech_spans

Floats = NDArray[np.float32]

_CLEAR = 0.6
"""Share of the words of a chunk that must be in anchors, or it is heard again with care."""


@dataclass(frozen=True)
class Listened:
    """What one hearing of a recording gives.

    `frames` (frames, 14) are as `frames_of` has them; `runs` say which of `heard` surely are which words of the text.
    """

    frames: Floats
    speech: tuple[TimeSpan, ...]
    heard: tuple[HeardWord, ...]
    runs: tuple[Run, ...]


def listen(
    pool: Executor, recording: Recording, script: Script, folder: Path, observer: Observer
) -> Listened:
    """Decode the recording once, as a stream, and hear it chunk by chunk in the processes of `pool`.

    `folder` is for the recogniser's files. Raises MediaError where the recording breaks off or is damaged.
    """
    text = [word for token in script.tokens for word in token.spoken]
    language = sphinx.write_language(script.sentences, script.lexicon, folder)
    detector = SpeechDetector()
    seconds = recording.duration / 1000
    observer.started("listening", seconds)
    pieces: list[Floats] = []
    hearings: list[Future[list[HeardWord]]] = []
    for piece in chunks(frames_of(_followed(recording, detector))):
        pieces.append(piece)
        hearings.append(pool.submit(sphinx.hear, language, piece[:, :CEPSTRA], False))
    heard = []
    done = 0
    for piece, hearing in zip(pieces, hearings, strict=True):
        heard.append(hearing.result())
        done += len(piece)
        observer.advanced("listening", done * FRAME_MS / 1000)
    observer.finished("listening")
    _, runs = _match(pieces, heard, text)
    unclear = _unclear(heard, runs)
    if unclear:
        observer.started("listening again", sum(len(pieces[at]) for at in unclear) * FRAME_MS / 1000)
        again = {at: pool.submit(sphinx.hear, language, pieces[at][:, :CEPSTRA], True) for at in unclear}
        done = 0
        for at, hearing in again.items():
            heard[at] = hearing.result()
            done += len(pieces[at])
            observer.advanced("listening again", done * FRAME_MS / 1000)
        observer.finished("listening again")
    words, runs = _match(pieces, heard, text)
    spans = speech_spans(detector.probabilities(), recording.duration)
    return Listened(np.concatenate(pieces), spans, tuple(words), tuple(runs))


def _followed(recording: Recording, detector: SpeechDetector) -> Iterator[NDArray[np.int16]]:
    for block in decode_speech(recording):
        detector.add(block)
        yield block


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
