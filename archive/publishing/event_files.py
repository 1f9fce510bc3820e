"""The files of one event on a site: its page, and what stands beside it. Each event is made apart from the others."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from asdelivered import __version__
from asdelivered.align.document.alignment import Alignment, turns_of
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.corrections import corrected_lines
from asdelivered.archive.publishing.event_page import SCRIPTS, Player, event_page
from asdelivered.archive.publishing.iiif import ANNOTATIONS, MANIFEST, OEMBED, iiif_files
from asdelivered.archive.publishing.look import Look
from asdelivered.archive.publishing.pages import asset, day, without_controls
from asdelivered.archive.publishing.poster import CARD, POSTER, card_of, poster_of
from asdelivered.base.delivery import put_all
from asdelivered.base.errors import reason_of
from asdelivered.base.ledger import Standing, read_ledger, standing
from asdelivered.media.browser_media import MEDIA_TYPES, shows_picture
from asdelivered.media.links import as_uri, is_video_host
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions

INDEX = "index.html"
FILES = (
    ("vtt", "transcript.vtt", "text/vtt"),
    ("srt", "transcript.srt", "application/x-subrip"),
    ("json", "transcript.json", "application/json"),
)
"""Formats of the transcript beside each page, each with its file and media type."""
CHAPTERS, VTT_CHAPTERS = "chapters.json", "chapters.vtt"
HERE = "localhost"
"""The host of a site that is only tried: nobody shares its links, so its events get no cards, which take time."""
KEY = 16
"""Letters of the key of an event."""


@dataclass(frozen=True)
class EventPage:
    """An event to be published in the folder `own`, at the address `address`, and how its page looks."""

    event: StoredEvent
    own: Path
    address: str
    look: Look

    @property
    def playable(self) -> str | None:
        """The address of its recording, if the page can play it."""
        return playable(self.event.info.url)

    @property
    def stamp(self) -> str:
        """What the page and the files beside it are made of, as a hash."""
        info = self.event.info
        parts = (
            __version__,
            self.event.alignment_sha256,
            *(info.name, info.title, info.occasion, day(info), info.url),
            *(self.address, self.look.language, self.look.template.before, self.look.template.after),
            *(hashlib.sha256(part).hexdigest() for part in (self.look.style, *map(asset, SCRIPTS))),
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def key(self) -> str:
        """What the event is known by under any name."""
        return key_of(self.event)


def key_of(event: StoredEvent) -> str:
    """Return what an event is known by under any name: a hash of its transcript and its recording."""
    files = (event.transcript_sha256, event.recording_sha256)
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:KEY]


def key_in(html: str) -> str | None:
    """Return the key of the event that a page of the program's is about, or was; None where it says none."""
    key = re.search(rf'<meta name="asdelivered" content="[^"]*\b([0-9a-f]{{{KEY}}})">', html)
    return key[1] if key else None


def files_kept(page: EventPage) -> tuple[str, ...] | None:
    """Return the names of the files beside a page, if they are as they would be written again; else None.

    Most of the time that a site takes goes into the captions of its events. Raises OSError.
    """
    made = rf'<meta name="asdelivered" content="{page.stamp} (\d+) {page.key}">'
    named = re.search(made, text_of(page.own / INDEX))
    names = tuple(path.name for path in files_beside(page.own) if path.is_file())
    if not named or int(named[1]) != len(names):
        return None
    known = read_ledger(page.own)
    if any(standing(page.own / name, known) is not Standing.OWN for name in (*names, INDEX)):
        return None
    return names


def make_event(
    page: EventPage, alignment: Alignment, rows: Mapping[str, bytes], today: date, force: bool
) -> tuple[str, ...]:
    """Write the page of an event and the files beside it; return the names of these.

    `rows` are the files that the search of the site reads there. Raises NotOursError where a file would be replaced
    that the program did not write (with `force` it is kept, dated), ArchiveError where a file cannot be written.
    """
    files = _beside(page.event, alignment, page.address)
    html = _html(page, alignment, [*files], today)
    write_changed(page.own, {**rows, **files, INDEX: html.encode()}, force)
    return tuple(files)


