"""`asdelivered review`: an alignment seen, heard and mended in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.align import MOST_JOBS, cores


def review(
    alignment: Annotated[
        Path, typer.Argument(help="What `asdelivered align` wrote: a .alignment.json file.")
    ],
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Of this machine; 0 takes a free one.")
    ] = 0,
    recording: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the recording is now, if it was moved.")
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where the recording is on the web: links lead there."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=MOST_JOBS,
            help="Processes that share the work of aligning again.  [default: one a core]",
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Review an alignment in the browser.

    Serves a page to this machine alone: the recording beside its transcript, the doubtful lines first, a waveform to
    put them right, quotes to cite and clip. Every edit is kept in a journal beside the alignment, and the alignment is
    written when you save it. Prints the address of the page, whose key is new each time, and ends with Ctrl-C.
    """
    from asdelivered.app.console.text import messages, plain
    from asdelivered.base.span import TimeSpan
    from asdelivered.clips.links import link_to
    from asdelivered.review.review import Review
    from asdelivered.review.serve import serve

    if url is not None:
        link_to(url, TimeSpan(0, 0))  # a wrong address is told at once
    opened = Review(alignment, recording, url, jobs or cores())
    try:
        for note in opened.notes:
            messages().print(plain(f"asdelivered: {note}"))

        def ready(address: str) -> None:
            typer.echo(json.dumps({"address": address}) if as_json else address)
            if browser:
                _show(address)

        serve(opened, port, ready)
    finally:
        opened.close()


def _show(address: str) -> None:
    """Open a page in a browser that has a window; one in the terminal would take it over."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return
    if not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser):
        found.open(address)
