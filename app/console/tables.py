"""Rich consoles, for tables and progress bars: no markup, no guessed colours, paths never broken into lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn
from rich.table import Table

from asdelivered.app.console.verbosity import Verbosity, verbosity


def results() -> Console:
    """Return the console for results: stdout."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=True)


def messages() -> Console:
    """Return the console for progress and notes: stderr, silent with `--quiet`."""
    quiet = verbosity() is Verbosity.QUIET
    return Console(file=sys.stderr, markup=False, highlight=False, emoji=False, soft_wrap=True, quiet=quiet)


def facts_table() -> Table:
    """Return an empty table of two columns: the name of a fact, in bold, and its value."""
    table = Table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    return table


@contextmanager
def progress_bars(*columns: ProgressColumn) -> Iterator[Progress | None]:
    """Yield progress bars on stderr; None where it is not a terminal that can draw them."""
    console = messages()
    if console.is_terminal and not console.is_dumb_terminal:
        with Progress(*columns, console=console) as bars:
            yield bars
    else:
        yield None
