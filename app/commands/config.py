"""`asdelivered config`: which settings are in force, and where they come from."""

from __future__ import annotations

import typer

from asdelivered.app.commands.options import JsonOption
from asdelivered.app.console.settings_table import print_settings
from asdelivered.app.console.text import print_json
from asdelivered.app.settings import settings_files, settings_in_force


def config(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """Show the settings.

    Lists the options set by a settings file or the environment, and which of them sets each. Settings are read from
    asdelivered.toml in the working folder and in the user's own settings folder; the former wins, an environment
    variable wins over both, and the command line over all. A table is a command, a key is one of its options: jobs = 2
    under [align]. A working folder's file may not say where work is sent, what is loaded or installed, or name a path
    outside it.
    """
    files = settings_files()
    found = settings_in_force(ctx.find_root().command, files)
    if as_json:
        shown = [{"name": one.name, "value": one.value, "from": one.origin} for one in found]
        print_json(
            {"files": [{"path": str(file), "exists": file.exists()} for file in files], "settings": shown}
        )
    else:
        print_settings(files, found)
