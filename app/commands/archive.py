"""`asdelivered archive`: an archive of events in one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import ForceOption, JobsOption, JsonOption, OutputOption
from asdelivered.app.console.archive_view import print_event, print_list
from asdelivered.app.console.counting import counting
from asdelivered.app.console.text import print_json, print_message, print_result
from asdelivered.base.counting import counted

NAMED = 3
"""Names of events in a message, at most."""
archive = typer.Typer(
    name="archive",
    add_completion=False,
    help="Keep many events in one file, and find a quote in all of them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DatabaseArgument = Annotated[Path, typer.Argument(metavar="DB", help="The archive: a file.")]
NameArgument = Annotated[str, typer.Argument(help="Name of the event, as in `archive list`.")]


@archive.command(epilog="Example: asdelivered archive add events.db captions/")
def add(
    database: Annotated[Path, typer.Argument(metavar="DB", help="The archive; created if missing.")],
    alignments: Annotated[
        list[Path], typer.Argument(metavar="ALIGNMENT...", help=".alignment.json files, or folders of them.")
    ],
    name: Annotated[
        str | None, typer.Option(help="Name of the event.  [default: the name of its file]")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="Day of the event: 2024-12-12."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Web address of the recording; {name} in it stands for the event's name. FILE.csv: a name and an "
            "address in each row.",
        ),
    ] = None,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add events; one of the same name is replaced.

    Alignments in a folder are named after their path in it. An event that is in the archive and has not changed is
    skipped, so adding a folder again is quick. Title, occasion and date come from the event's page
    if that has not moved; an address or a date that you gave an event stays when it is replaced. An event that cannot
    be added is reported, and the others are added; the exit code is then 1.
    """
    from asdelivered.app.jobs.archive import AddRequest, add_to_archive

    event_day = day.date() if day else None
    request = AddRequest(database, tuple(alignments), name=name, date=event_day, url=url, jobs=jobs)
    added = add_to_archive(request, counting)
    if as_json:
        print_json(added.to_json())
    else:
        print_result(f"{database}: {added}")
    for remark in added.remarks():
        print_message(f"asdelivered: {remark}")
    if added.failed:
        raise typer.Exit(1)


@archive.command("list", epilog="Example: asdelivered archive list events.db")
def list_(database: DatabaseArgument, as_json: JsonOption = False) -> None:
    """List the events, the latest first."""
    from asdelivered.app.jobs.archive import events_in

    events = events_in(database)
    if as_json:
        print_json([event.to_json() for event in events])
    else:
        print_list(events)


@archive.command(epilog="Example: asdelivered archive show events.db speech")
def show(database: DatabaseArgument, name: NameArgument, as_json: JsonOption = False) -> None:
    """Show what is known about an event, and its text with times."""
    from asdelivered.app.jobs.archive import event_in

    event, alignment = event_in(database, name)
    if as_json:
        print_json(event.to_json())
    else:
        print_event(event, alignment)


@archive.command(epilog="Example: asdelivered archive remove events.db speech")
def remove(
    database: DatabaseArgument,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Names of events, as in `archive list`.")
    ],
) -> None:
    """Remove events: all of those named, or none if one is not there. Their files stay."""
    from asdelivered.app.jobs.archive import remove_from_archive

    print_result(f"{database}: {remove_from_archive(database, names)} removed")


@archive.command(epilog="Example: asdelivered archive export events.db -o alignments")
def export(
    database: DatabaseArgument,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Names of events.  [default: all]")
    ] = None,
    folder: OutputOption = Path(),
    force: ForceOption = False,
) -> None:
    """Write events as the alignments that were added: DIR/NAME.alignment.json, for all other commands."""
    from asdelivered.archive.export import export_events

    for path in export_events(database, names or [], folder, force):
        print_result(str(path))


@archive.command(
    epilog="Example: asdelivered archive publish events.db site --url https://events.example.org"
)
def publish(
    database: DatabaseArgument,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the site; created if missing.")
    ],
    url: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Web address of the site, for the feeds and the site map.")
    ] = "http://localhost:8000",
    title: Annotated[
        str | None, typer.Option(help="Title of the site.  [default: Events, in its language]")
    ] = None,
    theme: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE.css", help="Look of the pages: plain, paper, contrast, or your own CSS."
        ),
    ] = "plain",
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="Language of what is not the events' own: en, de, fr.  [default: that of the events]",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="HTML to put around every page; the docs name its placeholders."),
    ] = None,
    quotes: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Quotes that the feed marks (podcast:soundbite), as for `clip`."),
    ] = None,
    jobs: JobsOption = None,
    force: ForceOption = False,
) -> None:
    """Write the archive as a web site.

    A page for each event with captions, chapters and transcripts beside it, a list of all events, an RSS feed with the
    podcast namespace, a JSON feed and a site map: plain files for any web server. Files of an earlier run are replaced,
    those of anybody else only with --force.
    """
    from asdelivered.app.jobs.archive_site import PublishRequest, publish_archive
    from asdelivered.archive.publishing.look import find_look

    look = find_look(theme, language, template)
    published = publish_archive(PublishRequest(database, folder, url, title, look, quotes, jobs, force))
    print_result(f"{folder}: {counted(published.files, 'file')}")
    for remark in published.remarks:
        print_message(f"asdelivered: {remark}")
    if published.without_recording:
        names = published.without_recording
        some = ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")
        print_message(
            f"asdelivered: {counted(len(names), 'event has', 'events have')} no recording on the web ({some}), and so "
            "no player: give its address with archive add --url, then publish again"
        )


@archive.command(epilog="Example: asdelivered archive serve events.db")
def serve(
    database: DatabaseArgument,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8475,
) -> None:
    """Search the archive in a browser, on this machine only, until you press Ctrl-C."""
    from asdelivered.app.jobs.archive_site import serve_archive

    serve_archive(database, port, print_result)
