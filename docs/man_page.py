"""The manual page, generated from the commands: `python docs/man_page.py > docs/asdelivered.1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from asdelivered.app.main import app
from asdelivered.app.settings import commands_of

FILES = """\
.SH FILES
.TP
.I asdelivered.toml
Settings of the working folder. A table is a command, a key one of its options; \\fBasdelivered config\\fR shows them.
.TP
.I ~/.config/asdelivered/asdelivered.toml
Settings of the user; those of the working folder win.
.SH ENVIRONMENT
.TP
.B ASDELIVERED_COMMAND_OPTION
Sets the option of a command, as in ASDELIVERED_ALIGN_JOBS=2; wins over the files.
.TP
.B NO_COLOR
No colours.
.SH EXIT STATUS
0 done, 1 failed, 2 called wrongly, 130 stopped.
"""


def manual() -> str:
    """Return the manual page in roff (man(7))."""
    group: Any = typer.main.get_command(app)
    lines = ['.TH ASDELIVERED 1 "" "asdelivered" "User Commands"', ".SH NAME"]
    lines += ["asdelivered \\- align an event's official transcript with its recording"]
    lines += [".SH SYNOPSIS", ".B asdelivered", "\\fICOMMAND\\fR [\\fIOPTIONS\\fR] ..."]
    lines += [".SH DESCRIPTION", escaped(group.help), ".SH OPTIONS", *parameters(group)]
    for words, command in commands_of(group):
        if words:
            lines += [f".SH {' '.join(words).upper()}", *of_command(words, command)]
    return "\n".join(lines) + "\n" + FILES


def of_command(words: tuple[str, ...], command: Any) -> Iterator[str]:
    """Yield how to call a command, what it does, what it takes, and an example."""
    context = typer.Context(command, info_name=" ".join(words))
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from (f".B asdelivered {escaped(' '.join(words))}", escaped(pieces), ".PP")
    yield escaped(command.help or "").replace("\n\n", "\n.PP\n")
    yield from parameters(command)
    if command.epilog:
        yield from (".PP", escaped(command.epilog))


def parameters(command: Any) -> Iterator[str]:
    """Yield the arguments and options of a command, and what each is for."""
    context = typer.Context(command)
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record:
            yield from (".TP", f".B {escaped(record[0])}", escaped(record[1]))


def escaped(text: str) -> str:
    """Return `text` escaped for roff, so that no line of it is taken for a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in text.strip().split("\n"))


if __name__ == "__main__":
    print(manual(), end="")
