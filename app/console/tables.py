"""Tables and progress bars, drawn by Rich: no markup, no guessed colours. Rich is loaded when something is drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from asdelivered.app.console.text import plain
from asdelivered.app.console.verbosity import Verbosity, verbosity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn


def print_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Print a table of names, in bold, and their values, on stdout."""
    from rich.table import Table

    table = Table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(name, plain(value))
    _console(sys.stdout).print(table)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on stdout."""
    from rich.table import Table

    table = Table(*headings)
    for row in rows:
        table.add_row(*map(plain, row))
    _console(sys.stdout).print(table)


def print_frameless_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table without a frame on stdout; only its last column is broken into lines."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading != headings[-1])
    for row in rows:
        table.add_row(*map(plain, row))
    _console(sys.stdout).print(table)


@contextmanager
def progress_bars(*columns: ProgressColumn) -> Iterator[Progress | None]:
    """Yield progress bars on stderr, silent with `--quiet`; None where it is not a terminal that can draw them."""
    from rich.progress import Progress

    console = _console(sys.stderr, quiet=verbosity() is Verbosity.QUIET)
    if console.is_terminal and not console.is_dumb_terminal:
        with Progress(*columns, console=console) as bars:
            yield bars
    else:
        yield None


def _console(stream: TextIO, *, quiet: bool = False) -> Console:
    """Return a console that never breaks a path into lines."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True, quiet=quiet)
