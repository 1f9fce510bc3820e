"""How much is said beside the results: `--quiet` and `--verbose`, which every command has."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from enum import IntEnum
from typing import Annotated, Any

import typer


class Verbosity(IntEnum):
    """How much goes to stderr."""

    QUIET = 0
    """Errors."""
    NORMAL = 1
    """Progress and remarks, too."""
    VERBOSE = 2
    """How long each step took, what lies behind an error, and what libraries say of themselves."""


_VERBOSITY: ContextVar[Verbosity] = ContextVar("verbosity", default=Verbosity.NORMAL)


def verbosity() -> Verbosity:
    """Return how much is to be said."""
    return _VERBOSITY.get()


def _be_quiet(wanted: bool) -> None:
    if wanted:
        _VERBOSITY.set(Verbosity.QUIET)


def _be_verbose(wanted: bool) -> None:
    if wanted:
        _VERBOSITY.set(Verbosity.VERBOSE)
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")


def verbosity_options() -> list[Any]:
    """Return the two options, which are added to every command."""
    app = typer.Typer(add_completion=False)

    @app.command(context_settings={"help_option_names": []})
    def command(
        quiet: Annotated[
            bool,
            typer.Option(
                "--quiet",
                "-q",
                help="Say nothing but results and errors.",
                expose_value=False,
                callback=_be_quiet,
            ),
        ] = False,
        verbose: Annotated[
            bool,
            typer.Option(
                "--verbose",
                "-v",
                help="Say how long each step takes, and more.",
                expose_value=False,
                callback=_be_verbose,
            ),
        ] = False,
    ) -> None: ...

    return list(typer.main.get_command(app).params)
