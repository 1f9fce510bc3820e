"""Progress of many pieces of work on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from asdelivered.app.text import clock, messages, plain

EVERY = 10
"""Per cent after which a line is due."""

Count = Callable[[str], None]
"""Tells that one more piece is done, and whatever is to be said of it: "" for nothing."""


@contextmanager
def counting(what: str, total: int) -> Iterator[Count]:
    """Yield what counts pieces of work, `total` of them, and shows how many are done, the rate and the time left."""
    console = messages()
    began = time.monotonic()
    done = 0
    if console.is_terminal and not console.is_dumb_terminal:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console) as bars:
            task = bars.add_task(what, total=total, rate="")

            def move(note: str) -> None:
                nonlocal done
                done += 1
                if note:
                    bars.console.print(plain(note))
                bars.update(task, completed=done, rate=_rate(done, began))

            yield move
    else:
        told = 0

        def tell(note: str) -> None:
            nonlocal done, told
            done += 1
            if note:
                console.print(plain(note))
            percent = 100 * done // max(1, total) // EVERY * EVERY
            if percent > told:
                told = percent
                left = (time.monotonic() - began) / done * (total - done)
                time_left = f", {clock(round(left * 1000))} left" if done < total else ""
                console.print(f"{what}: {done} of {total}, {_rate(done, began)}{time_left}")

        yield tell


def _rate(done: int, began: float) -> str:
    return f"{done / max(0.001, time.monotonic() - began) * 60:.1f} a minute"
