"""One job from its inputs to its folder: all of its files there, or none."""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from asdelivered.align.document.alignment_json import load, save
from asdelivered.align.errors import AlignError
from asdelivered.base.files import sha256_of
from asdelivered.base.scratch import scratch_folder
from asdelivered.batch.errors import JobError
from asdelivered.batch.jobs import Job
from asdelivered.batch.outcome import (
    LOG,
    Inputs,
    Outcome,
    State,
    read_record,
    write_record,
)
from asdelivered.batch.places import fetch, is_remote, mark_of
from asdelivered.batch.process import Ended, Limits, run_process

FAILED = "failed"
"""The folder of the logs of jobs that failed."""
_PREFIX = "asdelivered: "
_ALIGNMENT = ".alignment.json"


@dataclass(frozen=True)
class Task:
    """What all jobs of a batch have in common.

    Results go into a folder of `folder` each. `settings` are options of `asdelivered align`; `version` is that of the
    program. A job is tried `attempts` times where it may go well another time: it was killed, or a file couldn't be
    fetched.
    """

    folder: Path
    settings: tuple[str, ...]
    version: str
    limits: Limits
    attempts: int = 2
    program: str = "asdelivered.app.main"
    """The Python module that is run for each job."""


def run_job(job: Job, task: Task, stopped: Callable[[], bool] = lambda: False) -> Outcome:
    """Do a job, unless its folder has what comes of the same inputs, settings and version.

    Whatever is wrong with the job is in the outcome. Raises OSError where the results' folder can't be written to.
    """
    began = time.monotonic()
    attempt = 0
    while True:
        attempt += 1
        try:
            if job.problem is not None:
                raise JobError(job.problem)
            outcome = _attempt(job, task, stopped)
            return replace(outcome, attempts=attempt if outcome.state is State.DONE else 0)
        except JobError as error:
            if error.transient and attempt < task.attempts and not stopped():
                continue
            seconds = round(time.monotonic() - began, 3)
            return Outcome(job.name, State.FAILED, error.reason, attempt, seconds, where=platform.node())


def _attempt(job: Job, task: Task, stopped: Callable[[], bool]) -> Outcome:
    folder = task.folder / job.name
    settings = (*task.settings, *(("--language", job.language) if job.language else ()))
    before = read_record(folder)
    if before is not None and _is_of(before[0], job, settings, task.version):
        return replace(before[1], state=State.KEPT)
    with scratch_folder(task.folder) as scratch:
        transcript, recording = (
            fetch(place, _made(scratch / name))
            for place, name in ((job.transcript, "transcript"), (job.recording, "recording"))
        )
        inputs = Inputs(
            _hash(transcript, job.transcript),
            _hash(recording, job.recording),
            settings,
            task.version,
            mark_of(job.transcript),
            mark_of(job.recording),
        )
        if before is not None and before[0].key == inputs.key:
            return replace(before[1], state=State.KEPT)
        made = _made(scratch / "made")
        ended, said = _align(transcript, recording, made, task, settings, stopped)
        for brought, place in ((transcript, job.transcript), (recording, job.recording)):
            if is_remote(place):
                said = said.replace(str(brought.absolute()), place)
        if ended.code != 0:
            _keep_log(said, task.folder, job.name)
            raise _reason(ended, said.splitlines())
        _name_sources(made, job)
        outcome = Outcome(
            job.name,
            State.DONE,
            seconds=round(ended.seconds, 3),
            cpu=round(ended.cpu, 3),
            memory=ended.memory,
            where=platform.node(),
            files=tuple(sorted(file.name for file in made.iterdir())),
        )
        (made / LOG).write_text(said, "utf-8")
        write_record(made, inputs, outcome)
        if folder.exists():
            folder.replace(scratch / "before")
        made.replace(folder)
        return outcome


def _align(
    transcript: Path,
    recording: Path,
    folder: Path,
    task: Task,
    settings: Sequence[str],
    stopped: Callable[[], bool],
) -> tuple[Ended, str]:
    """Align in a process of its own; return how that ended, and what it said."""
    arguments = ["align", str(transcript.absolute()), str(recording.absolute()), "-o", str(folder)]
    # The log has no name, so that it stays nowhere, and is not in the folder of results, which may be full.
    with tempfile.TemporaryFile() as log:
        ended = run_process(task.program, [*arguments, "--jobs", "1", *settings], log, task.limits, stopped)
        log.seek(0)
        return ended, log.read().decode("utf-8", "replace")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _is_of(inputs: Inputs, job: Job, settings: tuple[str, ...], version: str) -> bool:
    """Tell whether a result is that of remote inputs which haven't changed, by their marks: they are not fetched."""
    if not (is_remote(job.transcript) and is_remote(job.recording)):
        return False
    if (inputs.settings, inputs.version) != (settings, version) or None in (
        inputs.transcript_mark,
        inputs.recording_mark,
    ):
        return False
    marks = (mark_of(job.transcript), mark_of(job.recording))
    return marks == (inputs.transcript_mark, inputs.recording_mark)


def _hash(path: Path, place: str) -> str:
    try:
        return sha256_of(path)
    except FileNotFoundError as error:
        raise JobError(f"{place}: there is no such file") from error
    except OSError as error:
        raise JobError(f"{place}: it cannot be read: {error.strerror or error}") from error


def _reason(ended: Ended, said: Sequence[str]) -> JobError:
    """Say why a process ended badly, and whether it may go well another time."""
    if ended.broke is not None:
        return JobError(ended.broke)
    told = [line.removeprefix(_PREFIX) for line in said if line.startswith(_PREFIX)]
    if ended.code > 0 and told:
        return JobError(told[-1])
    last = next((line for line in reversed(said) if line.strip()), "it said nothing")
    how = f"signal {-ended.code}" if ended.code < 0 else f"exit code {ended.code}"
    return JobError(f"the program ended with {how}: {last}", transient=True)


def _keep_log(said: str, folder: Path, name: str) -> None:
    with suppress(OSError):  # the reason of the failure is the one to tell
        (folder / FAILED).mkdir(exist_ok=True)
        (folder / FAILED / f"{name}.{LOG}").write_text(said, "utf-8")


def _name_sources(folder: Path, job: Job) -> None:
    """Name in the alignment where its remote inputs are, not where they were brought to."""
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
