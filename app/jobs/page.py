"""An alignment as one HTML page to publish, or as a read-aloud book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.event import event_of
from asdelivered.align.document.recording_file import find_recording
from asdelivered.align.document.sources import stem_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.book import TYPES as BOOK_SOUNDS
from asdelivered.archive.publishing.book import BookSound, write_book
from asdelivered.archive.publishing.event_page import event_page
from asdelivered.archive.publishing.player import player_for
from asdelivered.base.delivery import Delivery, Origin, check_replaceable, deliver, put, relative_to
from asdelivered.base.errors import UsageError
from asdelivered.base.files import made_folder, sha256_of
from asdelivered.base.scratch import scratch_folder
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.sound_file import write_m4a
from asdelivered.media.sound import describe, has, hearing

BOOK = ".epub"
"""How the name of a read-aloud book ends."""
_BOOK_CODECS = {".mp3": "mp3", ".m4a": "aac"}
"""How the codecs begin that a file of each of the books' sounds holds; one with Apple Lossless ends in .m4a, too."""


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
    """Write the page of an alignment; where its name ends in `BOOK`, a read-aloud book.

    Raises AlignError, MediaError, UsageError where the recording's address is none, NotOursError, and OSError where the
    page cannot be written.
    """
    alignment = load(request.alignment)
    stem, event = stem_of(request.alignment), event_of(alignment, request.alignment)
    target = request.output or request.alignment.with_name(f"{stem}.html")
    info = EventInfo(stem, request.title or event.title, event.occasion, event.date)
    if target.suffix.lower() == BOOK:
        return PublishedPage(target, _write_book(request, alignment, info, target))
    player = player_for(alignment, request.alignment, request.recording, target.parent)
    html = event_page(alignment, info, player)
    origin = Origin({request.alignment: sha256_of(request.alignment)}, _command(request, target))
    put(target, html.encode(), origin, request.force)
    sound = alignment.recording.sound
    other = None
    if sound and request.recording is None and (sound.track > 1 or sound.channel):
        other = describe(sound)
    return PublishedPage(target, player.address, other)


def _write_book(request: PageRequest, alignment: Alignment, info: EventInfo, target: Path) -> str:
    """Write the book of an alignment, and return where it finds its sound: in it, or on the web."""
    check_replaceable([target], request.force)
    origin = Origin({request.alignment: sha256_of(request.alignment)}, _command(request, target))
    with made_folder(target.parent), scratch_folder(target.parent) as scratch:
        sound = _book_sound(request, alignment, scratch)
        staged = scratch / "book"
        write_book(staged, alignment, info, sound)
        deliver([Delivery(target, staged, origin)], request.force)
    return sound.reference


def _book_sound(request: PageRequest, alignment: Alignment, scratch: Path) -> BookSound:
    """Return the sound for a book: as it is where every reader plays it, or else a copy that is made for it."""
    given, chosen = request.recording, alignment.recording.sound
    if given is not None and "://" in given:
        kind = BOOK_SOUNDS.get(PurePosixPath(urlsplit(given).path).suffix.lower())
        if kind is None or urlsplit(given).scheme not in ("http", "https"):
            raise UsageError(
                f"{given} is not an audio file that books can play: its name must end in {', '.join(BOOK_SOUNDS)}; "
                "or leave out --recording, and the sound is put into the book"
            )
        return BookSound(kind, address=given)
    path = find_recording(alignment, request.alignment, Path(given) if given is not None else None)
    recording = open_recording(path)
    ending = path.suffix.lower()
    if (
        ending in BOOK_SOUNDS
        and recording.audio.codec.startswith(_BOOK_CODECS[ending])
        and recording.video is None
        and recording.parts == 1
        and not (chosen and (chosen.track > 1 or chosen.channel))
    ):
        return BookSound(BOOK_SOUNDS[ending], path)
    if chosen is not None and has(recording, chosen):
        recording = hearing(recording, chosen)
    made = scratch / "sound.m4a"
    write_m4a(recording, made)
    return BookSound(BOOK_SOUNDS[made.suffix], made)


def _command(request: PageRequest, target: Path) -> tuple[str, ...]:
    recording = () if request.recording is None else ("--recording", request.recording)
    title = () if request.title is None else ("--title", request.title)
    return ("page", relative_to(request.alignment, target.parent), "-o", target.name, *recording, *title)
