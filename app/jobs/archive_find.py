"""Finding a quote in an archive, with all that one wants to know of it."""

from __future__ import annotations

from pathlib import Path

from asdelivered.align.document.event import Event
from asdelivered.align.document.sources import find_source
from asdelivered.align.errors import AlignError
from asdelivered.archive.database import opened, reading
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.filters import Filters
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.base.span import TimeSpan
from asdelivered.clips.citation import citation
from asdelivered.clips.find import Hit
from asdelivered.clips.links import link_to, link_to_file

_HEADER = b"SQLite format 3\0"


def is_archive(path: Path) -> bool:
    """Tell whether a file is a database. Raises AlignError where it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except FileNotFoundError as error:
        raise AlignError(f"{path}: there is no such file") from error
    except OSError as error:
        raise AlignError(f"{path}: it cannot be read: {error.strerror or error}") from error


def find_in_archive_file(
    database: Path, quote: str, limit: int, filters: Filters, url: str | None = None
) -> tuple[Hit, ...]:
    """Return at most `limit` places where a quote stands in an archive, the likest first.

    Links lead to the address that the archive has for the recording, or to `url`, or else into the recording's file.
    Raises ArchiveError where the archive can't be read; UsageError where `url` is no address.
    """
    if url is not None:
        link_to(url, TimeSpan(0, 0))  # a wrong address is told, whatever is found
    with opened(database) as connection, reading(connection):
        return tuple(_hit(found, url) for found in find_in_archive(connection, quote, limit, filters))


def recording_of(event: StoredEvent) -> Path:
    """Return where the recording of an event is: where its alignment says, or beside it; else where it was."""
    document = Path(event.alignment_path)
    return find_source(event.recording_path, document) or document.parent / event.recording_path


def _hit(found: ArchiveHit, url: str | None) -> Hit:
    event, span = found.event, found.quote.span
    address = url or event.info.url
    link = None
    if span is not None:
        link = link_to(address, span) if address else link_to_file(recording_of(event), span)
    known = Event(event.info.title, event.info.occasion, event.info.date)
    return Hit(found.quote, None, link, citation(found.quote, found.excerpt, known, None), event.info.name)
