"""Progress on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from asdelivered.app.console.text import messages, plain
from asdelivered.app.console.verbosity import Verbosity, verbosity
from asdelivered.base.clocks import clock
from asdelivered.base.progress import Observer

EVERY = 25
"""Per cent of a step after which a line is due."""


@contextmanager
def progress() -> Iterator[Observer]:
    """Yield an observer that shows what it hears of."""
    console = messages()
    if console.is_terminal and not console.is_dumb_terminal:
        columns = (
            TextColumn("{task.description:<10}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console) as bars:
            yield Bars(bars)
    else:
        yield Lines()


class Bars(Observer):
    """One bar per step."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def started(self, step: str, total: float) -> None:
        """Add a bar."""
        self._tasks[step] = self._bars.add_task(step, total=total)

    def advanced(self, step: str, done: float) -> None:
        """Move the bar."""
        self._bars.update(self._tasks[step], completed=done)

    def noted(self, message: str) -> None:
        """Say so above the bars."""
        self._bars.console.print(plain(message))

    def finished(self, step: str) -> None:
        """Fill the bar, whatever rounding left over."""
        task = self._tasks[step]
        self._bars.update(task, completed=self._bars.tasks[task].total)


class Lines(Observer):
    """A line where a step begins, and one for each quarter of it."""

    def __init__(self) -> None:
        self._console = messages()
        self._totals: dict[str, float] = {}
        self._told: dict[str, int] = {}
        self._began: dict[str, float] = {}

    def started(self, step: str, total: float) -> None:
        """Say what begins."""
        self._totals[step] = total
        self._told[step] = 0
        self._began[step] = time.monotonic()
        self._console.print(f"{step}: {clock(round(total * 1000))} of sound")

    def advanced(self, step: str, done: float) -> None:
        """Say how far it is, where that is another quarter."""
        total = self._totals[step]
        percent = int(100 * done / total) // EVERY * EVERY if total > 0 else 0
        if self._told[step] < percent < 100:
            self._told[step] = percent
            self._console.print(f"{step}: {percent} %")

    def noted(self, message: str) -> None:
        """Say so."""
        self._console.print(plain(message))

    def finished(self, step: str) -> None:
        """Say that it is over."""
        took = f" in {time.monotonic() - self._began[step]:.1f} s" if verbosity() is Verbosity.VERBOSE else ""
        self._console.print(f"{step}: done{took}")
