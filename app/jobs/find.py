"""Finding a quote in an alignment or in an archive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from asdelivered.align.document.quotes import Choice
from asdelivered.archive.filters import Filters
from asdelivered.archive.recognise import is_database
from asdelivered.base.errors import UsageError
from asdelivered.clips.find import Hit, find_in_alignment, hits_to_json, nearest_in_alignment

__all__ = ["Filters", "FindRequest", "Found", "find_quote"]


@dataclass(frozen=True)
class FindRequest:
    """A quote, and the alignment or archive to look in.

    `url` and `recording` are where the recording is; `recording`, `near` (a time in ms) and `nth` are for an alignment
    alone, `filters` but for the speaker for an archive alone.
    """

    quote: str
    place: Path
    is_archive: bool = False
    filters: Filters = field(default_factory=Filters)
    limit: int = 5
    url: str | None = None
    recording: Path | None = None
    near: int | None = None
    nth: int | None = None


@dataclass(frozen=True)
class Found:
    """The places where a quote occurs, the best match first."""

    quote: str
    hits: tuple[Hit, ...]
    nearest: Hit | None = None
    """Where there are none, the place of an alignment that is most like the quote."""

    def to_json(self) -> dict[str, Any]:
        """Return them as JSON values."""
        nearest = {"nearest": self.nearest.to_json()} if self.nearest else {}
        return hits_to_json(self.quote, self.hits) | nearest


def find_quote(request: FindRequest) -> Found:
    """Find at most `limit` places where the quote occurs.

    Links lead to the recording's web address if there is one, or else into its file. Raises AlignError or ArchiveError
    where the file cannot be read; UsageError where an option does not fit it or `url` is not an address.
    """
    if request.is_archive or is_database(request.place):
        if request.recording is not None:
            raise UsageError("--recording: an archive has many recordings")
        if request.near is not None or request.nth is not None:
            raise UsageError("--near and --nth work only with one alignment")
        from asdelivered.app.jobs.find_in_archive import hits_in_archive  # an alignment needs no database

        hits = hits_in_archive(request.place, request.quote, request.limit, request.filters, request.url)
        return Found(request.quote, hits)
    if replace(request.filters, speaker=None).any:
        raise UsageError("--event, --since and --until work only with an archive")
    choice = Choice(request.filters.speaker, request.near, request.nth)
    hits = find_in_alignment(
        request.place, request.quote, request.limit, request.url, request.recording, choice
    )
    nearest = None
    if not hits and request.nth is None:
        nearest = nearest_in_alignment(request.place, request.quote, request.url, request.recording, choice)
    return Found(request.quote, hits, nearest)
