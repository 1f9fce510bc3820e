"""From a transcript and a recording to an alignment: the whole of the main job."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime

from asdelivered.align.acoustic.features import LOUDNESS, frame_at
from asdelivered.align.document.alignment import (
    AlignedLine,
    Alignment,
    RecordingSource,
    Sound,
    source_of,
    why_untold,
)
from asdelivered.align.document.pins import Fixed, Pin, fix
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions, Task
from asdelivered.align.engines.several import Several, info_of
from asdelivered.align.errors import AlignError
from asdelivered.align.passes import take
from asdelivered.align.script import Script, write_script
from asdelivered.align.sounds import find_sounds
from asdelivered.align.untranscribed import untranscribed
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import cores, processes
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import read_transcript

_LEAST_TIMED = 0.05
"""Share of the text that must be found for the recording to be taken for the text's."""


@dataclass(frozen=True)
class Found:
    """What was found of a script in a recording; no `lines` where next to nothing was heard."""

    lines: tuple[AlignedLine, ...]
    untranscribed: tuple[TimeSpan, ...]
    sounds: tuple[Sound, ...]


def align(
    transcript: Transcript | str | os.PathLike[str],
    recording: Recording | str | os.PathLike[str],
    jobs: int | None = None,
    observer: Observer | None = None,
    engine: Engine | Several | None = None,
    pins: Sequence[Pin] = (),
) -> Alignment:
    """Align the spoken lines of `transcript` with `recording`, using `jobs` processes (None: one per core).

    Either may be a path; call `read_transcript` or `open_recording` yourself for control over how it is read.
    `observer` is notified of the progress. `engine` recognises the words (None: PocketSphinx, which is built in);
    with several engines, each line keeps the more confident result. Times fixed by `pins` are kept exactly; a pin
    whose line is no longer in the transcript is ignored.

    Raises AlignError if the engine can't run, if nothing in the recording matches or if the language can't be
    pronounced; TranscriptError if the transcript can't be read; MediaError if the recording can't be opened, is
    cut off or is damaged.

    Examples:
        >>> from asdelivered.align import align
        >>> alignment = align("harbour.txt", "harbour.opus")
        >>> [line.text for line in alignment.lines if line.span is None]
        ['We can be proud of them.']

    """
    if not isinstance(transcript, Transcript):
        transcript = read_transcript(transcript)
    if not isinstance(recording, Recording):
        recording = open_recording(recording)
    jobs = cores() if jobs is None else jobs
    observer = observer or Observer()
    check_names(transcript, recording)
    used = engine or make_engine("sphinx", EngineOptions())
    script = write_script(transcript)
    fixed = fix(pins, script)
    check_within(fixed, recording)
    tell_lost(fixed, transcript, observer)
    with processes(jobs) as pool:
        found = find(script, transcript.language, recording, pool, observer, used, fixed)
    if _share_timed(found.lines) < _LEAST_TIMED:
        raise AlignError(_unrelated(transcript, recording))
    return Alignment(
        transcript=source_of(transcript),
        recording=RecordingSource(str(recording.path), sha256_of(recording.path), recording.duration),
        engine=info_of(used),
        lines=found.lines,
        untranscribed=found.untranscribed,
        sounds=found.sounds,
        created=now(),
    )


def find(
    script: Script,
    language: str,
    recording: Recording,
    pool: Executor,
    observer: Observer,
    engine: Engine | Several,
    fixed: Fixed,
) -> Found:
    """Find the lines of `script` in a recording, in the processes of `pool`. Raises AlignError and MediaError."""
    cuts = tuple((token, frame_at(moment)) for token, moment in fixed.cuts)
    with scratch_folder() as folder:
        task = Task(script, language, pool, folder, cuts)
        found = take(engine, task, recording, fixed, observer)
    if found is None:
        return Found((), (), ())
    loudness = found.listened.frames[:, LOUDNESS]
    return Found(
        found.lines,
        untranscribed(found.garbage, found.listened.speech, found.lines, loudness),
        find_sounds(found.listened.frames, found.listened.speech, found.lines),
    )


def check_names(transcript: Transcript, recording: Recording) -> None:
    """Raise AlignError where no alignment could tell of which files it is."""
    for path in (transcript.path, str(recording.path)):
        if why := why_untold(path):
            raise AlignError(why)


def check_within(fixed: Fixed, recording: Recording) -> None:
    """Raise AlignError for a pin that lies beyond the end of the recording."""
    for moment in (*fixed.starts.values(), *fixed.ends.values()):
        if moment > recording.duration:
            raise AlignError(
                f"a pin is at {moment / 1000:.3f} s, and {recording.path} ends at {recording.duration / 1000:.3f} s"
            )


def tell_lost(fixed: Fixed, transcript: Transcript, observer: Observer) -> None:
    """Tell of each pin whose line is no longer in the transcript."""
    for pin in fixed.lost:
        observer.noted(f"a pin counts for nothing: its line {pin.line} is no longer in {transcript.path}")


def now() -> str:
    """The time, or that in SOURCE_DATE_EPOCH, by which whoever wants the same bytes each time can have them."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def _unrelated(transcript: Transcript, recording: Recording) -> str:
    return (
        f"next to nothing of {transcript.path} is heard in {recording.path}: "
        "check that the two belong together, and that --language is right"
    )


def _share_timed(lines: Sequence[AlignedLine]) -> float:
    words = [word for line in lines for word in line.words]
    return sum(word.span is not None for word in words) / max(1, len(words))
