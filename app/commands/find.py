"""`asdelivered find`: a quote in, the place where it was said out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from asdelivered.clips.find import Hit

MOST = 1000


def find(
    quote: Annotated[str, typer.Argument(help="The quote, as exactly as you have it.")],
    alignment: Annotated[
        Path | None,
        typer.Argument(help="What `asdelivered align` wrote: a .alignment.json file; or an archive."),
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(metavar="DB", help="An archive of events, to search all of them.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="In an archive: by speakers whose name has this.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="In an archive: at events whose name or title has this."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="In an archive: on this day or later."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="In an archive: on this day or earlier."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=MOST, help="Places to show, at most.")] = 5,
    url: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where the recording is on the web: links lead there."),
    ] = None,
    recording: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the recording is now, if it was moved.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Find a quote.

    Says when it was said, by whom and in which words, with a link to that second and a citation. Case, typography,
    small misquotes and words left out are forgiven, and a quote may run over lines and speakers. An archive is
    searched whole, or what of it the options choose.
    Exit code 1 where the text has nothing like it.
    """
    from asdelivered.app.console.text import messages, plain
    from asdelivered.app.jobs.archive_find import find_in_archive_file, is_archive
    from asdelivered.archive.filters import Filters
    from asdelivered.base.clocks import shortened
    from asdelivered.clips.find import find_in_alignment, hits_to_json

    if not any(char.isalnum() for char in quote):
        raise typer.BadParameter("give the words to look for", param_hint="QUOTE")
    if (alignment is None) == (archive is None):
        raise typer.BadParameter("give one of them", param_hint="ALIGNMENT or --archive")
    filters = Filters(speaker, event, since.date() if since else None, until.date() if until else None)
    place = archive or alignment or Path()
    if archive is not None or is_archive(place):
        if recording is not None:
            raise typer.BadParameter("an archive has many recordings", param_hint="--recording")
        hits = find_in_archive_file(place, quote, limit, filters, url)
    elif filters.any:
        raise typer.BadParameter(
            "only an archive is searched by them", param_hint="--speaker, --event, --since, --until"
        )
    else:
        hits = find_in_alignment(place, quote, limit, url, recording)
    if as_json:
        typer.echo(json.dumps(hits_to_json(quote, hits), indent=2, ensure_ascii=False))
    else:
        for number, hit in enumerate(hits, start=1):
            _print(hit, number)
    if not hits:
        messages().print(plain(f"asdelivered: nothing like “{shortened(quote, 72)}” stands in {place}"))
        raise typer.Exit(1)


def _print(hit: Hit, number: int) -> None:
    from asdelivered.app.console.text import plain, results
    from asdelivered.base.clocks import exact_clock

    quote, console = hit.quote, results()
    if quote.span is None:
        where = "not spoken in the recording"
    else:
        where = f"{exact_clock(quote.span.start)} to {exact_clock(quote.span.end)}"
        where += f"  ({hit.timecode[0]} to {hit.timecode[1]})" if hit.timecode else ""
    sure = "" if quote.confidence is None else f", confidence {quote.confidence:.2f}"
    console.print(plain(f"{number}. {where}"))
    if hit.event:
        console.print(plain(f"   {hit.event}"))
    console.print(plain(f"   {', '.join(quote.speakers) or 'Speaker unknown'}: “{quote.text}”"))
    console.print(plain(f"   score {quote.score:.2f}{sure}"))
    if quote.span is not None and quote.unheard:
        console.print(plain(f"   {quote.unheard} of its words were not heard"))
    if hit.link:
        console.print(plain(f"   {hit.link}"))
    console.print()
    for line in hit.citation.splitlines():
        console.print(plain(f"   | {line}"))
    console.print()
