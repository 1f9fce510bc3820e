"""Worker processes that share the work, and end with it."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from types import ModuleType
from typing import Any, TypeVar, TypeVarTuple

import numpy  # noqa: F401  only a library that is loaded can be limited
from threadpoolctl import threadpool_limits

from asdelivered.base.system import children_ignore_ctrl_c, give_back_memory, let_others_go_first
from asdelivered.base.system import cores as cores
from asdelivered.base.timeline import recorded

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

_AHEAD = 16
"""Calls that wait or run at a time: enough to keep many cores busy, few enough to keep their data small."""

_TURN = 0.03
"""Seconds in which each process that waits for a call has taken one."""


class _Worker(SpawnProcess):
    """A process that does not run the program's main script again.

    So a script of five lines needs no `if __name__ == "__main__"`, and a program that is read from a pipe can have
    workers. The functions that they call must be in modules that can be imported.
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


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """Start worker processes, and end them with the block; calls that still wait are then cancelled.

    An interrupt is handled by the main process, which ends the workers. They start with it blocked, since an interrupt
    while a worker's interpreter starts would end it with a traceback of its own.
    """
    pool = ProcessPoolExecutor(jobs, _Workers(), initializer=_begin_process)
    try:
        with children_ignore_ctrl_c():
            for _ in range(jobs):
                pool.submit(_nothing)
        # The main process keeps to one core as well: idle threads of its BLAS would take the workers' cores.
        with threadpool_limits(1, "blas"):
            yield recorded(pool)
    finally:
        pool.shutdown(cancel_futures=True)


def in_order(
    pool: Executor, function: Callable[[*Ts], R], arguments: Iterable[tuple[*Ts]], ahead: int = _AHEAD
) -> Iterator[R]:
    """Call `function` in the processes of `pool`; yield the results in the order of `arguments`.

    The arguments are taken as the work goes on, for at most `ahead` calls before a result is yielded, so that arguments
    made by a generator take little memory.
    """
    waiting: deque[Future[R]] = deque()
    for some in arguments:
        waiting.append(pool.submit(function, *some))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def all_give_back_memory(pool: Executor) -> None:
    """Let this process and those of `pool`, which have nothing to do, give back all that they keep or have freed."""
    for _ in range(cores()):
        pool.submit(_let_go)
    give_back_memory()


@lru_cache(maxsize=1)
def kept(make: Callable[[*Ts], R], *arguments: *Ts) -> R:
    """Return what `make` makes of the arguments, and keep it in this process until something else is, or all let go.

    So what one stage of the work needs makes way for what the next one needs, before that is made.
    """
    kept.cache_clear()
    give_back_memory()
    return make(*arguments)


def _let_go() -> None:
    """Forget what is `kept` and give its memory back, and stay busy until each process has taken such a call."""
    kept.cache_clear()
    give_back_memory()
    time.sleep(_TURN)


def _begin_process() -> None:
    """Keep a worker to one core: if each process had a thread for every core, they would slow each other down."""
    threadpool_limits(1)
    # The main process makes what they work on: where cores are few, it must not wait for one of them.
    let_others_go_first()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process with its parent: a worker that waits for work would not notice that it is gone."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _nothing() -> None:
    """Do nothing: the call makes the pool start a worker."""
