"""`asdelivered find`: a quote in, the place where it was said out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.mistakes import check_quote
from asdelivered.app.commands.options import JsonOption, MovedRecordingOption, UrlOption
from asdelivered.app.console.hits import print_hit, print_nearest
from asdelivered.app.console.text import print_json, print_message
from asdelivered.base.clocks import read_clock, shortened

MOST = 1000


def find(
    quote: Annotated[str, typer.Argument(help="The quote, as exactly as you have it.")],
    alignment: Annotated[
        Path | None,
        typer.Argument(help="A .alignment.json file, as written by `asdelivered align`; or an archive."),
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(metavar="DB", help="An archive of events: search all of them.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only words of speakers whose name contains this.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="In an archive: events whose name or title contains this."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="In an archive: on this day or later."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="In an archive: on this day or earlier."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=MOST, help="Show at most N places.")] = 5,
    nth: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Of places that match equally well, the Nth in the text. Not in an archive.",
        ),
    ] = None,
    near: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Of places that match equally well, the nearest to this time (1:23:45, 12:34.5 or seconds) first."
            " Not in an archive.",
        ),
    ] = None,
    url: UrlOption = None,
    recording: MovedRecordingOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find a quote.

    Shows when it was said, by whom and in which words, with a link to that second and a citation. Differences in case
    and typography, small misquotes and missing words don't matter, numbers may be words or figures, and a quote may run
    over lines and speakers. Lists where the quote differs from what was said.
    Searches all events of an archive, or those that the options select. Exit code 1 if the text has nothing like it;
    it then shows the nearest passage, which may be something else.
    """
    from asdelivered.app.jobs.find import Filters, FindRequest, find_quote

    if not any(char.isalnum() for char in quote):
        raise typer.BadParameter("give the words to look for", param_hint="QUOTE")
    place = archive or alignment
    if place is None or (archive and alignment):
        raise typer.BadParameter("give one of them", param_hint="ALIGNMENT or --archive")
    check_quote(quote, place)
    time = None if near is None else read_clock(near)
    if near is not None and time is None:
        raise typer.BadParameter(
            f"“{near}” is not a time: give 1:23:45, 12:34.5 or seconds", param_hint="--near"
        )
    filters = Filters(speaker, event, since.date() if since else None, until.date() if until else None)
    request = FindRequest(
        quote,
        place,
        is_archive=archive is not None,
        filters=filters,
        limit=limit,
        url=url,
        recording=recording,
        near=time,
        nth=nth,
    )
    found = find_quote(request)
    if as_json:
        print_json(found.to_json())
    else:
        for number, hit in enumerate(found.hits, start=1):
            print_hit(hit, number)
    if not found.hits:
        print_message(f"asdelivered: nothing like “{shortened(quote, 72)}” stands in {place}")
        if found.nearest and not as_json:
            print_message("It is nearest to this, which may be something else:")
            print_nearest(found.nearest)
        raise typer.Exit(1)
