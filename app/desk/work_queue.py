"""The desk's work: one task at a time in a process of its own, the others in order behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from asdelivered.app.errors import AppError
from asdelivered.review.background import STOPPED, BackgroundWork, Job

LEAST_SHARE = 0.05
"""The share of a step that must be done before the time left is guessed."""


@dataclass
class Task:
    """Work for an event: an alignment or an export. `began`, `ended` and `failed` are called as it goes."""

    event: str
    job: Job
    command: tuple[str, ...]
    began: Callable[[], None] = field(default=lambda: None)
    ended: Callable[[Any], None] = field(default=lambda result: None)
    failed: Callable[[str], None] = field(default=lambda reason: None)


class WorkQueue:
    """Tasks in the order in which they were asked for. Only the thread of the event loop calls its methods."""

    def __init__(self) -> None:
        self._work = BackgroundWork()
        self._tasks: list[Task] = []
        self._running: Task | None = None
        self._step = ("", 0.0)
        self._closed = False

    def add(self, task: Task) -> None:
        """Add a task; it begins when those before it are over. Raises AppError: its like waits or runs already."""
        if self.has(task.event, task.job.kind):
            raise AppError("this is being made already: wait for it, or stop it first")
        self._tasks.append(task)
        self._begin_next()

    def stop(self, event: str) -> None:
        """Stop all work for an event; what waited never begins."""
        waiting = [task for task in self._tasks if task.event == event]
        self._tasks = [task for task in self._tasks if task.event != event]
        for task in waiting:
            task.failed(STOPPED)
        if self._running is not None and self._running.event == event:
            self._work.stop()

    def has(self, event: str, kind: str) -> bool:
        """Return whether work of a kind waits or runs for an event."""
        return any(task.event == event and task.job.kind == kind for task in self._all())

    def state(self) -> list[dict[str, Any]]:
        """Return the tasks for the page, the running one first.

        `left` is how many seconds its present step still takes, None where that can't be guessed yet.
        """
        tasks = []
        for task in self._all():
            running = task is self._running
            progress = self._work.progress if running else None
            step, share = (progress.step, progress.share) if progress else ("", 0.0)
            tasks.append(
                {
                    "event": task.event,
                    "kind": task.job.kind,
                    "running": running,
                    "step": step,
                    "share": round(share, 3),
                    "left": self._time_left(step, share) if running else None,
                    "found": len(self._work.found) if running else 0,
                }
            )
        return tasks

    def found(self, event: str) -> dict[str, int]:
        """Return about when lines of an event begin, in milliseconds by their ids, while it is being aligned."""
        running = self._running is not None and self._running.event == event
        return self._work.found if running else {}

    def close(self) -> None:
        """Stop everything: the desk ends."""
        self._closed = True
        self._tasks.clear()
        self._work.stop()

    def _all(self) -> list[Task]:
        return [*([self._running] if self._running else []), *self._tasks]

    def _time_left(self, step: str, share: float) -> float | None:
        if step != self._step[0]:
            self._step = (step, time.monotonic())
        if share < LEAST_SHARE:
            return None
        return round((time.monotonic() - self._step[1]) * (1 - share) / share, 1)

    def _begin_next(self) -> None:
        if self._running is not None or not self._tasks or self._closed:
            return
        task = self._running = self._tasks.pop(0)
        loop = asyncio.get_running_loop()

        def over(report: Callable[[Any], None], value: Any) -> None:
            self._running = None
            try:
                report(value)
            finally:
                self._begin_next()

        def later(report: Callable[[Any], None]) -> Callable[[Any], None]:
            def call(value: Any) -> None:
                if not self._closed:
                    loop.call_soon_threadsafe(over, report, value)

            return call

        task.began()
        self._work.start(task.job, later(task.ended), later(task.failed))
