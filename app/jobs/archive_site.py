"""An archive as a web site: published as files, or served on this machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from asdelivered.archive.database import opened, reading
from asdelivered.archive.filters import Filters
from asdelivered.archive.publishing.event_files import playable, web_player
from asdelivered.archive.publishing.feeds import Soundbite
from asdelivered.archive.publishing.look import PLAIN_LOOK, Look
from asdelivered.archive.publishing.site import MOST_IN_FEED, Site, publish
from asdelivered.archive.search import find_in_archive
from asdelivered.archive.serving import POLICY, make_app
from asdelivered.archive.store import list_events
from asdelivered.base.errors import UsageError
from asdelivered.base.local_server import serve_locally
from asdelivered.base.processes import cores
from asdelivered.clips.quote_file import read_quote_list
from asdelivered.media.links import check_address


@dataclass(frozen=True)
class Published:
    """How many files a site has, and the names of the events that have no recording on the web.

    `remarks` tell of quotes that the feed does not mark, a sentence each.
    """

    files: int
    without_recording: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishRequest:
    """The archive, the folder and the address of its site, and what a person may choose of it.

    Without a `title` the site has that of its language. The feed marks the quotes in the file `quotes`. `jobs` is the
    number of worker processes, None for one per core.
    """

    database: Path
    folder: Path
    url: str
    title: str | None = None
    look: Look = PLAIN_LOOK
    quotes: Path | None = None
    jobs: int | None = None
    force: bool = False


def publish_archive(request: PublishRequest) -> Published:
    """Write the archive's site.

    Raises ArchiveError where the archive cannot be read or a file cannot be written; NotOursError where a file would be
    replaced that the program did not write; UsageError where the address is none; ClipError where the quotes cannot be
    read.
    """
    parts = check_address(request.url)
    if parts.query or parts.fragment:
        raise UsageError(
            f"--url {request.url!r}: the pages' addresses begin with it, so it can't have ? or #"
        )
    with opened(request.database) as connection, reading(connection):
        players = {event.info.name: web_player(event.info.url, ()) for event in list_events(connection)}
        soundbites, remarks = _marked(connection, request.quotes) if request.quotes else ({}, [])
        site = Site(request.url, request.title, request.look, soundbites)
        files = publish(connection, request.folder, site, request.jobs or cores(), request.force)
    without = tuple(name for name, player in players.items() if player is None)
    return Published(len(files), without, tuple(remarks))


def _marked(connection: sqlite3.Connection, path: Path) -> tuple[dict[int, list[Soundbite]], list[str]]:
    """Return the quotes of a file by the id of their event, and a sentence for each that the feed cannot mark."""
    quotes = read_quote_list(path)
    found: dict[int, list[Soundbite]] = {}
    remarks = [*quotes.remarks]
    in_feed = {event.id for event in islice(list_events(connection), MOST_IN_FEED)}
    for quote in quotes.requests:
        hits = find_in_archive(connection, quote.text, 1, Filters(speaker=quote.speaker))
        if not hits:
            remarks.append(f"{quote.where}: nothing like it was said: {quote.text}")
            continue
        hit = hits[0]
        if hit.quote.span is None:
            remarks.append(f"{quote.where}: it was not heard in the recording, so the feed cannot mark it")
        elif hit.event.id not in in_feed:
            remarks.append(
                f"{quote.where}: its event is older than the {MOST_IN_FEED} of the feed, which does not mark it"
            )
        elif playable(hit.event.info.url) is None:
            remarks.append(
                f"{quote.where}: {hit.event.info.name} has no recording that the feed can offer, so it marks nothing"
            )
        else:
            bite = Soundbite(hit.quote.span, quote.name or hit.quote.text)
            found.setdefault(hit.event.id, []).append(bite)
    return found, remarks


def serve_archive(database: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve the archive on this machine until it is stopped; `ready` gets the address, which has a new key in it.

    Port 0 takes a free one. Raises ArchiveError where it cannot be read, AsdeliveredError where the port is taken.
    """
    with opened(database):
        pass  # report now, not in the browser, what is wrong with it
    serve_locally(make_app(database), port, ready, POLICY)
