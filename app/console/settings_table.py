"""The settings in force, for people."""

from __future__ import annotations

import json
from collections.abc import Sequence

from asdelivered.app.console.tables import print_table
from asdelivered.app.console.text import print_result
from asdelivered.app.settings import Origin, SettingsFile


def print_settings(files: tuple[SettingsFile, SettingsFile], found: Sequence[Origin]) -> None:
    """Print the settings files (the user's, the working folder's) and a row for each setting."""
    for file, whose in zip(files, ("the user's", "this folder's"), strict=True):
        print_result(f"{file}: {whose} settings, {'read' if file.exists() else 'not there'}")
    if not found:
        print_result("Nothing is set.")
        return
    rows = [(one.name, json.dumps(one.value, ensure_ascii=False), one.origin) for one in found]
    print_table(("Setting", "Value", "From"), rows)
