"""The event of an alignment: its title, occasion and date; of an older one, as the page says if it is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.sources import places
from asdelivered.base.files import sha256_of
from asdelivered.transcripts.errors import TranscriptError


@dataclass(frozen=True)
class Event:
    """An event; None where something is unknown."""

    title: str | None
    occasion: str | None
    date: date | None


def event_of(alignment: Alignment, alignment_path: Path) -> Event:
    """Return the event of an alignment, as it states it.

    One from before occasion and date were kept has what its page says, if that is still there and unchanged.
    """
    source = alignment.transcript
    if source.occasion is not None or source.date is not None:
        return Event(source.title, source.occasion, source.date)
    for place in places(source.path, alignment_path):
        try:
            if place.is_file() and sha256_of(place) == source.sha256:
                from asdelivered.transcripts.read import read_transcript

                page = read_transcript(place, source.language)
                return Event(source.title or page.title, page.occasion, page.date)
        except (OSError, ValueError, TranscriptError):
            continue  # the page is helpful, but not needed
    return Event(source.title, None, None)
