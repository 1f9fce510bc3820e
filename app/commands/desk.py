"""`asdelivered desk`: everything in the browser, from page and recording to captions, clips and a published page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.align import cache_folder
from asdelivered.app.commands.review import open_page
from asdelivered.app.console.text import print_json, print_message, print_result
from asdelivered.app.settings import UserOnly
from asdelivered.base.errors import AsdeliveredError, reason_of


def library_folder() -> Path:
    """Return the folder of the library if nobody names one: in the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "asdelivered"


def desk(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="The library; created if missing.  [default: asdelivered, in your documents]",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    cache: Annotated[
        bool,
        typer.Option("--cache/--no-cache", help="Keep recognised words, so that a second run is faster."),
    ] = True,
    install: Annotated[
        bool,
        typer.Option("--install", help="Add the desk to the menu of applications, then exit."),
        UserOnly("writes to the menu of applications"),
    ] = False,
    from_menu: Annotated[
        bool, typer.Option("--from-menu", help="There is no terminal: show in the browser why it can't open.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Open the desk: everything in the browser, without a terminal.

    Serves a page to this machine only. Drop or choose a page and a recording there, see how the page is read, align,
    review, and export captions, clips and a page to publish. The library is a folder of plain files, which all
    commands read. Prints the address of the page, whose key is new each time. Press Ctrl-C, or "Quit" on the page, to
    end; nothing is lost. If the library is open already, its page is opened again.
    """
    if install:
        from asdelivered.app.desk.menu import install_menu_entry

        entry = install_menu_entry()
        print_json({"entry": str(entry)}) if as_json else print_result(str(entry))
        return
    chosen = folder or library_folder()

    def ready(address: str) -> None:
        print_message(f"asdelivered: the library is {chosen}")
        print_result(json.dumps({"address": address}) if as_json else address)
        if browser:
            open_page(address)

    try:
        _serve(chosen, port, cache_folder() if cache else None, ready)
    except (AsdeliveredError, OSError) as error:
        if from_menu:
            from asdelivered.app.desk.problem import show_problem

            text = str(error) if isinstance(error, AsdeliveredError) else f"{chosen}: {reason_of(error)}"
            show_problem(text, open_page)
        raise


def _serve(library: Path, port: int, cache: Path | None, ready: Callable[[str], None]) -> None:
    """Serve a library until the desk is ended; where one has it open, tell `ready` the address of that one."""
    from asdelivered.app.desk.event_library import LibraryOpenError
    from asdelivered.app.desk.open_desks import address_of
    from asdelivered.app.desk.serve import serve_desk

    try:
        serve_desk(library, port, cache, ready)
    except LibraryOpenError:
        there = address_of(library)
        if there is None:
            raise
        print_message("asdelivered: the desk of this library is open already")
        ready(there)
