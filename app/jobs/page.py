"""An alignment as one HTML page to publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.event import event_of
from asdelivered.align.document.sources import stem_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.event_page import event_page
from asdelivered.archive.publishing.player import player_for
from asdelivered.base.delivery import Origin, put, relative_to
from asdelivered.base.files import sha256_of
from asdelivered.media.sound import describe


@dataclass(frozen=True)
class PageRequest:
    """The alignment, and the file for its page; None: beside the alignment.

    `recording` is the address or path of the recording; None: where it was aligned. Without a `title` the page has the
    transcript's.
    """

    alignment: Path
    output: Path | None = None
    recording: str | None = None
    title: str | None = None
    force: bool = False


@dataclass(frozen=True)
class PublishedPage:
    """The page, and the address by which it finds its recording.

    `other_sound` says in words which sound was aligned, where browsers play another one of that recording.
    """

    path: Path
    recording: str
    other_sound: str | None = None


def write_page(request: PageRequest) -> PublishedPage:
    """Write the page of an alignment.

    Raises AlignError, MediaError, UsageError where the recording's address is none, NotOursError, and OSError where the
    page cannot be written.
    """
    alignment = load(request.alignment)
    stem, event = stem_of(request.alignment), event_of(alignment, request.alignment)
    target = request.output or request.alignment.with_name(f"{stem}.html")
    info = EventInfo(stem, request.title or event.title, event.occasion, event.date)
    player = player_for(alignment, request.alignment, request.recording, target.parent)
    html = event_page(alignment, info, player)
    origin = Origin({request.alignment: sha256_of(request.alignment)}, _command(request, target))
    put(target, html.encode(), origin, request.force)
    sound = alignment.recording.sound
    other = None
    if sound and request.recording is None and (sound.track > 1 or sound.channel):
        other = describe(sound)
    return PublishedPage(target, player.address, other)


def _command(request: PageRequest, target: Path) -> tuple[str, ...]:
    recording = () if request.recording is None else ("--recording", request.recording)
    title = () if request.title is None else ("--title", request.title)
    return ("page", relative_to(request.alignment, target.parent), "-o", target.name, *recording, *title)
