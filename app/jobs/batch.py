"""A batch from its list of jobs to its report, with progress on stderr."""

from __future__ import annotations

from pathlib import Path

from asdelivered.app.console.counting import counting
from asdelivered.batch.batch import BatchResult, run_batch
from asdelivered.batch.job import Task
from asdelivered.batch.jobs import read_jobs
from asdelivered.batch.outcome import Outcome, State
from asdelivered.batch.places import size_of
from asdelivered.batch.report import write_report
from asdelivered.batch.runners import dask, local


def run_jobs(place: str, task: Task, where: str, workers: int) -> tuple[BatchResult, tuple[Path, Path]]:
    """Do the jobs that are listed at `place`, `where` is "local" or "dask:" and an address; return the reports, too.

    Raises BatchError where the jobs can't be read, or the folder of results not be written to.
    """
    jobs = read_jobs(place)
    runner = local(workers) if where == "local" else dask(where.removeprefix("dask:"))
    sizes = {job.name: size_of(job.recording) or 1 for job in jobs}
    with counting("aligning", len(jobs), sum(sizes.values())) as count:

        def tell(outcome: Outcome) -> None:
            count(_note(outcome), sizes[outcome.name], outcome.state is State.KEPT)

        result = run_batch(jobs, task, runner, tell)
    return result, write_report(result, task.folder)


def _note(outcome: Outcome) -> str:
    return f"{outcome.name}: {outcome.reason}" if outcome.state is State.FAILED else ""
