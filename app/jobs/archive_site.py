"""An archive as a web site: published as files, or served on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uvicorn

from asdelivered.archive.database import opened, reading
from asdelivered.archive.publishing.site import publish
from asdelivered.archive.serving import make_app
from asdelivered.base.local_port import HOST, local_port
from asdelivered.clips.links import check_address


def publish_archive(database: Path, folder: Path, url: str, title: str) -> int:
    """Write the archive's site into `folder`, for the address `url`; return how many files it has.

    Raises ArchiveError where the archive cannot be read or a file cannot be written; UsageError where `url` is not an
    address.
    """
    check_address(url)
    with opened(database) as connection, reading(connection):
        return sum(1 for _ in publish(connection, folder, url, title))


def serve_archive(database: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve the archive on this machine until it is stopped; `ready` gets the address. Port 0 takes a free one.

    Raises ArchiveError where it cannot be read, AsdeliveredError where the port is taken.
    """
    with opened(database):
        pass  # report now, not in the browser, what is wrong with it
    with local_port(port) as listening:
        ready(f"http://{HOST}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(make_app(database), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])
