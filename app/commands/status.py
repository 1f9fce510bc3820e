"""`asdelivered status`: a folder's files, what they were made of, and what is out of date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import JsonOption
from asdelivered.app.console.text import print_json, print_message, print_result
from asdelivered.base.counting import counted


def status(
    folder: Annotated[Path, typer.Argument(help="The folder of an event, or one above it.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Show which files are up to date.

    Lists what asdelivered made in a folder and below: what each file was made of, whether it is reviewed, changed by
    hand or older than its source, and the command that makes it again.
    """
    from asdelivered.app.jobs.status import State, made_files

    found = made_files(folder)
    if as_json:
        print_json([one.to_json() for one in found])
        return
    for one in found:
        of = ", ".join(source.name for source in one.sources)
        reviewed = f", reviewed ({counted(one.pins, 'pin')})" if one.pins else ""
        print_result(f"{one.path.relative_to(folder)}  {one.state.value}{reviewed}, made of {of}")
        if one.state is State.STALE and one.command:
            print_result(f"  in {one.path.parent}: {one.refresh}")
    if not found:
        print_message(f"asdelivered: nothing in {folder} was made by this program, as far as it knows")
