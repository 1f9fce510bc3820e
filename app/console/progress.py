"""Progress of the steps of one job on stderr: bars on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from asdelivered.app.console.tables import progress_bars
from asdelivered.app.console.text import plain, print_message
from asdelivered.app.console.verbosity import Verbosity, verbosity
from asdelivered.base.clocks import clock
from asdelivered.base.progress import Observer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVERY = 25
"""Percentage of a step after which the next line is due."""


@contextmanager
def progress() -> Iterator[Observer]:
    """Yield an observer that shows the progress that is reported to it."""
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with progress_bars(*columns) as bars:
        yield Lines() if bars is None else Bars(bars)


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
        """Print the message above the bars."""
        self._bars.console.print(plain(message))

    def finished(self, step: str) -> None:
        """Fill the bar, whatever rounding left over."""
        task = self._tasks[step]
        self._bars.update(task, completed=self._bars.tasks[task].total)


class Lines(Observer):
    """A line when a step begins, at each quarter of it, and when it ends."""

    def __init__(self) -> None:
        self._totals: dict[str, float] = {}
        self._printed: dict[str, int] = {}
        self._began: dict[str, float] = {}

    def started(self, step: str, total: float) -> None:
        """Print the step and its size."""
        self._totals[step] = total
        self._printed[step] = 0
        self._began[step] = time.monotonic()
        print_message(f"{step}: {clock(round(total * 1000))} of sound")

    def advanced(self, step: str, done: float) -> None:
        """Print the percentage if another quarter is done."""
        total = self._totals[step]
        percent = int(100 * done / total) // EVERY * EVERY if total > 0 else 0
        if self._printed[step] < percent < 100:
            self._printed[step] = percent
            print_message(f"{step}: {percent} %")

    def noted(self, message: str) -> None:
        """Print the message."""
        print_message(message)

    def finished(self, step: str) -> None:
        """Print that the step is done."""
        took = f" in {time.monotonic() - self._began[step]:.1f} s" if verbosity() is Verbosity.VERBOSE else ""
        print_message(f"{step}: done{took}")
