"""`asdelivered review`: an alignment checked and corrected in the browser."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import (
    AlignmentArgument,
    JobsOption,
    MovedRecordingOption,
    UrlOption,
)
from asdelivered.app.console.text import print_message, print_result


def review(
    alignment: AlignmentArgument,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 0,
    recording: MovedRecordingOption = None,
    url: UrlOption = None,
    jobs: JobsOption = None,
    former: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="JOURNAL", help="A journal that was put aside: apply its edits again."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Review an alignment in the browser.

    Serves a page to this machine only: the recording beside its transcript, doubtful lines first, a waveform to correct
    them, and quotes to cite and clip. Every edit is kept in a journal beside the alignment; the alignment itself is
    written when you save it. Prints the address of the page, whose key is new each time. Press Ctrl-C to end.
    """
    from asdelivered.app.jobs.review import ReviewRequest, serve_review

    def note(text: str) -> None:
        print_message(f"asdelivered: {text}")

    def ready(address: str) -> None:
        print_result(json.dumps({"address": address}) if as_json else address)
        if browser:
            open_page(address)

    serve_review(ReviewRequest(alignment, port, recording, url, jobs, former), note, ready)


def open_page(address: str) -> None:
    """Open a page in a browser that has a window; one that runs in the terminal would take it over."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return
    if not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser):
        found.open(address)
