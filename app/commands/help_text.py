"""Help as people read it: names in capitals, no braces, no Python types, examples that are not broken over lines."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import Any, get_args

_PLAIN = ((bool, None), (int, "N"), (float, "N"), (Path, "FILE"), (str, "TEXT"))
"""What stands for the value of an option, by its type; nothing for one that has none."""


def make_plain(command: Any) -> None:
    """Have a command of Typer print its usage and its examples plainly."""
    command.format_epilog = partial(_format_epilog, command)
    for param in command.params:
        if param.param_type_name == "argument":
            name = (param.metavar or param.name).upper().strip("[].")
            many = "..." if param.nargs != 1 else ""
            usage = f"{name}{many}" if param.required else f"[{name}{many}]"
            param.metavar = f"{name}{many}"
            param.get_usage_pieces = partial(_as_is, [usage])
            param.display_type_rich = partial(_as_is, None)
        elif param.metavar is None and not param.type_descriptor.is_choice:
            annotation = param.type_descriptor.annotation
            types = get_args(annotation) or (annotation,)
            param.metavar = next((name for one, name in _PLAIN if one in types), None)


def _as_is(value: Any, ctx: Any) -> Any:
    return value


def _format_epilog(command: Any, ctx: Any, formatter: Any) -> None:
    """Write what follows the options; an example stays on its line, to be copied."""
    if command.epilog:
        formatter.write_paragraph()
        for line in inspect.cleandoc(command.epilog).splitlines():
            formatter.write(f"  {line}\n")
