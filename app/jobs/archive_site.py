"""An archive as a web site: published as files, or served on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from asdelivered.archive.database import opened, reading
from asdelivered.archive.publishing.event_files import web_player
from asdelivered.archive.publishing.look import PLAIN_LOOK, Look
from asdelivered.archive.publishing.site import publish
from asdelivered.archive.serving import POLICY, make_app
from asdelivered.archive.store import list_events
from asdelivered.base.local_server import serve_locally
from asdelivered.base.processes import cores
from asdelivered.media.links import check_address


@dataclass(frozen=True)
class Published:
    """How many files a site has, how many events, and how many of these have no recording that its pages can play."""

    files: int
    events: int
    without_recording: int


def publish_archive(
    database: Path,
    folder: Path,
    url: str,
    title: str | None,
    force: bool = False,
    look: Look = PLAIN_LOOK,
    jobs: int | None = 1,
) -> Published:
    """Write the archive's site into `folder`, for the address `url`, with so many processes (None: one per core).

    Raises ArchiveError where the archive cannot be read or a file cannot be written; NotOursError where a file would be
    replaced that the program did not write; UsageError where `url` is not an address.
    """
    check_address(url)
    with opened(database) as connection, reading(connection):
        players = [web_player(event.info.url, ()) for event in list_events(connection)]
        files = len(publish(connection, folder, url, title, force, look, jobs or cores()))
    return Published(files, len(players), players.count(None))


def serve_archive(database: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve the archive on this machine until it is stopped; `ready` gets the address, which has a new key in it.

    Port 0 takes a free one. Raises ArchiveError where it cannot be read, AsdeliveredError where the port is taken.
    """
    with opened(database):
        pass  # report now, not in the browser, what is wrong with it
    serve_locally(make_app(database), port, ready, POLICY)
