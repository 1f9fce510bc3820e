"""Foreign text on a terminal: what a page or a file name says is shown, never obeyed."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from asdelivered.app.console.verbosity import Verbosity, verbosity


def results() -> Console:
    """The console for results: stdout, no markup, no guessed colours, paths not broken into lines."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=True)


def messages() -> Console:
    """The console for progress and remarks: stderr, else as `results`; silent with `--quiet`."""
    return _stderr(quiet=verbosity() is Verbosity.QUIET)


def errors() -> Console:
    """The console for what went wrong: stderr, whatever was asked for."""
    return _stderr(quiet=False)


def _stderr(quiet: bool) -> Console:
    return Console(file=sys.stderr, markup=False, highlight=False, emoji=False, soft_wrap=True, quiet=quiet)


def plain(text: str) -> Text:
    """Return `text` for a console: without markup, each control or invisible character as a replacement mark.

    Escape sequences would reach the terminal, and half a surrogate pair (a file name that is not UTF-8) has no
    encoding.
    """
    return Text("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text))
