"""A port of this machine for a page of the program's own, which no other machine reaches."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from asdelivered.base.errors import AsdeliveredError

HOST = "127.0.0.1"


@contextmanager
def local_port(port: int) -> Iterator[socket.socket]:
    """Listen on a port of this machine alone, and close it at the end; port 0 takes one that is free.

    Whoever opens the address before it is served waits, and is not refused. Raises AsdeliveredError: the port is taken.
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
