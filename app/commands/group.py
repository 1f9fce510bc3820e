"""What all commands have in common: settings from files and the environment, how much they say, how they fail."""

from __future__ import annotations

from copy import copy
from typing import Any

import typer
import typer.core

from asdelivered.app.console.text import errors, plain
from asdelivered.app.console.verbosity import Verbosity, verbosity, verbosity_options
from asdelivered.app.errors import StoppedError
from asdelivered.app.settings import (
    Setting,
    commands_of,
    default_map,
    options_of,
    read_settings,
    settings_files,
    variable,
)
from asdelivered.base.errors import AsdeliveredError, UsageError

STOPPED = 130
"""128 + SIGINT, as shells report it."""


class Commands(typer.core.TyperGroup):
    """The commands: what they raise becomes one sentence on stderr and an exit code, all in this place.

    An exception that is none of ours is a bug, and keeps its traceback.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        everywhere = verbosity_options()
        for path, command in commands_of(self):
            command.params += map(copy, everywhere)
            for name, option in options_of(command).items():
                option.envvar = option.envvar or variable(path, name)
                option.show_envvar = False  # one rule names them all: docs/configuration.md

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        settings: tuple[Setting, ...] = ()
        try:
            settings = read_settings(self, settings_files())
            ctx.default_map = default_map(settings, self)
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message += _source_of_value(error, settings)
            raise
        except AsdeliveredError as error:
            _tell(error, _exit_code(error))
        except BrokenPipeError:
            raise  # the reader of our output has left; typer ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _tell(error, 1, f"{where}{error.strerror or error}")
        except KeyboardInterrupt as error:
            _tell(error, STOPPED, "stopped")


def _exit_code(error: AsdeliveredError) -> int:
    if isinstance(error, UsageError):
        return 2
    return STOPPED if isinstance(error, StoppedError) else 1


def _source_of_value(error: typer.BadParameter, settings: tuple[Setting, ...]) -> str:
    """Return where a wrong value comes from, where that is not the command line."""
    if error.ctx is None or error.param is None:
        return ""
    source = error.ctx.get_parameter_source(error.param.name)
    if source is not None and source.name == "ENVIRONMENT":
        return f" (from the environment: {error.param.envvar})"
    if source is not None and source.name == "DEFAULT_MAP":
        command = tuple(error.ctx.command_path.split()[1:])
        files = [
            one.file for one in settings if one.command == command and f"--{one.option}" in error.param.opts
        ]
        return f" (from {files[-1]})" if files else ""
    return ""


def _tell(error: BaseException, exit_code: int, message: str = "") -> None:
    errors().print(plain(f"asdelivered: {message or error}"))
    cause = error.__cause__
    while cause is not None and verbosity() is Verbosity.VERBOSE:
        errors().print(plain(f"  because of {type(cause).__name__}: {cause}"))
        cause = cause.__cause__
    raise typer.Exit(exit_code)
