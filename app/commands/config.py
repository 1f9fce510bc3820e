"""`asdelivered config`: which settings hold, and where they come from."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from asdelivered.app.settings import commands_of, options_of, read_settings, settings_files, variable


@dataclass(frozen=True)
class Origin:
    """A setting that holds: its name ("align.jobs"), its value, and the file or variable that it is from."""

    name: str
    value: Any
    origin: str


def config(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print the settings as JSON.")] = False,
) -> None:
    """Show the settings.

    Says which options have a value from a file of settings or from the environment, and from which. Settings stand in
    asdelivered.toml, in the working folder and in the user's own folder; the former wins, an environment variable wins
    over both, and the command line over all. A table is a command, a key is one of its options: jobs = 2 under [align].
    """
    from rich.table import Table

    from asdelivered.app.console.text import plain, results

    files = settings_files()
    found = settings_in_force(ctx.find_root().command)
    if as_json:
        shown = [{"name": one.name, "value": one.value, "from": one.origin} for one in found]
        places = [{"path": str(file), "exists": file.exists()} for file in files]
        typer.echo(json.dumps({"files": places, "settings": shown}, indent=2, ensure_ascii=False))
        return
    console = results()
    for file, whose in zip(files, ("the user's", "this folder's"), strict=True):
        console.print(plain(f"{file}: {whose} settings, {'read' if file.exists() else 'not there'}"))
    if found:
        table = Table("Setting", "Value", "From")
        for one in found:
            table.add_row(
                plain(one.name), plain(json.dumps(one.value, ensure_ascii=False)), plain(one.origin)
            )
        console.print(table)
    else:
        console.print("Nothing is set.")


def settings_in_force(group: Any) -> list[Origin]:
    """Return the settings that hold for the commands of `group`, sorted by name.

    Raises UsageError where a file of settings is wrong.
    """
    held = {
        one.name: Origin(one.name, one.value, str(one.file)) for one in read_settings(group, settings_files())
    }
    for path, command in commands_of(group):
        for option in options_of(command):
            name, key = ".".join((*path, option)), variable(path, option)
            if os.environ.get(key):
                held[name] = Origin(name, os.environ[key], key)
    return [held[name] for name in sorted(held)]
