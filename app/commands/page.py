"""`asdelivered page`: an alignment as one HTML file to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def page(
    alignment: Annotated[
        Path, typer.Argument(help="What `asdelivered align` wrote: a .alignment.json file.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page.  [default: NAME.html beside the alignment]"
        ),
    ] = None,
    recording: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Where readers find the recording: an address, or a file here."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="What the page is called.  [default: the text's title]")
    ] = None,
) -> None:
    """Write a page to publish: text and recording together, in one HTML file.

    Words light up as they are said and lead to their second; #t=12.3 in its address begins there, #q=words finds them.
    It needs no network and no server. The recording is found by its address, or by its path from the page on.
    """
    from asdelivered.align.document.alignment_json import load
    from asdelivered.align.document.event import event_of
    from asdelivered.align.document.sources import stem_of
    from asdelivered.app.console.text import messages, plain, results
    from asdelivered.app.jobs.page_player import player_for
    from asdelivered.archive.event import EventInfo
    from asdelivered.archive.publishing.event_page import event_page
    from asdelivered.base.errors import OutputError
    from asdelivered.base.files import write_whole

    document = load(alignment)
    stem, event = stem_of(alignment), event_of(document, alignment)
    target = output or alignment.with_name(f"{stem}.html")
    info = EventInfo(stem, title or event.title, event.occasion, event.date)
    player = player_for(document, alignment, recording, target.parent)
    html = event_page(document, info, player)
    try:
        write_whole(target, html.encode())
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error
    results().print(plain(str(target)))
    if player.address.startswith("../"):
        told = f"The page finds its recording at {player.address}. Before you move it, put the recording beside it"
        messages().print(plain(f"{told}, or name its address with --recording."))
