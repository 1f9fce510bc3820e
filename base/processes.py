"""Worker processes that share the work, and leave nothing behind when it is stopped."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from threading import Thread
from types import ModuleType
from typing import Any, TypeVar, TypeVarTuple

import numpy  # noqa: F401  only a library that is loaded can be limited
from threadpoolctl import threadpool_limits

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

_AHEAD = 16
"""Calls that wait or run at a time: enough to keep many cores busy, few enough that their data stay small."""


class _Worker(SpawnProcess):
    """A process that does not run the program's main script again.

    So a script of five lines needs no `if __name__ == "__main__"`, and a program that came through a pipe can have
    workers. What they are given to call lies in a module that can be imported.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802  the name is multiprocessing's
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Workers(SpawnContext):
    Process = _Worker


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, ended at once where the work is stopped: what they still had to do is dropped.

    An interrupt is for the process that gave out the work; it ends the workers. They are born deaf to it, since one
    that comes while a worker's interpreter starts would break it off with a traceback of its own.
    """
    # What multiprocessing starts beside the first worker would lift the block for all that follow.
    resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(jobs, _Workers(), initializer=_begin_process)
    try:
        before = pthread_sigmask(SIG_BLOCK, [SIGINT])
        try:
            for _ in range(jobs):
                pool.submit(_nothing)
        finally:
            pthread_sigmask(SIG_SETMASK, before)
        # Whoever gives out the work keeps to one core too: threads that wait for the next sum take the workers' cores.
        with threadpool_limits(1, "blas"):
            yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def in_order(
    pool: Executor, function: Callable[[*Ts], R], arguments: Iterable[tuple[*Ts]], ahead: int = _AHEAD
) -> Iterator[R]:
    """Call `function` in the processes of `pool`; yield the results in the order of `arguments`.

    The arguments are asked for as the work goes on, `ahead` calls at most before a result is taken, so that what is
    made of them on the way takes little memory.
    """
    waiting: deque[Future[R]] = deque()
    for some in arguments:
        waiting.append(pool.submit(function, *some))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin_process() -> None:
    """Keep a worker to one core: as many threads as cores in each of several processes get in each other's way."""
    threadpool_limits(1)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process where the one that gives out the work is no more: a worker that waits for work can't tell."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _nothing() -> None:
    """Be given out, so that there is a worker."""
