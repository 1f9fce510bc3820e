"""How much is printed besides the results: `--quiet` and `--verbose`, which every command has."""

from __future__ import annotations

from contextvars import ContextVar
from enum import IntEnum
from typing import Annotated, Any

import typer


class Verbosity(IntEnum):
    """What is printed on stderr."""

    QUIET = 0
    """Errors only."""
    NORMAL = 1
    """Also progress and notes."""
    VERBOSE = 2
    """Also how long each step took, the causes of an error, and the messages of libraries."""


_VERBOSITY: ContextVar[Verbosity] = ContextVar("verbosity", default=Verbosity.NORMAL)


def verbosity() -> Verbosity:
    """Return the verbosity that the user asked for."""
    return _VERBOSITY.get()


def _be_quiet(wanted: bool) -> None:
    if wanted:
        _VERBOSITY.set(Verbosity.QUIET)


def _be_verbose(wanted: bool) -> None:
    if wanted:
        import logging

        _VERBOSITY.set(Verbosity.VERBOSE)
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")


def verbosity_options() -> list[Any]:
    """Return the two options, to be added to every command."""
    app = typer.Typer(add_completion=False)

    @app.command(context_settings={"help_option_names": []})
    def command(
        quiet: Annotated[
            bool,
            typer.Option(
                "--quiet",
                "-q",
                help="Print only results and errors.",
                expose_value=False,
                callback=_be_quiet,
            ),
        ] = False,
        verbose: Annotated[
            bool,
            typer.Option(
                "--verbose",
                "-v",
                help="Print more, such as how long each step takes.",
                expose_value=False,
                callback=_be_verbose,
            ),
        ] = False,
    ) -> None: ...

    return list(typer.main.get_command(app).params)
