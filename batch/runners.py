"""What does the jobs: processes on this machine. `cluster` has another one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from asdelivered.batch.job import BatchSettings, run_job
from asdelivered.batch.jobs import Job
from asdelivered.batch.outcome import Outcome

Runner = Callable[[Sequence[Job], BatchSettings], Iterator[Outcome]]
"""Does jobs, and yields the outcome of each as it ends."""


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
