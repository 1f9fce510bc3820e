"""Publish an archive as a folder of files, for any web server."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from asdelivered.align.document.alignment import Alignment
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.event_files import (
    CHAPTERS,
    FILES,
    INDEX,
    VTT_CHAPTERS,
    EventPage,
    files_beside,
    files_kept,
    key_in,
    make_event,
    text_of,
    told_of,
    write_changed,
)
from asdelivered.archive.publishing.feeds import FeedItem, Soundbite, json_feed, rss
from asdelivered.archive.publishing.folder_names import folder_names
from asdelivered.archive.publishing.iiif import COLLECTION, iiif_collection
from asdelivered.archive.publishing.look import PLAIN_LOOK, Look
from asdelivered.archive.publishing.pages import (
    MOVED,
    SEARCH,
    STYLE,
    WITHDRAWN,
    YEAR,
    Frame,
    asset,
    front_page,
    moved_page,
    tombstone_page,
    year_page,
    years_of,
)
from asdelivered.archive.publishing.poster import POSTER
from asdelivered.archive.publishing.search_index import FOLDER, NAMES, SearchIndex
from asdelivered.archive.publishing.sitemaps import (
    LONGEST_DESCRIPTION,
    MappedPage,
    MappedVideo,
    sitemap,
    sitemap_index,
)
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import list_events
from asdelivered.base.delivery import check_replaceable, put
from asdelivered.base.ledger import Entry, Standing, read_ledger, standing
from asdelivered.base.processes import in_order, processes
from asdelivered.media.links import as_uri

EVENTS = "events"
"""The folder that contains a folder for each event."""
YEARS = "years"
"""The folder with a list of events for each year, if they are too many for one page."""
MOST_IN_FEED = 300
"""The latest events are in a feed, at most so many."""
MOST_IN_MAP = 50_000
_FEEDS = (
    '<link rel="alternate" type="application/rss+xml" href="feed.xml">',
    '<link rel="alternate" type="application/feed+json" href="feed.json">',
)
FEW = 8
"""Events that are not worth other processes."""


@dataclass(frozen=True)
class Site:
    """A site to be published: its address on the web, its title, how it looks, and the quotes that its feed marks.

    Without a title it has that of its language. The quotes are by the id of their event.
    """

    address: str
    title: str | None = None
    look: Look = PLAIN_LOOK
    soundbites: Mapping[int, Sequence[Soundbite]] = field(default_factory=dict)


def publish(
    connection: sqlite3.Connection, folder: Path, site: Site, jobs: int = 1, force: bool = False
) -> list[Path]:
    """Write the site of an archive into `folder`; return its files. The pages are made by so many processes (`jobs`).

    Call it within `reading`. Raises NotOursError, before anything is written, where a file would be replaced that the
    program did not write (with `force` it is kept, dated); ArchiveError where a file cannot be written.

    A file that is there already is left as it is, so only what changed has a new date. An event that is no longer in
    the archive keeps a page that says so, or leads to it under its new name, and a line that was corrected the day of
    its correction; other files of the program's that the site no longer has are removed.
    """
    root = f"{as_uri(site.address).rstrip('/')}/"
    events = list(list_events(connection))
    slugs = folder_names(folder / EVENTS, events)
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(f"{folder} is a file: give a folder for the site")
    with told_of(folder):
        check_replaceable(_site_files(folder, [*slugs.values()]), force)
    texts = site.look.site_texts(event.language for event in events)
    frame = Frame(site.title or texts.events, texts, site.look.template)
    today = datetime.now(UTC).date()
    places = {event.id: f"{EVENTS}/{quote(slugs[event.id])}/" for event in events}
    pages = [
        EventPage(event, folder / EVENTS / slugs[event.id], root + places[event.id], site.look)
        for event in events
    ]
    with told_of(folder):
        new_places = {page.key: page for page in pages if not (page.own / INDEX).is_file()}
        kept = {page.event.id: files for page in pages if (files := files_kept(page)) is not None}
    index = SearchIndex()
    written: list[Path] = []

    def to_make() -> Iterator[tuple[EventPage, Alignment, Mapping[str, bytes], date, bool]]:
        for page in pages:
            event = page.event
            alignment = read_alignment(connection, event.id)
            rows = index.add(event, places[event.id], alignment, page.playable)
            written.extend(page.own / name for name in rows)
            if event.id in kept:
                write_changed(page.own, rows, force)
            else:
                yield page, alignment, rows, today, force

    made = _make_all(to_make(), jobs if len(events) - len(kept) > FEW else 1)
    new = [page.event.id for page in pages if page.event.id not in kept]
    beside = kept | dict(zip(new, made, strict=True))
    items = []
    for page in pages:
        files = beside[page.event.id]
        written += [page.own / name for name in (*files, INDEX)]
        items.append(_item(page, files, site.soundbites.get(page.event.id, ())))
    with told_of(folder):
        written += _withdraw(folder, pages, new_places, today, frame)
    written += write_changed(folder / FOLDER, index.files(), force)
    listed = [(event.info, places[event.id]) for event in events]
    years = years_of(listed)
    lists = {f"{year}.html": year_page(frame, year, some).encode() for year, some in years.items()}
    written += write_changed(folder / YEARS, lists, force)
    own = {
        STYLE: site.look.style,
        SEARCH: asset(SEARCH),
        INDEX: front_page(frame, listed, years, _FEEDS).encode(),
        **_lists(root, frame, [*years], items),
    }
    written += write_changed(folder, own, force)
    with told_of(folder):
        _remove_own({*_site_files(folder, [*slugs.values()])}.difference(written))
    return written


def _make_all(
    to_make: Iterator[tuple[EventPage, Alignment, Mapping[str, bytes], date, bool]], jobs: int
) -> list[tuple[str, ...]]:
    """Make pages, in so many processes; return the names of the files beside each."""
    if jobs == 1:
        return [make_event(*one) for one in to_make]
    with processes(jobs) as pool:
        return [*in_order(pool, make_event, to_make)]


def _item(page: EventPage, files: Collection[str], soundbites: Sequence[Soundbite]) -> FeedItem:
    event, address = page.event, page.address
    return FeedItem(
        event,
        address,
        tuple((kind, address + name) for _, name, kind in FILES if name in files),
        address + CHAPTERS if CHAPTERS in files else None,
        address + VTT_CHAPTERS if VTT_CHAPTERS in files else None,
        _length(event),
        page.playable,
        address + POSTER if POSTER in files else None,
        tuple(soundbites),
    )


def _mapped(item: FeedItem) -> MappedPage:
    info, video = item.event.info, None
    if item.recording and item.poster:
        title = info.title or info.name
        about = (info.occasion or ", ".join(item.event.speakers) or title)[:LONGEST_DESCRIPTION]
        video = MappedVideo(item.poster, item.recording, title, about, item.event.duration // 1000)
    return MappedPage(item.page, item.event.added[:10], video)


def _length(event: StoredEvent) -> int | None:
    """Return the size of the recording on the web, if the file here is of the same kind; None: not known."""
    path = event.recording()
    same = path is not None and event.info.url is not None and event.info.url.endswith(path.suffix)
    return path.stat().st_size if path is not None and same else None


def _lists(root: str, frame: Frame, years: Sequence[str], items: Sequence[FeedItem]) -> dict[str, bytes]:
    """Return what machines read of all events: the feeds of the latest ones, and the site map, by name."""
    title, texts = frame.title, frame.texts
    languages = {item.event.language for item in items}
    language = languages.pop() if len(languages) == 1 else texts.language
    addresses = [MappedPage(root), *map(_mapped, items)]
    addresses += [MappedPage(f"{root}{YEARS}/{year}.html") for year in years]
    parts = [addresses[at : at + MOST_IN_MAP] for at in range(0, len(addresses), MOST_IN_MAP)]
    maps = {f"sitemap-{number}.xml": sitemap(part) for number, part in enumerate(parts, start=1)}
    return {
        **(maps if len(maps) > 1 else {}),
        COLLECTION: iiif_collection(
            root, title, [(item.event.info, item.page) for item in items if item.recording]
        ),
        "feed.xml": rss(title, texts.feed, language, root, items[:MOST_IN_FEED]),
        "feed.json": json_feed(title, texts.feed, language, root, items[:MOST_IN_FEED]),
        "sitemap.xml": sitemap_index([root + name for name in maps]) if len(maps) > 1 else sitemap(addresses),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {root}sitemap.xml\n".encode(),
    }


def _site_files(folder: Path, slugs: Sequence[str]) -> Iterator[Path]:
    """Yield the files that a site of these events may have, folder by folder; of its lists, those that are there."""
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
    yield from (path for path in (folder / FOLDER).glob("*.json") if NAMES.fullmatch(path.name))
    yield from (path for path in (folder / YEARS).glob("*.html") if YEAR.fullmatch(path.name))
    for slug in slugs:
        own = folder / EVENTS / slug
        yield own / INDEX
        yield from files_beside(own)
        yield from (path for path in own.glob("*.json") if NAMES.fullmatch(path.name))


def _withdraw(
    folder: Path,
    pages: Sequence[EventPage],
    new_places: Mapping[str, EventPage],
    today: date,
    frame: Frame,
) -> Iterator[Path]:
    """Replace the pages of events that are no longer in the archive, and remove what the program wrote beside them.

    What stays leads to the event if it has got another name, and else says that there was one, so that old links do not
    end nowhere. `new_places` are those that had no page yet, by the key of their event: another event of the same
    recording is not this one. A page that somebody has changed is left alone. Yields the pages that are replaced.
    """
    here = {page.own.name for page in pages}
    by_key = {page.key: page for page in pages}
    for own in sorted((folder / EVENTS).glob("*")):
        if own.name in here or not own.is_dir() or standing(own / INDEX) is not Standing.OWN:
            continue
        _remove_own([path for path in own.iterdir() if path.name != INDEX])
        before = text_of(own / INDEX)
        key = key_in(before)
        known = by_key if MOVED in before else new_places
        if key is not None and key in known:
            page = known[key]
            title = page.event.info.title or page.event.info.name
            html = moved_page(frame, f"../{quote(page.own.name)}/", title, key)
        elif WITHDRAWN in before:
            html = before
        else:
            html = tombstone_page(frame, "../../", today)
        if html != before:
            put(own / INDEX, html.encode())
            yield own / INDEX


def _remove_own(paths: Collection[Path]) -> None:
    """Remove those of the files that the program wrote and nobody has changed."""
    ledgers: dict[Path, Mapping[str, Entry]] = {}
    for path in paths:
        if path.is_file() and standing(path, _ledger_of(path.parent, ledgers)) is Standing.OWN:
            path.unlink()


def _ledger_of(folder: Path, known: dict[Path, Mapping[str, Entry]]) -> Mapping[str, Entry]:
    if folder not in known:
        known[folder] = read_ledger(folder)
    return known[folder]
