"""One job from its inputs to its folder: all of its files are there, or none."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from asdelivered.align.document.alignment_json import load, save
from asdelivered.align.errors import AlignError
from asdelivered.base.delivery import Delivery, NotOursError, Origin, check_replaceable, deliver, relative_to
from asdelivered.base.files import sha256_of, write_whole
from asdelivered.base.ledger import NAME as LEDGER
from asdelivered.base.scratch import scratch_folder
from asdelivered.batch.errors import JobError
from asdelivered.batch.jobs import Job
from asdelivered.batch.locations import fetch, is_remote, mark_of
from asdelivered.batch.outcome import LOG, RECORD, Inputs, Outcome, State, read_record, write_record
from asdelivered.batch.process import Limits, ProcessResult, run_process
from asdelivered.subtitles.delivery import with_captions

FAILED = "failed"
"""The folder for the logs of failed jobs."""
_PREFIX = "asdelivered: "
_ALIGNMENT = ".alignment.json"
_ENDINGS = (_ALIGNMENT, ".srt", ".vtt")

Stopped = Callable[[], bool]
"""Returns True once the work is to be stopped."""


@dataclass(frozen=True)
class BatchSettings:
    """What all jobs of a batch share.

    The results of each job go into its own folder inside `folder`. `options` are those of `asdelivered align`,
    `version` is that of the program. A job is tried at most `attempts` times, if another attempt may succeed: it was
    killed, or a file could not be fetched.
    """

    folder: Path
    options: tuple[str, ...]
    version: str
    limits: Limits
    attempts: int = 2
    force: bool = False
    """Whether files that a person changed make way; they are kept beside the new ones, dated."""
    program: str = "asdelivered.app.main"
    """The Python module that is run for each job."""

    def options_for(self, job: Job) -> tuple[str, ...]:
        """Return the options for a job, with its language and its sound."""
        own = {"--language": job.language, "--sound": job.sound}
        return (*self.options, *(word for name, value in own.items() if value for word in (name, value)))


def run_job(job: Job, settings: BatchSettings, stopped: Stopped = lambda: False) -> Outcome:
    """Do a job, unless its folder has the result of the same inputs, settings and version.

    The outcome says what went wrong, if anything. Raises OSError where the results' folder cannot be written to.
    """
    began = time.monotonic()
    attempt = 0
    while True:
        attempt += 1
        try:
            if job.problem is not None:
                raise JobError(job.problem)
            try:
                outcome = _attempt(job, settings, stopped)
            except NotOursError as error:
                raise JobError(str(error)) from error
            return replace(outcome, attempts=attempt if outcome.state is State.DONE else 0)
        except JobError as error:
            if error.transient and attempt < settings.attempts and not stopped():
                continue
            seconds = round(time.monotonic() - began, 3)
            return Outcome(job.name, State.FAILED, error.reason, attempt, seconds, where=platform.node())


def _attempt(job: Job, settings: BatchSettings, stopped: Stopped) -> Outcome:
    folder = settings.folder / job.name
    before = read_record(folder)
    if before is not None and _is_unchanged_remote(before[0], job, settings):
        return replace(before[1], state=State.KEPT)
    with scratch_folder(settings.folder) as scratch:
        transcript = fetch(job.transcript, _new_folder(scratch / "transcript"))
        recording = fetch(job.recording, _new_folder(scratch / "recording"))
        inputs = Inputs(
            _sha256(transcript, job.transcript),
            _sha256(recording, job.recording),
            settings.options_for(job),
            settings.version,
            mark_of(job.transcript),
            mark_of(job.recording),
        )
        if before is not None and before[0].key == inputs.key:
            return replace(before[1], state=State.KEPT)
        stem = transcript.stem
        check_replaceable([folder / f"{stem}{ending}" for ending in _ENDINGS], settings.force)
        pins = folder / f"{stem}.pins.json"
        results = _new_folder(scratch / "made")
        arguments = ["align", str(transcript.absolute()), str(recording.absolute()), "-o", str(results)]
        arguments += ["--jobs", "1", *inputs.settings]
        arguments += ["--pins", str(pins.absolute())] if pins.is_file() else []
        process, log = _run(arguments, settings, stopped)
        for fetched, location in ((transcript, job.transcript), (recording, job.recording)):
            if is_remote(location):
                log = log.replace(str(fetched.absolute()), location)
        if process.code != 0:
            _keep_log(log, settings.folder, job.name)
            raise _failure(process, log.splitlines())
        _state_remote_sources(results, job)
        outcome = Outcome(
            job.name,
            State.DONE,
            seconds=round(process.seconds, 3),
            cpu=round(process.cpu, 3),
            memory=process.memory,
            where=platform.node(),
            files=tuple(sorted(file.name for file in results.iterdir() if file.name != LEDGER)),
        )
        (results / LOG).write_text(log, "utf-8")
        write_record(results, inputs, outcome)
        local = {
            Path(location): sha256
            for location, sha256 in ((job.transcript, inputs.transcript), (job.recording, inputs.recording))
            if not is_remote(location)
        }
        _deliver(results, folder, f"{stem}{_ALIGNMENT}", local, settings)
        return outcome


def _deliver(
    results: Path, folder: Path, alignment: str, sources: dict[Path, str], settings: BatchSettings
) -> None:
    """Put the results into the job's folder, the record last: until it is there, the job is not done.

    What a person keeps in the folder stays. Raises NotOursError.
    """
    folder.mkdir(exist_ok=True)
    words = [relative_to(source, folder) for source in sources]
    origin = Origin(sources, ("align", *words, *settings.options) if len(words) == 2 else ())
    staged = {folder / file.name: file for file in sorted(results.iterdir()) if file.name != LEDGER}
    record = {folder / RECORD: staged.pop(folder / RECORD)}
    deliver(with_captions(folder / alignment, origin, staged), settings.force)
    deliver([Delivery(target, file) for target, file in record.items()], settings.force)


def _run(arguments: Sequence[str], settings: BatchSettings, stopped: Stopped) -> tuple[ProcessResult, str]:
    """Run the program in a process of its own; return how that ended, and its output."""
    # The log file has no name, so it can't be left behind; and it is not in the folder of results, which may be full.
    with tempfile.TemporaryFile() as file:
        log = cast(BinaryIO, file)  # on Windows it is wrapped
        ended = run_process(settings.program, arguments, log, settings.limits, stopped)
        log.seek(0)
        return ended, log.read().decode("utf-8", "replace")


def _new_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _is_unchanged_remote(inputs: Inputs, job: Job, settings: BatchSettings) -> bool:
    """Return whether a result is that of remote inputs that have the same marks as then, and need not be fetched."""
    if not (is_remote(job.transcript) and is_remote(job.recording)):
        return False
    if (inputs.settings, inputs.version) != (settings.options_for(job), settings.version):
        return False
    marks = (inputs.transcript_mark, inputs.recording_mark)
    return None not in marks and marks == (mark_of(job.transcript), mark_of(job.recording))


def _sha256(path: Path, location: str) -> str:
    try:
        return sha256_of(path)
    except FileNotFoundError as error:
        advice = ": write / where its path has \\" if "\\" in location and os.sep == "/" else ""
        raise JobError(f"{location}: there is no such file{advice}") from error
    except OSError as error:
        raise JobError(f"{location}: it cannot be read: {error.strerror or error}") from error


def _failure(process: ProcessResult, output: Sequence[str]) -> JobError:
    """Return why a process failed, and whether another attempt may succeed."""
    if process.broken_limit is not None:
        return JobError(process.broken_limit)
    messages = [line.removeprefix(_PREFIX) for line in output if line.startswith(_PREFIX)]
    if process.code > 0 and messages:
        return JobError(messages[-1])
    last = next((line for line in reversed(output) if line.strip()), "it said nothing")
    how = f"signal {-process.code}" if process.code < 0 else f"exit code {process.code}"
    return JobError(f"the program ended with {how}: {last}", transient=True)


def _keep_log(log: str, folder: Path, name: str) -> None:
    with suppress(OSError):  # the job's own failure is the one to report
        (folder / FAILED).mkdir(exist_ok=True)
        write_whole(folder / FAILED / f"{name}.{LOG}", log.encode())


def _state_remote_sources(folder: Path, job: Job) -> None:
    """State in the alignment the addresses of remote inputs, not the paths to which they were fetched."""
    if not (is_remote(job.transcript) or is_remote(job.recording)):
        return
    try:
        for path in folder.glob(f"*{_ALIGNMENT}"):
            alignment = load(path)
            if is_remote(job.transcript):
                source = replace(alignment.transcript, path=job.transcript)
                alignment = replace(alignment, transcript=source)
            if is_remote(job.recording):
                alignment = replace(alignment, recording=replace(alignment.recording, path=job.recording))
            save(alignment, path)
    except AlignError as error:
        raise JobError(str(error)) from error
