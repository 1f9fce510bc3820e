"""The picture of an event: what players show before its video starts, and what links to its page are shown with."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing.pages import day
from asdelivered.base.extras import MissingExtraError
from asdelivered.base.files import sha256_of
from asdelivered.media.browser_media import shows_picture
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.share_card import draw_share_card
from asdelivered.media.rendering.still import render_still
from asdelivered.transcripts.structure.speakers.roster import read_label

POSTER = "poster.jpg"
CARD = "card.png"
"""What links to a page are shown with where its recording has no picture."""
_MOST_SPEAKERS = 3


def poster_of(event: StoredEvent, alignment: Alignment) -> bytes | None:
    """Return a still (JPEG) of the first words; None where the recording is not here, another one, or has no picture.

    An archive states paths, and may come from anyone: without the recording's hash, a picture of any file could get
    into a page.
    """
    path, first = event.recording(), next((line.span for line in alignment.lines if line.span), None)
    if path is None or first is None or not shows_picture(path.name):
        return None
    try:
        if sha256_of(path) != event.recording_sha256:
            return None
        source = as_edit_source(open_recording(path))
        if source.recording.video is None:
            return None
        clip = Clip("poster", Fraction(first.start, 1000), Fraction(first.end, 1000))
        with tempfile.TemporaryDirectory() as folder:
            still = Path(folder) / POSTER
            render_still(source, clip, still)
            return still.read_bytes()
    except (OSError, MediaError):  # the page is as good without it, and its player says what it cannot play
        return None


def card_of(alignment: Alignment, info: EventInfo) -> bytes | None:
    """Return a card (PNG) with the title, the speakers and the date of an event; None where it can't be drawn here."""
    labels = dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)
    people = [person.name for person in map(read_label, labels) if person.named]
    names = [*dict.fromkeys(people)]
    speakers = ", ".join(names[:_MOST_SPEAKERS]) + (" …" if len(names) > _MOST_SPEAKERS else "")
    try:
        return draw_share_card(info.title or info.name, [speakers, info.occasion or "", day(info)])
    except (OSError, MediaError, MissingExtraError):  # the page is as good without it
        return None
