"""A local port for the program's own pages, which no other machine can reach."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from asdelivered.base.errors import AsdeliveredError

HOST = "127.0.0.1"


@contextmanager
def local_port(port: int) -> Iterator[socket.socket]:
    """Listen on a port for this machine alone, and close it at the end; port 0 takes a free one.

    A browser that connects before the page is served waits, and is not refused. Raises AsdeliveredError where the port
    is taken.
    """
    with socket.socket() as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            own.bind((HOST, port))
            own.listen()
        except OSError as error:
            raise AsdeliveredError(
                f"port {port} can't be used ({error.strerror or error}): choose another with --port"
            ) from error
        yield own


def free_port(wanted: int) -> int:
    """Return a port if it is free, else 0, with which `local_port` takes any that is."""
    try:
        with local_port(wanted):
            return wanted
    except AsdeliveredError:
        return 0
