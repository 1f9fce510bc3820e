"""From a transcript and a recording to an alignment: the whole of the main job."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from asdelivered.align.document import (
    AlignedLine,
    Alignment,
    EngineInfo,
    RecordingSource,
    TranscriptSource,
)
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions, Task
from asdelivered.align.errors import AlignError
from asdelivered.align.features import LOUDNESS
from asdelivered.align.listening import listen
from asdelivered.align.locating import locate
from asdelivered.align.observer import Observer
from asdelivered.align.processes import processes
from asdelivered.align.report import untranscribed, write_lines
from asdelivered.align.script import write_script
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

_LEAST_TIMED = 0.05
"""Share of the text that must be found for the recording to be taken for the text's."""

_LONGEST_WHOLE = 120_000
"""Milliseconds of sound that the text may be searched for in without one anchor: beyond, it would be guesswork."""


def align(
    transcript: Transcript,
    recording: Recording,
    jobs: int,
    observer: Observer,
    engine: Engine | None = None,
) -> Alignment:
    """Put the spoken lines of `transcript` on the clock of `recording`, with `jobs` processes.

    `engine` hears the words; None: the embedded one. Raises AlignError where it can't run, nothing in the recording
    matches or the language can't be pronounced, and MediaError
    where the recording breaks off or is damaged.
    """
    used = engine or make_engine("sphinx", EngineOptions())
    script = write_script(transcript)
    with processes(jobs) as pool, TemporaryDirectory(prefix="asdelivered-") as folder:
        task = Task(script, transcript.language, pool, Path(folder))
        listened = listen(used, task, recording, observer)
        if not listened.runs and recording.duration > _LONGEST_WHOLE:
            raise AlignError(_nothing_heard(transcript, recording))
        located = locate(pool, script, listened, observer)
    lines = write_lines(script, located, listened.frames[:, LOUDNESS])
    if _share_timed(lines) < _LEAST_TIMED:
        raise AlignError(_nothing_heard(transcript, recording))
    return Alignment(
        transcript=TranscriptSource(
            transcript.path, transcript.sha256, transcript.title, transcript.language
        ),
        recording=RecordingSource(str(recording.path), _sha256(recording.path), recording.duration),
        engine=EngineInfo(used.name, used.version(), used.settings()),
        lines=lines,
        untranscribed=untranscribed(located.garbage, listened.speech, lines),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _nothing_heard(transcript: Transcript, recording: Recording) -> str:
    return (
        f"next to nothing of {transcript.path} is heard in {recording.path}: "
        "check that the two belong together, and that --language is right"
    )


def _share_timed(lines: Sequence[AlignedLine]) -> float:
    words = [word for line in lines for word in line.words]
    return sum(word.span is not None for word in words) / max(1, len(words))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
