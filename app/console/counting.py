"""Progress of many pieces of work on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from asdelivered.app.console.text import messages, plain
from asdelivered.base.clocks import clock

EVERY = 10
"""Per cent after which a line is due."""


class Count(Protocol):
    """Tells that one more piece is done, and whatever is to be said of it: "" for nothing.

    `size` is how much work it was, in the unit of the total; `found` says that it was done before, and took no time.
    """

    def __call__(self, note: str, /, size: float = 1, found: bool = False) -> None:
        """Count it."""


@contextmanager
def counting(what: str, total: int, size: float | None = None) -> Iterator[Count]:
    """Yield what counts pieces of work, and shows how many are done, the rate and the time left.

    `total` is their number, `size` the sum of their sizes where these differ: the time left follows from it.
    """
    console = messages()
    pace = _Pace(total, total if size is None else size)
    if console.is_terminal and not console.is_dumb_terminal:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        )
        with Progress(*columns, console=console) as bars:
            task = bars.add_task(what, total=total, rate="")

            def move(note: str, /, size: float = 1, found: bool = False) -> None:
                pace.add(size, found)
                if note:
                    bars.console.print(plain(note))
                bars.update(task, completed=pace.done, rate=pace.told())

            yield move
    else:
        told = 0

        def tell(note: str, /, size: float = 1, found: bool = False) -> None:
            nonlocal told
            pace.add(size, found)
            if note:
                console.print(plain(note))
            percent = 100 * pace.done // max(1, total) // EVERY * EVERY
            if percent > told:
                told = percent
                console.print(f"{what}: {pace.done} of {total}, {pace.told()}")

        yield tell


class _Pace:
    """How much is done, how fast, and how long the rest takes at that."""

    def __init__(self, total: int, size: float) -> None:
        self.done = 0
        self._total, self._left = total, size
        self._made, self._worked = 0, 0.0
        self._began = time.monotonic()

    def add(self, size: float, found: bool) -> None:
        self.done += 1
        self._left -= size
        if not found:
            self._made += 1
            self._worked += size

    def told(self) -> str:
        """The rate and the time left, as far as they are known."""
        took = max(0.001, time.monotonic() - self._began)
        rate = f"{self._made / took * 60:.1f} a minute"
        if self.done == self._total or not self._worked:
            return rate
        left = max(0.0, took * self._left / self._worked)
        return f"{rate}, {clock(round(left * 1000))} left"
