"""Adding events to an archive, listing, showing and removing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.app.errors import AppError
from asdelivered.app.jobs.counting import Counting
from asdelivered.archive.adding import ENDING, NAME_IN_URL, Added, EventFacts, add_alignments, alignments_in
from asdelivered.archive.database import opened, reading, writing
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import find_event, list_events, remove_events
from asdelivered.base.errors import UsageError
from asdelivered.base.processes import cores
from asdelivered.base.reading import read_file
from asdelivered.base.tables import read_table, table_text
from asdelivered.media.links import check_address

MOST_BYTES = 64 << 20
"""The most bytes that a table of addresses may have."""


@dataclass(frozen=True)
class AddRequest:
    """The archive, and the alignments to add: files, or folders of them.

    `name` is for a single event; without it an event is called as its file. `date` and `url` (of the recording) win
    over what the event's page says; `{name}` in `url` stands for the name of the event, and a `url` that ends in .csv
    is a table of names and addresses. `jobs` is the number of worker processes, None for one per core.
    """

    database: Path
    alignments: tuple[Path, ...]
    name: str | None = None
    date: date | None = None
    url: str | None = None
    jobs: int | None = None


def add_to_archive(request: AddRequest, counting: Counting) -> Added:
    """Add alignments to an archive, which is created if it is missing.

    One that cannot be added is reported, and the others are added. Raises ArchiveError where the archive cannot be
    written to, UsageError where one name or one address is given for several or the address is none, AppError where
    there is no alignment.
    """
    if request.database.is_dir():
        raise AppError(f"{request.database} is a folder: the archive comes first, a file such as events.db")
    table = request.url is not None and "://" not in request.url and request.url.endswith(".csv")
    url = None if table else request.url
    if url is not None:
        check_address(url.replace(NAME_IN_URL, "name"))
    paths = ", ".join(map(str, request.alignments))
    if not any(path.exists() for path in request.alignments):
        raise AppError(f"{paths}: there is no such file or folder")
    files = alignments_in(request.alignments)
    if not files:
        raise AppError(f"{paths}: there is no {ENDING} file in it")
    if request.name is not None:
        if len(files) > 1:
            raise UsageError(f"--name is for one event, and these are {len(files)}")
        files = dict.fromkeys(files, request.name)
    urls = _addresses(Path(request.url), files.values()) if table and request.url else {}
    if url is not None and NAME_IN_URL not in url and len(files) > 1:
        raise UsageError(
            f"--url is for one event, and these are {len(files)}: put {NAME_IN_URL} where its name stands, "
            f"as in https://example.org/{NAME_IN_URL}.opus, or give a table of names and addresses: --url FILE.csv"
        )
    with counting("adding", len(files), len(files)) as count:
        return add_alignments(
            request.database,
            files,
            EventFacts(request.date, url, urls),
            request.jobs or cores(),
            lambda reason: count(f"asdelivered: {reason}" if reason else ""),
        )


def _addresses(path: Path, names: Collection[str]) -> dict[str, str]:
    """Return the addresses of a table with a name and an address in each row; its first row may be a heading.

    Raises AppError where the table cannot be read, UsageError where a row has no address or names no event.
    """
    text = table_text(read_file(path, MOST_BYTES, "table of addresses", AppError), str(path), AppError)
    rows = read_table(text, str(path), AppError)
    if rows and [cell.lower() for cell in rows[0][1][:2]] == ["name", "url"]:
        rows = rows[1:]
    addresses = {}
    for number, row in rows:
        name, address = (row[0], row[1]) if len(row) > 1 else ("", "")
        if "://" not in address:
            raise UsageError(f"{path}: line {number} is not a name and an address: {', '.join(row)}")
        if name not in names:
            raise UsageError(f"{path}: line {number}: none of the events is called {name}")
        check_address(address)
        addresses[name] = address
    return addresses


def events_in(database: Path) -> list[StoredEvent]:
    """Return the events of an archive, the latest first. Raises ArchiveError."""
    with opened(database) as connection, reading(connection):
        return list(list_events(connection))


def event_in(database: Path, name: str) -> tuple[StoredEvent, Alignment]:
    """Return an event of an archive and its alignment. Raises ArchiveError where it is not there."""
    with opened(database) as connection, reading(connection):
        event = find_event(connection, database, name)
        return event, read_alignment(connection, event.id)


def remove_from_archive(database: Path, names: Sequence[str]) -> int:
    """Remove events, all of them or none; return how many. Raises ArchiveError where one is not there."""
    distinct = list(dict.fromkeys(names))
    with opened(database) as connection, writing(connection):
        remove_events(connection, database, distinct)
    return len(distinct)
