"""`asdelivered archive serve`: the search page's server."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from asdelivered.app.console.text import plain, results
from asdelivered.archive.database import opened
from asdelivered.archive.serving import make_app
from asdelivered.base.local_port import HOST, local_port


def serve_archive(database: Path, port: int) -> None:
    """Serve the archive on this machine until it is stopped.

    Raises ArchiveError where it can't be read, AppError where the port is taken.
    """
    with opened(database):
        pass  # what is wrong with it is told now, not in the browser
    with local_port(port) as own:
        results().print(plain(f"http://{HOST}:{own.getsockname()[1]}/"))
        config = uvicorn.Config(make_app(database), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[own])
