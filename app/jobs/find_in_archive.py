"""Finding a quote in an archive."""

from __future__ import annotations

from pathlib import Path

from asdelivered.align.document.event import Event
from asdelivered.archive.database import opened, reading
from asdelivered.archive.filters import Filters
from asdelivered.archive.passage import passage_of
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.clips.citation import citation
from asdelivered.clips.find import Hit
from asdelivered.media.links import check_address, link_to, link_to_file


def hits_in_archive(
    place: Path, quote: str, limit: int, filters: Filters, url: str | None
) -> tuple[Hit, ...]:
    """Return at most `limit` places where a quote occurs in an archive; `url` is where the recording is.

    Raises ArchiveError where it cannot be read, and UsageError where `url` is not an address.
    """
    if url is not None:
        check_address(url)
    with opened(place) as connection, reading(connection):
        return tuple(_hit(one, url) for one in find_in_archive(connection, quote, limit, filters))


def _hit(found: ArchiveHit, url: str | None) -> Hit:
    event, span = found.event, found.quote.span
    address = url or event.info.url
    link = None
    if span is not None:
        link = link_to(address, span) if address else link_to_file(event.expected_recording(), span)
    known = Event(event.info.title, event.info.occasion, event.info.date)
    cited = citation(found.quote, found.excerpt, known, None)
    passage = passage_of(found)
    return Hit(found.quote, None, link, cited, event.info.name, (passage.before, passage.after))
