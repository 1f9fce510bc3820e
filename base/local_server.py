"""Serve a page of the program on 127.0.0.1, at an address that nobody can guess, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from asyncio import TimerHandle, Transport
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from asdelivered.base.guard import LARGEST_BODY, PATIENCE, Guard
from asdelivered.base.local_port import HOST, local_port

LARGEST_HEAD = 1 << 15
"""Bytes of a request's line and headers."""


def serve_locally(
    app: ASGIApp,
    port: int,
    ready: Callable[[str], None],
    policy: str,
    key: str | None = None,
    largest_body: int = LARGEST_BODY,
) -> None:
    """Serve `app` until Ctrl-C or SIGTERM; call `ready` with the address of its page. Port 0 takes a free port.

    `policy` is the content security policy of its answers, `key` the secret part of the address, random by default;
    `largest_body` is the size of the largest body that a request may have, in bytes.
    Raises AsdeliveredError where the port is taken.
    """
    key = key or secrets.token_urlsafe(24)
    with local_port(port) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            Guard(app, key, port, policy, largest_body),
            http=_Protocol,
            ws="none",
            log_level="error",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            backlog=512,
        )
        server = _Server(config, lambda: ready(f"http://{HOST}:{port}/{key}/"))
        with suppress(KeyboardInterrupt):
            asyncio.run(server.serve([listening]))


class _Server(uvicorn.Server):
    """A server that reports when it listens."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An answer that is still being made is broken off: that is no error to tell of.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()


class _Protocol(H11Protocol):
    """Drops a connection whose request has not begun, or whose headers are not complete, within PATIENCE seconds.

    Uvicorn waits for them without end: a few hundred half-sent requests would use up the open files.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._end_wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_wait()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(PATIENCE, self.transport.abort)

    def _end_wait(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
