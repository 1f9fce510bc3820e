"""Publish an archive as a folder of files, for any web server."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from asdelivered import __version__
from asdelivered.align.document.alignment import Alignment, turns_of
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.corrections import corrected_lines
from asdelivered.archive.publishing.event_page import SCRIPTS, Player, event_page
from asdelivered.archive.publishing.feeds import FeedItem, json_feed, rss, sitemap, sitemap_index
from asdelivered.archive.publishing.iiif import (
    ANNOTATIONS,
    COLLECTION,
    MANIFEST,
    OEMBED,
    iiif_collection,
    iiif_files,
)
from asdelivered.archive.publishing.look import PLAIN_LOOK, Look
from asdelivered.archive.publishing.pages import (
    SEARCH,
    STYLE,
    WITHDRAWN,
    asset,
    day,
    front_page,
    tombstone_page,
    without_controls,
)
from asdelivered.archive.publishing.search_index import FOLDER, NAMES, SearchIndex
from asdelivered.archive.publishing.site_texts import SiteTexts
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import list_events
from asdelivered.base.delivery import check_replaceable, put, put_all
from asdelivered.base.errors import reason_of
from asdelivered.base.ledger import Standing, standing
from asdelivered.media.browser_media import MEDIA_TYPES, shows_picture
from asdelivered.media.links import is_video_host
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions

INDEX = "index.html"
EVENTS = "events"
"""The folder that contains a folder for each event."""
MOST_IN_FEED = 300
"""The latest events are in a feed, at most so many."""
MOST_IN_MAP = 50_000
FILES = (
    ("vtt", "transcript.vtt", "text/vtt"),
    ("srt", "transcript.srt", "application/x-subrip"),
    ("json", "transcript.json", "application/json"),
)
"""Formats of the transcript beside each page, each with its file and media type."""
CHAPTERS, VTT_CHAPTERS = "chapters.json", "chapters.vtt"


def publish(
    connection: sqlite3.Connection,
    folder: Path,
    site: str,
    title: str | None = None,
    force: bool = False,
    look: Look = PLAIN_LOOK,
) -> list[Path]:
    """Write the site of an archive into `folder`, for the address `site`; return its files.

    Call it within `reading`. Raises NotOursError, before anything is written, where a file would be replaced that the
    program did not write (with `force` it is kept, dated); ArchiveError where a file cannot be written.

    A file that is there already is left as it is, so only what changed has a new date. An event that is no longer in
    the archive keeps a page that says so, and a line that was corrected the day of its correction; other files of the
    program's that the site no longer has are removed. Without a `title` the site has that of its language.
    """
    site = f"{site.rstrip('/')}/"
    events = list(list_events(connection))
    slugs = _slugs(events)
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(f"{folder} is a file: give a folder for the site")
    with _told(folder):
        check_replaceable(_site_files(folder, [*slugs.values()]), force)
    texts = look.site_texts(event.language for event in events)
    title = title or texts.events
    items = []
    written: list[Path] = []
    index = SearchIndex()
    for event in events:
        place = f"{EVENTS}/{slugs[event.id]}/"
        alignment = read_alignment(connection, event.id)
        player = web_player(event.info.url, ())
        playable = player.address if player and not player.elsewhere else None
        address = site + quote(place)
        texts_of_event = index.add(event, quote(place), alignment, playable)
        stamp = _stamp(event, address, look)
        with _told(folder):
            files = _kept(folder / place, stamp)
        if files is None:
            files = _beside(event, alignment, address)
            html = _page_of(event, alignment, address, files, look, stamp, folder / place)
            written += _write(folder / place, files | {INDEX: html.encode()}, force)
        else:
            written += [folder / place / name for name in (*files, INDEX)]
        written += _write(folder / place, texts_of_event, force)
        items.append(_item(event, address, files))
    with _told(folder):
        written += _withdraw(folder, slugs.values(), datetime.now(UTC).date(), texts)
    written += _write(folder / FOLDER, index.files(), force)
    own = {STYLE: look.style, SEARCH: asset(SEARCH)}
    written += _write(folder, _lists(site, title, events, items, texts) | own, force)
    with _told(folder):
        _remove_own({*_site_files(folder, [*slugs.values()])}.difference(written))
    return written


def _stamp(event: StoredEvent, address: str, look: Look) -> str:
    """Return what the page of an event and the files beside it are made of, as a hash."""
    info = event.info
    parts = (
        __version__,
        event.alignment_sha256,
        *(info.name, info.title, info.occasion, day(info), info.url),
        *(address, look.language),
        *(hashlib.sha256(part).hexdigest() for part in (look.style, *map(asset, SCRIPTS))),
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _kept(own: Path, stamp: str) -> dict[str, bytes] | None:
    """Return the names of the files beside a page, if they are as they would be written again; else None.

    Most of the time that a site takes goes into the captions of its events. Raises OSError.
    """
    named = re.search(rf'<meta name="asdelivered" content="{stamp} (\d+)">', _text_of(own / INDEX))
    names = [path.name for path in _beside_files(own) if path.is_file()]
    if not named or int(named[1]) != len(names):
        return None
    if any(standing(own / name) is not Standing.OWN for name in (*names, INDEX)):
        return None
    return dict.fromkeys(names, b"")


def _beside(event: StoredEvent, alignment: Alignment, address: str) -> dict[str, bytes]:
    """Return the files beside the page of an event, by name."""
    captions = replace(captions_of(alignment), title=event.info.title or "")
    files = _event_files(captions)
    player = web_player(event.info.url, files)
    if player and not player.elsewhere:
        files |= iiif_files(alignment, event.info, address, player.address, player.picture)
    return files


def _page_of(
    event: StoredEvent,
    alignment: Alignment,
    address: str,
    files: Collection[str],
    look: Look,
    stamp: str,
    own: Path,
) -> str:
    today = datetime.now(UTC).date()
    corrected = corrected_lines(_text_of(own / INDEX), line_anchors(alignment.lines), today)
    player = web_player(event.info.url, files)
    html = event_page(alignment, event.info, player, "../../", address, files, look, corrected)
    return html.replace("</head>", f'<meta name="asdelivered" content="{stamp} {len(files)}"></head>', 1)


def web_player(url: str | None, files: Collection[str]) -> Player | None:
    """Return the player for a recording on the web, with the captions and chapters that are among `files`."""
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        return None
    if is_video_host(url) and PurePosixPath(urlsplit(url).path).suffix.lower() not in MEDIA_TYPES:
        return Player(url, picture=True, elsewhere=True)
    captions, chapters = (name if name in files else None for name in ("transcript.vtt", VTT_CHAPTERS))
    return Player(url, shows_picture(url), captions, chapters)


def _slugs(events: Sequence[StoredEvent]) -> dict[int, str]:
    """Return a unique folder name for each event, also where case does not matter."""
    taken: set[str] = set()
    slugs = {}
    for event in events:
        plain = "".join(char if char.isalnum() or char in "-_" else "-" for char in event.info.name)
        slug = plain.strip("-")[:100] or "event"
        number = itertools.count(2)
        name = slug
        while name.casefold() in taken:
            name = f"{slug}-{next(number)}"
        taken.add(name.casefold())
        slugs[event.id] = name
    return slugs


def _event_files(captions: Captions) -> dict[str, bytes]:
    """Return the files beside an event's page, by name; none if nothing was spoken."""
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


