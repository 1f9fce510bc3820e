"""A batch, from its list of jobs to its reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from asdelivered.app.jobs.counting import Counting
from asdelivered.base.delivery import check_replaceable
from asdelivered.base.processes import cores
from asdelivered.batch.batch import BatchResult, run_batch
from asdelivered.batch.cluster import check_scheduler, dask
from asdelivered.batch.job import BatchSettings
from asdelivered.batch.jobs import read_jobs
from asdelivered.batch.outcome import Outcome, State
from asdelivered.batch.process import Limits
from asdelivered.batch.report import reports_in, summary_of, write_report
from asdelivered.batch.runners import local

MINUTE = 60
"""Seconds."""
MIB = 1 << 20


@dataclass(frozen=True)
class BatchRequest:
    """The location of the list of jobs, and the folder for the results.

    `runner` is "local", or "dask:" and the address of a scheduler; with `insecure_scheduler` one on another machine may
    be asked without TLS. `workers` is how many jobs run at a time on this
    machine, None for one per core. `time_limit` (minutes) and `memory_limit` (MiB) hold for each job.
    """

    jobs: str
    folder: Path
    runner: str = "local"
    workers: int | None = None
    engine: str = "auto"
    attempts: int = 2
    time_limit: float | None = None
    memory_limit: int | None = None
    force: bool = False
    insecure_scheduler: bool = False

    def settings(self) -> BatchSettings:
        """Return what all jobs share."""
        limits = Limits(
            None if self.time_limit is None else self.time_limit * MINUTE,
            None if self.memory_limit is None else self.memory_limit * MIB,
        )
        options = ("--engine", self.engine)
        folder = self.folder.absolute()
        return BatchSettings(folder, options, version("asdelivered"), limits, self.attempts, self.force)


@dataclass(frozen=True)
class BatchReport:
    """The result of a batch, and the files of its reports: for programs, and for people."""

    result: BatchResult
    json: Path
    page: Path

    def __str__(self) -> str:
        return summary_of(self.result)

    @property
    def failed(self) -> int:
        """How many jobs failed."""
        return len(self.result.of(State.FAILED))


def run_jobs(request: BatchRequest, counting: Counting, noted: Callable[[str], None]) -> BatchReport:
    """Do all jobs, and write the reports; `noted` gets notes for the user, such as which cluster does the jobs.

    Raises BatchError where the jobs cannot be read, the folder of results cannot be written to, or the cluster is lost;
    NotOursError where a report would replace a file that the program did not write, before any job is done; UsageError
    where its scheduler would be asked without TLS.
    """
    address = request.runner.removeprefix("dask:")
    if address != "local":
        check_scheduler(address, request.insecure_scheduler)
    jobs = read_jobs(request.jobs)
    if address == "local":
        runner = local(request.workers or cores())
    else:
        noted(f"the jobs go to the Dask cluster at {address}")
        runner = dask(address, noted)
    settings = request.settings()
    check_replaceable(reports_in(settings.folder), request.force)
    sizes = {job.name: job.recording_size or 1 for job in jobs}
    with counting("aligning", len(jobs), sum(sizes.values())) as count:

        def on_outcome(outcome: Outcome) -> None:
            note = f"{outcome.name}: {outcome.reason}" if outcome.state is State.FAILED else ""
            count(note, sizes[outcome.name], outcome.state is State.KEPT)

        result = run_batch(jobs, settings, runner, on_outcome)
    return BatchReport(result, *write_report(result, settings.folder, request.force))
