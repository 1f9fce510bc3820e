"""What all commands share: settings from files and the environment, verbosity, and how errors are reported."""

from __future__ import annotations

from contextvars import copy_context
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

import typer
import typer.core

from asdelivered.app.commands.help_text import make_plain
from asdelivered.app.commands.mistakes import check_place, extra_argument_advice
from asdelivered.app.console.text import print_error, print_message
from asdelivered.app.console.verbosity import Verbosity, verbosity, verbosity_options
from asdelivered.app.conversion import convert_early
from asdelivered.app.errors import StoppedError
from asdelivered.app.listing import Commands, Listed
from asdelivered.app.settings import (
    Setting,
    commands_of,
    default_map,
    options_of,
    read_settings,
    set_by_folder,
    settings_files,
    variable,
)
from asdelivered.base.errors import AsdeliveredError, UsageError, reason_of

UsageMistake = cast(type[typer.BadParameter], typer.BadParameter.__base__)
"""Any wrong use of a command line that Typer finds."""
STOPPED = 130
"""The exit code of a stopped program: 128 + SIGINT, as shells report it."""


class Program(typer.core.TyperGroup):
    """The commands. An error that one of them raises becomes a sentence on stderr and an exit code, here only.

    Any other exception is a bug, and keeps its traceback.
    """

    listed: tuple[Listed, ...] = ()

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        shared = verbosity_options()
        _prepare_one((), self, shared)
        self.commands: Any = Commands(self.listed, partial(_prepare, shared=shared))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments before the command's name."""
        convert_early(self)  # again: Typer adds the options of completion once the group is made
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands in the help, without building them."""
        limit = formatter.width - 6 - max(len(one.name) for one in self.listed)
        with formatter.section("Commands"):
            formatter.write_dl([(one.name, one.in_short(limit)) for one in self.listed])

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the program, and keep what the options set, such as --quiet, from the next run in the same process."""
        return copy_context().run(super().main, *args, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        settings: tuple[Setting, ...] = ()
        try:
            settings = read_settings(self, settings_files())
            ctx.default_map = default_map(settings, self)
            ctx.call_on_close(lambda: _show_set_by_folder(settings))
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message += _source_of_value(error, settings)
            raise
        except UsageMistake as error:
            error.message += extra_argument_advice(error)
            raise
        except AsdeliveredError as error:
            _report(error, _exit_code(error))
        except BrokenPipeError:
            raise  # whoever read our output has gone; typer exits quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _report(error, 1, f"{where}{reason_of(error)}")
        except KeyboardInterrupt as error:
            _report(error, STOPPED, "stopped")


def _prepare(path: tuple[str, ...], command: Any, shared: list[Any]) -> None:
    """Give a command, and all that are in it, what all commands have; `shared` are the options among it."""
    for words, one in commands_of(command, path):
        _prepare_one(words, one, shared)


def _prepare_one(path: tuple[str, ...], command: Any, shared: list[Any]) -> None:
    command.params += map(copy, shared)
    make_plain(command)
    convert_early(command)
    for param in command.params:
        if _names_files(param):
            param.callback = check_place
    for name, option in options_of(command).items():
        option.envvar = option.envvar or variable(path, name)
        option.show_envvar = False  # they all follow one rule: docs/configuration.md


def _show_set_by_folder(settings: tuple[Setting, ...]) -> None:
    """Say with --verbose what the working folder's file sets; nobody else told the user that it is there."""
    sentence = set_by_folder(settings)
    if sentence and verbosity() is Verbosity.VERBOSE:
        print_message(f"asdelivered: {sentence}")


def _names_files(param: Any) -> bool:
    annotation = param.type_descriptor.annotation
    return annotation is Path or Path in get_args(annotation)


def _exit_code(error: AsdeliveredError) -> int:
    if isinstance(error, UsageError):
        return 2
    return STOPPED if isinstance(error, StoppedError) else 1


def _source_of_value(error: typer.BadParameter, settings: tuple[Setting, ...]) -> str:
    """Return where a wrong value comes from, unless it is the command line."""
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


def _report(error: BaseException, exit_code: int, message: str = "") -> NoReturn:
    print_error(f"asdelivered: {message or error}")
    cause = error.__cause__
    while cause is not None and verbosity() is Verbosity.VERBOSE:
        print_error(f"  because of {type(cause).__name__}: {cause}")
        cause = cause.__cause__
    raise typer.Exit(exit_code)
