"""Serve a review on 127.0.0.1, at an address that nobody can guess, until it is stopped."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from asdelivered.base.local_port import HOST, local_port
from asdelivered.review.review import Review
from asdelivered.review.server.guard import Guard
from asdelivered.review.server.routes import make_app


def serve(review: Review, port: int, ready: Callable[[str], None], token: str | None = None) -> None:
    """Serve a review until Ctrl-C or SIGTERM; call `ready` with the address of the page. Port 0 takes a free port.

    Raises ReviewError where the port is taken.
    """
    token = token or secrets.token_urlsafe(24)
    with local_port(port) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            Guard(make_app(review), token, port),
            log_level="error",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=1 << 15,
            backlog=512,
        )
        server = _Server(config, lambda: ready(f"http://{HOST}:{port}/{token}/"))
        review.start_checks()
        with suppress(KeyboardInterrupt):
            asyncio.run(server.serve([listening]))


class _Server(uvicorn.Server):
    """A server that reports when it listens."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()
