"""`asdelivered page`: an alignment as one HTML file to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import AlignmentArgument, ForceOption
from asdelivered.app.console.text import print_message, print_result
from asdelivered.app.settings import MayBePath


def page(
    alignment: AlignmentArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The page; FILE.epub: a read-aloud book.  [default: NAME.html beside the alignment]",
        ),
    ] = None,
    recording: Annotated[
        str | None,
        typer.Option(
            metavar="PLACE", help="Where readers find the recording: a web address, or a file here."
        ),
        MayBePath(),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Title of the page.  [default: that of the transcript]")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write a page to publish: transcript and recording together, in one HTML file.

    Each word lights up as it is spoken, and a click on it plays the recording from there. An address that ends in
    #t=12.3 starts at that second, #q=words finds the words. The page needs no network and no server. It finds the
    recording by its web address, or by its path from the page.

    A name that ends in .epub makes a read-aloud book (EPUB 3) instead: the sound is put into it, or stays at the web
    address that --recording gives.
    """
    from asdelivered.app.jobs.page import PageRequest, write_page

    written = write_page(PageRequest(alignment, output, recording, title, force))
    print_result(str(written.path))
    if written.other_sound:
        print_message(
            f"Browsers play the first sound of a recording, and {written.other_sound} was aligned: make a copy with "
            "that sound alone, and name it with --recording."
        )
    if written.recording.startswith("../"):
        print_message(
            f"The page finds its recording at {written.recording}. Before you move it, put the recording beside it, "
            "or name its address with --recording."
        )
