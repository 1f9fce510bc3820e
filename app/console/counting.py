"""Progress of a job on many items on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from asdelivered.app.console.tables import progress_bars
from asdelivered.app.console.text import plain, print_message
from asdelivered.app.jobs.counting import Count
from asdelivered.base.clocks import clock

EVERY = 10
"""Percentage after which the next line is due."""


@contextmanager
def counting(what: str, total: int, size: float | None = None) -> Iterator[Count]:
    """Yield a counter that shows how many of `total` items are done, the rate and the time left.

    `size` is the sum of the items' sizes, if these differ; the time left follows from the sizes.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    pace = _Pace(total, total if size is None else size)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with progress_bars(*columns) as bars:
        if bars is not None:
            task = bars.add_task(what, total=total, rate="")

            def move_bar(note: str, /, size: float = 1, skipped: bool = False) -> None:
                pace.add(size, skipped)
                if note:
                    bars.console.print(plain(note))
                bars.update(task, completed=pace.done, rate=pace.text())

            yield move_bar
        else:
            printed = 0

            def print_line(note: str, /, size: float = 1, skipped: bool = False) -> None:
                nonlocal printed
                pace.add(size, skipped)
                if note:
                    print_message(note)
                percent = 100 * pace.done // max(1, total) // EVERY * EVERY
                if percent > printed:
                    printed = percent
                    print_message(f"{what}: {pace.done} of {total}, {pace.text()}")

            yield print_line


class _Pace:
    """How much is done, how fast, and how long the rest takes at that rate."""

    def __init__(self, total: int, size: float) -> None:
        self.done = 0
        self._total, self._size_left = total, size
        self._worked_on, self._size_worked_on = 0, 0.0
        self._began = time.monotonic()

    def add(self, size: float, skipped: bool) -> None:
        self.done += 1
        self._size_left -= size
        if not skipped:
            self._worked_on += 1
            self._size_worked_on += size

    def text(self) -> str:
        """Return the rate, and the time left once it can be estimated."""
        took = max(0.001, time.monotonic() - self._began)
        rate = f"{self._worked_on / took * 60:.1f} a minute"
        if self.done == self._total or not self._size_worked_on:
            return rate
        left = max(0.0, took * self._size_left / self._size_worked_on)
        return f"{rate}, {clock(round(left * 1000))} left"
