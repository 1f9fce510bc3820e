"""Publish an archive as a folder of files, for any web server."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from asdelivered.align.document.alignment import Alignment, turns_of
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing.event_page import Player, event_page
from asdelivered.archive.publishing.feeds import FeedItem, json_feed, rss, sitemap, sitemap_index
from asdelivered.archive.publishing.pages import STYLE, asset, list_page
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import list_events
from asdelivered.base.files import write_whole
from asdelivered.media.browser_media import shows_picture
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions

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


def publish(connection: sqlite3.Connection, folder: Path, site: str, title: str) -> Iterator[Path]:
    """Write the site of an archive into `folder`, for the address `site`; yield each file as it is written.

    Call it within `reading`. Raises ArchiveError where a file cannot be written.
    """
    site = f"{site.rstrip('/')}/"
    yield _write(folder / STYLE, asset(STYLE))
    items = []
    events = list(list_events(connection))
    slugs = _slugs(events)
    for event in events:
        place = f"{EVENTS}/{slugs[event.id]}/"
        alignment = read_alignment(connection, event.id)
        captions = replace(captions_of(alignment), title=event.info.title or "")
        files = _event_files(captions)
        for name, data in files.items():
            yield _write(folder / place / name, data)
        player = web_player(event.info.url, files)
        html = event_page(alignment, event.info, player, "../../", site + quote(place))
        yield _write(folder / place / "index.html", html.encode())
        items.append(_item(event, site + quote(place), files))
    yield from _lists(folder, site, title, events, items)


def web_player(url: str | None, files: Collection[str]) -> Player | None:
    """Return the player for a recording on the web, with the captions and chapters that are among `files`."""
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        return None
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
    return f"{json.dumps({'version': '1.2.0', 'chapters': found}, indent=1, ensure_ascii=False)}\n".encode()


def _item(event: StoredEvent, page: str, files: dict[str, bytes]) -> FeedItem:
    return FeedItem(
        event,
        page,
        tuple((kind, page + name) for _, name, kind in FILES if name in files),
        page + CHAPTERS if CHAPTERS in files else None,
        page + VTT_CHAPTERS if VTT_CHAPTERS in files else None,
    )


def _lists(
    folder: Path, site: str, title: str, events: Sequence[StoredEvent], items: Sequence[FeedItem]
) -> Iterator[Path]:
    """Write the list of all events, the feeds of the latest ones, and the site map."""
    feeds = [
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">',
        '<link rel="alternate" type="application/feed+json" href="feed.json">',
    ]
    pages: list[tuple[EventInfo, str]] = [
        (event.info, f"{item.page.removeprefix(site)}") for event, item in zip(events, items, strict=True)
    ]
    yield _write(folder / "index.html", list_page(title, pages, "./", feeds).encode())
    yield _write(folder / "feed.xml", rss(title, site, items[:MOST_IN_FEED]))
    yield _write(folder / "feed.json", json_feed(title, site, items[:MOST_IN_FEED]))
    addresses = [(site, None), *((item.page, item.event.info.date) for item in items)]
    parts = [addresses[at : at + MOST_IN_MAP] for at in range(0, len(addresses), MOST_IN_MAP)]
    if len(parts) == 1:
        yield _write(folder / "sitemap.xml", sitemap(addresses))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _write(folder / name, sitemap(part))
        yield _write(folder / "sitemap.xml", sitemap_index([site + name for name in names]))
    yield _write(folder / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n".encode())


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be written: {error.strerror or error}") from error
    return path
