"""`asdelivered archive`: an archive of events in one file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.align import MOST_JOBS, cores

archive = typer.Typer(
    help="Keep many events in one file, and find a quote in all of them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DatabaseArgument = Annotated[Path, typer.Argument(metavar="DB", help="The archive: a file.")]
NameArgument = Annotated[str, typer.Argument(help="The event, as `archive list` names it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@archive.command(epilog="Example: asdelivered archive add events.db captions/")
def add(
    database: Annotated[Path, typer.Argument(metavar="DB", help="The archive; made if it is missing.")],
    alignments: Annotated[
        list[Path], typer.Argument(metavar="ALIGNMENT...", help=".alignment.json files, or folders of them.")
    ],
    name: Annotated[
        str | None, typer.Option(help="What the event is called.  [default: as its file]")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="When it was: 2024-12-12."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where its recording is on the web.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=MOST_JOBS, help="Processes that share the work.  [default: one a core]"
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add events, each in place of the one of its name.

    The alignments of a folder are called by their path in it. What is in the archive and unchanged is left as it is, so
    adding a folder again takes little. Title, occasion and date come from the event's page where it still is
    where it was. An event that cannot be added is reported, the others are; then the exit code is 1.
    """
    from asdelivered.app.console.text import plain, results
    from asdelivered.app.jobs.archive import AddRequest, add_to_archive
    from asdelivered.base.span import TimeSpan
    from asdelivered.clips.links import link_to

    if url is not None:
        link_to(url, TimeSpan(0, 0))  # a wrong address is told here
    request = AddRequest(name, day.date() if day else None, url)
    summary = add_to_archive(database, alignments, request, jobs or cores())
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=2, ensure_ascii=False))
    else:
        results().print(plain(f"{database}: {summary.told}"))
    if summary.failed:
        raise typer.Exit(1)


@archive.command("list", epilog="Example: asdelivered archive list events.db")
def list_(database: DatabaseArgument, as_json: JsonOption = False) -> None:
    """List the events, the latest first."""
    from asdelivered.app.console.text import plain, results
    from asdelivered.app.jobs.archive import event_to_json
    from asdelivered.archive.database import opened, reading
    from asdelivered.archive.store import list_events
    from asdelivered.base.clocks import clock, shortened

    with opened(database) as connection, reading(connection):
        if as_json:
            typer.echo(
                json.dumps(
                    [event_to_json(one) for one in list_events(connection)], indent=2, ensure_ascii=False
                )
            )
            return
        for event in list_events(connection):
            day = event.info.date.isoformat() if event.info.date else "          "
            title = shortened(event.info.title or "", 60)
            results().print(plain(f"{day}  {clock(event.duration):>9}  {event.info.name}  {title}"))


@archive.command(epilog="Example: asdelivered archive show events.db speech")
def show(database: DatabaseArgument, name: NameArgument, as_json: JsonOption = False) -> None:
    """Show what is known of an event, and its text with times."""
    from asdelivered.app.console.text import plain, results
    from asdelivered.app.jobs.archive import event_to_json
    from asdelivered.archive.database import opened, reading
    from asdelivered.archive.records import read_alignment
    from asdelivered.archive.store import find_event
    from asdelivered.base.clocks import clock

    with opened(database) as connection, reading(connection):
        event = find_event(connection, database, name)
        alignment = read_alignment(connection, event.id)
    if as_json:
        typer.echo(json.dumps(event_to_json(event), indent=2, ensure_ascii=False))
        return
    console = results()
    for key, value in event_to_json(event).items():
        if value not in (None, []):
            console.print(plain(f"{key}: {', '.join(value) if isinstance(value, list) else value}"))
    speaker: str | None = ""
    for line in alignment.lines:
        if line.speaker != speaker:
            speaker = line.speaker
            console.print()
            console.print(plain(speaker or "Speaker unknown"))
        console.print(plain(f"  {clock(line.span.start) if line.span else 'not spoken':>10}  {line.text}"))


@archive.command(epilog="Example: asdelivered archive remove events.db speech")
def remove(
    database: DatabaseArgument,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Events, as `archive list` names them.")
    ],
) -> None:
    """Take events out: all of those named, or none where one isn't there. Their files stay."""
    from asdelivered.app.console.text import plain, results
    from asdelivered.archive.database import opened, writing
    from asdelivered.archive.store import remove_events

    with opened(database) as connection, writing(connection):
        remove_events(connection, database, list(dict.fromkeys(names)))
    results().print(plain(f"{database}: {len(dict.fromkeys(names))} removed"))


@archive.command(epilog="Example: asdelivered archive export events.db -o alignments")
def export(
    database: DatabaseArgument,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Events.  [default: all]")
    ] = None,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; made if missing.")
    ] = Path(),
) -> None:
    """Write events as the alignments that were added: DIR/NAME.alignment.json, for all other commands."""
    from asdelivered.app.console.text import plain, results
    from asdelivered.app.jobs.archive import export_events

    for path in export_events(database, names or [], folder):
        results().print(plain(str(path)))


@archive.command(
    epilog="Example: asdelivered archive publish events.db site --url https://events.example.org"
)
def publish(
    database: DatabaseArgument,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the site; made if it is missing.")
    ],
    url: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where the site will be: feeds and the site map name it.")
    ] = "http://localhost:8000",
    title: Annotated[str, typer.Option(help="What the site is called.")] = "Events",
) -> None:
    """Write the archive as a web site.

    A page for each event, with captions, chapters and transcripts beside it, a list of all, an RSS feed with the
    podcast namespace, a JSON feed and a site map: plain files for any web server. Files of an earlier run are replaced.
    """
    from asdelivered.app.console.text import plain, results
    from asdelivered.archive.database import opened, reading
    from asdelivered.archive.publishing.site import publish as publish_site
    from asdelivered.base.span import TimeSpan
    from asdelivered.clips.links import link_to

    link_to(url, TimeSpan(0, 0))  # a wrong address is told here
    with opened(database) as connection, reading(connection):
        count = sum(1 for _ in publish_site(connection, folder, url, title))
    results().print(plain(f"{folder}: {count} files"))


@archive.command(epilog="Example: asdelivered archive serve events.db")
def serve(
    database: DatabaseArgument,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8475,
) -> None:
    """Search the archive in a browser, on this machine alone, until you press Ctrl-C."""
    from asdelivered.app.jobs.archive_serve import serve_archive

    serve_archive(database, port)
