"""What the command line gives becomes what a command takes: texts and paths at once, all else by Typer.

Typer converts with pydantic, which takes longer to load than a quote is found in.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any


class Converter:
    """Converts the values of one parameter, as Typer does."""

    def __init__(self, default: Any, of_typer: Callable[[], Any]) -> None:
        """Convert as the converter that `of_typer` returns; `default` is a value that needs none."""
        self._default = default
        self._of_typer = of_typer

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value that the command gets. Raises typer.BadParameter where it takes none such."""
        many = param.multiple or param.nargs == -1
        wanted = param.type_descriptor.annotation
        if value is None:
            return () if many else None
        if not many and type(value) is wanted and (wanted is str or value == self._default):
            return value
        if not many and wanted is Path and isinstance(value, str) and _nothing_to_check(value):
            return Path(value)
        return self._of_typer().coerce(value, param=param, ctx=ctx)


def convert_early(command: Any) -> None:
    """Have the parameters of a command of Typer, and its --help, convert their values with a `Converter`.

    A second time, only parameters that have come since are changed.
    """
    for param in command.params:
        _convert_early(param)
    if "get_help_option" not in vars(command):
        command.get_help_option = partial(_help_option, command.get_help_option)


def _convert_early(param: Any) -> None:
    if "get_runtime_param" not in vars(param):
        converter = Converter(param.default, param.get_runtime_param)
        param.get_runtime_param = lambda: converter


def _help_option(of_typer: Callable[[Any], Any], context: Any) -> Any:
    option = of_typer(context)
    if option is not None:
        _convert_early(option)
    return option


def _nothing_to_check(path: str) -> bool:
    """Return whether a path leads to no file, or to one that may be read: Typer refuses the others."""
    return os.access(path, os.R_OK) or not os.path.lexists(path)
