"""What does the jobs: processes on this machine, or an existing Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from asdelivered.batch.errors import BatchError
from asdelivered.batch.job import BatchSettings, run_job
from asdelivered.batch.jobs import Job
from asdelivered.batch.outcome import Outcome, State

Runner = Callable[[Sequence[Job], BatchSettings], Iterator[Outcome]]
"""Does jobs, and yields the outcome of each as it ends."""
CONNECT = 10
"""Seconds to wait for a Dask scheduler."""


def local(workers: int) -> Runner:
    """Return a runner that does `workers` jobs at a time on this machine, each in a process of its own."""

    def run(jobs: Sequence[Job], settings: BatchSettings) -> Iterator[Outcome]:
        stop = threading.Event()
        pool = ThreadPoolExecutor(workers)
        try:
            for future in as_completed([pool.submit(run_job, job, settings, stop.is_set) for job in jobs]):
                yield future.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)

    return run


def dask(address: str) -> Runner:
    """Return a runner that submits jobs to the Dask cluster whose scheduler is at `address` ("tcp://host:8786").

    Its workers need this package, and must see the folders of inputs and results under the same names. When a worker is
    lost, the scheduler gives its job to another one.
    """

    def run(jobs: Sequence[Job], settings: BatchSettings) -> Iterator[Outcome]:
        try:
            from distributed import Client
            from distributed import as_completed as as_they_end
        except ImportError as error:
            raise BatchError(
                "--on dask needs Dask: install it with pip install 'asdelivered[dask]'"
            ) from error
        try:
            client = Client(  # type: ignore[no-untyped-call]
                address, timeout=CONNECT, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise BatchError(
                f"{address}: no Dask scheduler answers there ({error}): start one with `dask scheduler`"
            ) from error
        with client:
            futures = client.map(run_job, jobs, settings=settings, pure=False)
            names = {future.key: job.name for future, job in zip(futures, jobs, strict=True)}
            for future in as_they_end(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                if future.status == "finished":
                    yield future.result()
                else:
                    reason = f"the cluster could not do it: {future.exception()}"
                    yield Outcome(names[future.key], State.FAILED, reason)

    return run
