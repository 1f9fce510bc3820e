"""`asdelivered archive serve`: the search page's server."""

from __future__ import annotations

import socket
from pathlib import Path

import uvicorn

from asdelivered.app.errors import AppError
from asdelivered.app.text import plain, results
from asdelivered.archive.database import opened
from asdelivered.archive.serving import make_app

HOST = "127.0.0.1"


def serve_archive(database: Path, port: int) -> None:
    """Serve the archive on this machine until it is stopped.

    Raises ArchiveError where it can't be read, AppError where the port is taken.
    """
    with opened(database):
        pass  # what is wrong with it is told now, not in the browser
    with socket.socket() as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            own.bind((HOST, port))
        except OSError as error:
            raise AppError(
                f"port {port} cannot be used ({error.strerror or error}): choose another with --port"
            ) from error
        own.listen()  # whoever opens the address at once waits, and is not refused
        results().print(plain(f"http://{HOST}:{own.getsockname()[1]}/"))
        config = uvicorn.Config(make_app(database), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[own])