def _item(event: StoredEvent, page: str, files: Collection[str]) -> FeedItem:
    return FeedItem(
        event,
        page,
        tuple((kind, page + name) for _, name, kind in FILES if name in files),
        page + CHAPTERS if CHAPTERS in files else None,
        page + VTT_CHAPTERS if VTT_CHAPTERS in files else None,
        _length(event),
    )


def _plays(item: FeedItem) -> bool:
    player = web_player(item.event.info.url, ())
    return player is not None and not player.elsewhere


def _length(event: StoredEvent) -> int | None:
    """Return the size of the recording on the web, if the file here is of the same kind; None: not known."""
    path = event.recording()
    same = path is not None and event.info.url is not None and event.info.url.endswith(path.suffix)
    return path.stat().st_size if path is not None and same else None


def _lists(
    site: str, title: str, events: Sequence[StoredEvent], items: Sequence[FeedItem], texts: SiteTexts
) -> dict[str, bytes]:
    """Return the list of all events, the feeds of the latest ones, and the site map, by name."""
    feeds = [
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">',
        '<link rel="alternate" type="application/feed+json" href="feed.json">',
    ]
    pages: list[tuple[EventInfo, str]] = [
        (event.info, f"{item.page.removeprefix(site)}") for event, item in zip(events, items, strict=True)
    ]
    addresses = [(site, None), *((item.page, item.event.info.date) for item in items)]
    parts = [addresses[at : at + MOST_IN_MAP] for at in range(0, len(addresses), MOST_IN_MAP)]
    maps = {f"sitemap-{number}.xml": sitemap(part) for number, part in enumerate(parts, start=1)}
    return {
        **(maps if len(maps) > 1 else {}),
        INDEX: front_page(title, pages, feeds, texts).encode(),
        COLLECTION: iiif_collection(
            site, title, [(item.event.info, item.page) for item in items if _plays(item)]
        ),
        "feed.xml": rss(title, site, items[:MOST_IN_FEED]),
        "feed.json": json_feed(title, site, items[:MOST_IN_FEED]),
        "sitemap.xml": sitemap_index([site + name for name in maps]) if len(maps) > 1 else sitemap(addresses),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n".encode(),
    }


