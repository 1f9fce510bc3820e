"""From a transcript and a recording to an alignment: the whole of the main job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context, resource_tracker
from pathlib import Path
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from asdelivered.align.acoustic_model import embedded_model
from asdelivered.align.anchors import Run, anchor
from asdelivered.align.chunks import chunks
from asdelivered.align.document import (
    AlignedLine,
    Alignment,
    EngineInfo,
    RecordingSource,
    TranscriptSource,
)
from asdelivered.align.engines import sphinx
from asdelivered.align.errors import AlignError
from asdelivered.align.features import CEPSTRA, FRAME_MS, LOUDNESS, frames_of, normalise
from asdelivered.align.hearing import HeardWord
from asdelivered.align.judging import confidences
from asdelivered.align.network import Slot
from asdelivered.align.observer import Observer
from asdelivered.align.placing import Placed, Placement, PlacingOptions, place
from asdelivered.align.report import untranscribed, write_lines
from asdelivered.align.script import Script, write_script
from asdelivered.align.segments import Segment, cut_segments
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.media.span import TimeSpan
from asdelivered.media.speech import speech_probabilities, speech_spans
from asdelivered.transcripts.model import Transcript

Floats = NDArray[np.float32]

_LEAST_TIMED = 0.05
"""Share of the text that must be found for the recording to be taken for the text's."""


def align(
    transcript: Transcript, recording: Recording, jobs: int, observer: Observer, engine: str = "sphinx"
) -> Alignment:
    """Put the spoken lines of `transcript` on the clock of `recording`, with `jobs` processes.

    Raises AlignError where nothing in the recording matches or the language can't be pronounced, and MediaError
    where the recording breaks off or is damaged.
    """
    script = write_script(transcript)
    with _processes(jobs) as pool, TemporaryDirectory(prefix="asdelivered-") as folder:
        speech = pool.submit(_speech_probabilities, recording)
        language = sphinx.write_language(script.sentences, script.lexicon, Path(folder))
        frames, heard = _listen(pool, recording, language, observer)
        spans = speech_spans(speech.result(), recording.duration)
        found = _place(pool, script, frames[:, :CEPSTRA], heard, spans, observer)
    lines = write_lines(script, found.tokens, found.confidences, found.garbage, frames[:, LOUDNESS])
    if _share_timed(lines) < _LEAST_TIMED:
        raise AlignError(
            f"next to nothing of {transcript.path} is heard in {recording.path}: "
            "check that the two belong together, and that --language is right"
        )
    return Alignment(
        transcript=TranscriptSource(
            transcript.path, transcript.sha256, transcript.title, transcript.language
        ),
        recording=RecordingSource(str(recording.path), _sha256(recording.path), recording.duration),
        engine=EngineInfo(engine, sphinx.engine_version(), dict(sphinx.SETTINGS)),
        lines=lines,
        untranscribed=untranscribed(found.garbage, spans, lines),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, ended at once where the work is stopped: what they still had to do is dropped.

    An interrupt is for the process that gave out the work; it ends the workers. They are born deaf to it, since one
    that comes while a worker's interpreter starts would break it off with a traceback of its own.
    """
    # What multiprocessing starts beside the first worker would lift the block for all that follow.
    resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin_process)
    try:
        before = pthread_sigmask(SIG_BLOCK, [SIGINT])
        try:
            for _ in range(jobs):
                pool.submit(_nothing)
        finally:
            pthread_sigmask(SIG_SETMASK, before)
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin_process() -> None:
    """Keep a worker to one core: as many threads as cores in each of several processes get in each other's way."""
    threadpool_limits(1)


def _nothing() -> None:
    """Be given out, so that there is a worker."""


def _speech_probabilities(recording: Recording) -> NDArray[np.float32]:
    return speech_probabilities(decode_speech(recording))


def _listen(
    pool: ProcessPoolExecutor, recording: Recording, language: sphinx.LanguageFiles, observer: Observer
) -> tuple[Floats, list[HeardWord]]:
    """Decode the recording and hear it chunk by chunk. Returns its frames (frames, 14), and the words heard."""
    observer.started("listening", recording.duration / 1000)
    pieces: list[Floats] = []
    hearings: list[Future[list[HeardWord]]] = []
    for piece in chunks(frames_of(decode_speech(recording))):
        pieces.append(piece)
        hearings.append(pool.submit(sphinx.hear, language, piece[:, :CEPSTRA]))
    heard: list[HeardWord] = []
    start = 0
    for piece, hearing in zip(pieces, hearings, strict=True):
        heard.extend(HeardWord(word.word, word.start + start, word.end + start) for word in hearing.result())
        start += len(piece)
        observer.advanced("listening", start * FRAME_MS / 1000)
    observer.finished("listening")
    return np.concatenate(pieces), heard


@dataclass(frozen=True)
class _Found:
    """Per token of the script where it was placed and how sure that is; and the frames that are not its text."""

    tokens: list[Placed | None]
    confidences: list[float | None]
    garbage: list[tuple[int, int]]


def _place(
    pool: ProcessPoolExecutor,
    script: Script,
    static: Floats,
    heard: Sequence[HeardWord],
    speech: Sequence[TimeSpan],
    observer: Observer,
) -> _Found:
    """Place every token of the script between the anchors that what was heard gives."""
    words = [(number, word) for number, token in enumerate(script.tokens) for word in token.spoken]
    owners = [number for number, _ in words]
    runs = anchor([word for _, word in words], [word.word for word in heard])
    segments = cut_segments(runs, heard, owners, len(script.tokens), len(static))
    normal = normalise(static)
    talking = np.zeros(len(static), bool)
    for span in speech:
        talking[span.start // FRAME_MS : span.end // FRAME_MS] = True
    seconds = len(static) * FRAME_MS / 1000
    observer.started("aligning", seconds)
    placings = [
        pool.submit(
            _place_segment,
            normal[segment.start : segment.end],
            talking[segment.start : segment.end],
            _slots(script, segment),
        )
        for segment in segments
    ]
    tokens: list[Placed | None] = [None] * len(script.tokens)
    garbage: list[tuple[int, int]] = []
    for segment, placing in zip(segments, placings, strict=True):
        placement = placing.result()
        sounding = [at for at in range(segment.first, segment.last) if script.tokens[at].pronunciations]
        for at, token in zip(sounding, placement.tokens, strict=True):
            if token is not None and segment.keep_first <= at < segment.keep_last:
                tokens[at] = Placed(token.start + segment.start, token.end + segment.start, token.fit)
        garbage.extend((start + segment.start, end + segment.start) for start, end in placement.garbage)
        observer.advanced("aligning", segment.end * FRAME_MS / 1000)
    observer.finished("aligning")
    return _Found(tokens, confidences(tokens, _anchored(runs, owners, len(tokens))), garbage)


def _slots(script: Script, segment: Segment) -> list[Slot]:
    tokens = script.tokens[segment.first : segment.last]
    return [Slot(token.pronunciations, token.joint) for token in tokens if token.pronunciations]


def _place_segment(normal: Floats, talking: NDArray[np.bool_], slots: Sequence[Slot]) -> Placement:
    return place(embedded_model(), normal, talking, slots, PlacingOptions())


def _anchored(runs: Sequence[Run], owners: Sequence[int], tokens: int) -> list[bool]:
    heard = [False] * tokens
    for run in runs:
        for word in range(run.text, run.text + run.length):
            heard[owners[word]] = True
    return heard


def _share_timed(lines: Sequence[AlignedLine]) -> float:
    words = [word for line in lines for word in line.words]
    return sum(word.span is not None for word in words) / max(1, len(words))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
