"""What all commands have in common: settings from files and the environment, how much they say, how they fail."""

from __future__ import annotations

from copy import copy
from typing import Any

import typer
import typer.core

from asdelivered.align.errors import AlignError
from asdelivered.app.errors import AppError, StoppedError
from asdelivered.app.settings import (
    Setting,
    commands_of,
    default_map,
    options_of,
    read_settings,
    settings_files,
    variable,
)
from asdelivered.app.text import errors, plain
from asdelivered.app.verbosity import Verbosity, verbosity, verbosity_options
from asdelivered.archive.errors import ArchiveError
from asdelivered.media.errors import MediaError
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.transcripts.errors import TranscriptError


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
            error.message += _whence(error, settings)
            raise
        except (TranscriptError, MediaError, AlignError, SubtitleError, ArchiveError) as error:
            _tell(error, 1)
        except AppError as error:
            _tell(error, error.exit_code)
        except BrokenPipeError:
            raise  # the reader of our output has left; typer ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _tell(error, 1, f"{where}{error.strerror or error}")
        except KeyboardInterrupt as error:
            _tell(error, StoppedError.exit_code, "stopped")


def _whence(error: typer.BadParameter, settings: tuple[Setting, ...]) -> str:
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
