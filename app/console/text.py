"""Lines of text on a terminal. What a page or a file name says is shown, never interpreted."""

from __future__ import annotations

import sys

from asdelivered.app.console.verbosity import Verbosity, verbosity


def plain(text: str) -> str:
    """Return `text` with a replacement mark for each control or invisible character.

    Escape sequences would reach the terminal, and half a surrogate pair (in a file name that is not UTF-8) cannot be
    encoded.
    """
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def print_result(line: str = "") -> None:
    """Print a line of a result on stdout."""
    print(plain(line), file=sys.stdout, flush=True)


def print_json(value: object, *, ascii_only: bool = False) -> None:
    """Print a result as JSON on stdout; `ascii_only` escapes all other characters."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=ascii_only), file=sys.stdout, flush=True)


def print_message(line: str) -> None:
    """Print a note on stderr, unless the user asked for `--quiet`."""
    if verbosity() is not Verbosity.QUIET:
        print_error(line)


def print_error(line: str) -> None:
    """Print an error on stderr, even with `--quiet`."""
    print(plain(line), file=sys.stderr, flush=True)
