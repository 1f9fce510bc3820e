"""A timeline of the work: what every process does when, for whoever wants to see where one waits for another.

Nothing is recorded outside `recording`, and then a `stage` costs next to nothing.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What a process did from `start` to `end`, in nanoseconds on a clock that all processes of the machine share."""

    stage: str
    process: int
    start: int
    end: int


_RECORDED: ContextVar[list[Work] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[list[Work]]:
    """Record the stages of the block, also those in its worker processes, in the list that is yielded."""
    works: list[Work] = []
    before = _RECORDED.set(works)
    try:
        yield works
    finally:
        _RECORDED.reset(before)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Record the block as that stage, if this is recorded at all. A stage may hold others."""
    works = _RECORDED.get()
    if works is None:
        yield
        return
    start = time.perf_counter_ns()
    try:
        yield
    finally:
        works.append(Work(name, os.getpid(), start, time.perf_counter_ns()))


def each(name: str, items: Iterable[T]) -> Iterator[T]:
    """Yield the items, with the making of each recorded as that stage."""
    source = iter(items)
    end = object()
    while True:
        with stage(name):
            item: Any = next(source, end)
        if item is end:
            return
        yield item


def recorded(pool: Executor) -> Executor:
    """Return an executor that calls in the processes of `pool`, and takes over what is recorded there, if it is."""
    works = _RECORDED.get()
    return pool if works is None else _Recorded(pool, works)


class _Recorded(Executor):
    def __init__(self, pool: Executor, works: list[Work]) -> None:
        self._pool = pool
        self._works = works

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Call the function in the pool, and take over what was recorded meanwhile."""
        outer: Future[Any] = Future()
        outer.set_running_or_notify_cancel()

        def done(inner: Future[tuple[Any, list[Work]]]) -> None:
            if inner.cancelled():
                return
            if error := inner.exception():
                outer.set_exception(error)
                return
            result, works = inner.result()
            self._works.extend(works)
            outer.set_result(result)

        self._pool.submit(_call, function, arguments, named).add_done_callback(done)
        return outer


def _call(
    function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Any, list[Work]]:
    with recording() as works:
        result = function(*arguments, **named)
    return result, works


def trace_events(works: Iterable[Work]) -> str:
    """Return a timeline in the Trace Event format, which Perfetto and Chromium's tracing show.

    Its JSON Object Format is described in "Trace Event Format", section "JSON Object Format"; times are microseconds
    from the first event. The process that recorded is called "main", the others "worker 1" and so on.
    """
    ordered = sorted(works, key=lambda work: (work.start, -work.end))
    origin = ordered[0].start if ordered else 0
    main = os.getpid()
    names = {main: "main"}
    for work in ordered:
        names.setdefault(work.process, f"worker {len(names)}")
    named = [
        {"name": "process_name", "ph": "M", "pid": process, "tid": process, "args": {"name": name}}
        for process, name in names.items()
    ]
    events = [
        {
            "name": work.stage,
            "cat": "align",
            "ph": "X",
            "ts": (work.start - origin) / 1000,
            "dur": (work.end - work.start) / 1000,
            "pid": work.process,
            "tid": work.process,
        }
        for work in ordered
    ]
    return json.dumps({"displayTimeUnit": "ms", "traceEvents": [*named, *events]}, indent=1) + "\n"