def _site_files(folder: Path, slugs: Sequence[str]) -> Iterator[Path]:
    """Yield the files that a site of these events may have; of its search index, those that are there."""
    maps = (f"sitemap-{number}.xml" for number in range(1, len(slugs) // MOST_IN_MAP + 2))
    for name in (
        STYLE,
        SEARCH,
        INDEX,
        COLLECTION,
        "feed.xml",
        "feed.json",
        "robots.txt",
        "sitemap.xml",
        *maps,
    ):
        yield folder / name
    for slug in slugs:
        yield folder / EVENTS / slug / INDEX
        yield from _beside_files(folder / EVENTS / slug)
    for place in (folder / FOLDER, *(folder / EVENTS / slug for slug in slugs)):
        yield from (path for path in place.glob("*.json") if NAMES.fullmatch(path.name))


def _beside_files(own: Path) -> Iterator[Path]:
    """Yield the files that may stand beside the page of an event, apart from those of the search."""
    names = (VTT_CHAPTERS, CHAPTERS, MANIFEST, ANNOTATIONS, OEMBED, *(name for _, name, _ in FILES))
    yield from (own / name for name in names)


def _write(folder: Path, files: Mapping[str, bytes], force: bool) -> list[Path]:
    """Write the files of a folder together, but not those that are there already; return the paths of all."""
    paths = {folder / name: data for name, data in files.items()}
    with _told(folder):
        put_all({path: data for path, data in paths.items() if not _holds(path, data)}, force)
    return [*paths]


def _text_of(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _withdraw(folder: Path, slugs: Collection[str], today: date, texts: SiteTexts) -> Iterator[Path]:
    """Replace the pages of events that are no longer in the archive, and remove what the program wrote beside them.

    What stays says that there was an event, so that old links do not end nowhere. A page that somebody has changed is
    left alone. Yields the pages that are replaced.
    """
    for own in sorted((folder / EVENTS).glob("*")):
        if own.name in slugs or not own.is_dir() or standing(own / INDEX) is not Standing.OWN:
            continue
        _remove_own([path for path in own.iterdir() if path.name != INDEX])
        if WITHDRAWN not in _text_of(own / INDEX):
            put(own / INDEX, tombstone_page("../../", today, texts).encode())
            yield own / INDEX


def _remove_own(paths: Collection[Path]) -> None:
    """Remove those of the files that the program wrote and nobody has changed."""
    for path in paths:
        if path.is_file() and standing(path) is Standing.OWN:
            path.unlink()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Raise an OSError in the block as ArchiveError."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise ArchiveError(f"{where}: it cannot be written: {reason_of(error)}") from error