def _beside(event: StoredEvent, alignment: Alignment, address: str) -> dict[str, bytes]:
    """Return the files beside the page of an event, by name."""
    captions = replace(captions_of(alignment), title=event.info.title or "")
    files = _captions_files(captions)
    player = web_player(event.info.url, files)
    if player and player.picture and (poster := poster_of(event, alignment)):
        files[POSTER] = poster
    elif urlsplit(address).hostname != HERE and (card := card_of(alignment, event.info)):
        files[CARD] = card
    if player and not player.elsewhere:
        files |= iiif_files(alignment, event.info, address, player.address, player.picture)
    return files


def _html(page: EventPage, alignment: Alignment, files: Collection[str], today: date) -> str:
    event = page.event
    corrected = corrected_lines(text_of(page.own / INDEX), line_anchors(alignment.lines), today)
    player = web_player(event.info.url, files)
    html = event_page(alignment, event.info, player, "../../", page.address, files, page.look, corrected)
    made = f'<meta name="asdelivered" content="{page.stamp} {len(files)} {page.key}">'
    return html.replace("</head>", f"{made}</head>", 1)


def web_player(url: str | None, files: Collection[str]) -> Player | None:
    """Return the player for a recording on the web, with the captions, chapters and picture that are among `files`."""
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        return None
    url = as_uri(url)
    if is_video_host(url) and PurePosixPath(urlsplit(url).path).suffix.lower() not in MEDIA_TYPES:
        return Player(url, picture=True, elsewhere=True, poster=POSTER if POSTER in files else None)
    captions, chapters, poster = (
        name if name in files else None for name in ("transcript.vtt", VTT_CHAPTERS, POSTER)
    )
    return Player(url, shows_picture(url), captions, chapters, poster=poster)


def playable(url: str | None) -> str | None:
    """Return the address of a recording on the web, None where there is none that a page of ours can play."""
    player = web_player(url, ())
    return player.address if player and not player.elsewhere else None


def _captions_files(captions: Captions) -> dict[str, bytes]:
    """Return the transcripts and chapters of an event, by name; none if nothing was spoken."""
    alignment = captions.alignment
    if not captions.cues or alignment is None:
        return {}
    files = {name: FORMATS[format].write(captions) for format, name, _ in FILES}
    files[VTT_CHAPTERS] = FORMATS["chapters"].write(captions)
    files[CHAPTERS] = chapters(alignment)
    return files


def chapters(alignment: Alignment) -> bytes:
    """Return chapters as in Podcasting 2.0 (JSON, version 1.2.0): one for each spoken turn."""
    found: list[dict[str, object]] = []
    for _, speaker, turn in turns_of(alignment.lines):
        spoken = [line for line in turn if line.span is not None]
        if spoken and spoken[0].span is not None:
            title = speaker or " ".join(spoken[0].text.split()[:8])
            found.append({"startTime": spoken[0].span.start / 1000, "title": title})
    document = {"version": "1.2.0", "chapters": found}
    return without_controls(f"{json.dumps(document, indent=1, ensure_ascii=False)}\n").encode()


def files_beside(own: Path) -> Iterator[Path]:
    """Yield the files that may stand beside the page of an event, apart from those of the search."""
    names = (
        VTT_CHAPTERS,
        CHAPTERS,
        POSTER,
        CARD,
        MANIFEST,
        ANNOTATIONS,
        OEMBED,
        *(name for _, name, _ in FILES),
    )
    yield from (own / name for name in names)


def write_changed(folder: Path, files: Mapping[str, bytes], force: bool) -> list[Path]:
    """Write the files of a folder together, but not those that are there already; return the paths of all.

    Raises as `make_event`.
    """
    paths = {folder / name: data for name, data in files.items()}
    with told_of(folder):
        put_all({path: data for path, data in paths.items() if not _holds(path, data)}, force)
    return [*paths]


def text_of(path: Path) -> str:
    """Return the text of a page; "" where there is none."""
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """Raise an OSError in the block as ArchiveError, which names the file or else the folder."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise ArchiveError(f"{where}: it cannot be written: {reason_of(error)}") from error
