"""Who may ask: only the browser, or the script, of the person who started the review.

The server listens on this machine alone, but every web page that a browser shows can send requests to it. So the path
begins with a random token, and Host and Origin must be this server's: a page of another site, or a name that was made to
point here, gets nothing. Bodies are small, and must come in within seconds.
"""

from __future__ import annotations

import asyncio
import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1 << 18
"""Bytes; the largest that the page sends is a clip list."""
PATIENCE = 10.0
"""Seconds in which a body must have come in."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class TooLargeError(Exception):
    """A body has more bytes than any that is meant."""


class Guard:
    """Lets through to `app` what comes from the page itself, or from a script that knows the token."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a web socket is closed by the server, where nobody accepts it
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *HEADERS]}
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        prefix = f"/{self._token}"
        inner = {
            **scope,
            "path": scope["path"][len(prefix) :],
            "raw_path": None,
            "root_path": "",
        }
        try:
            await self._app(inner, _Body(receive).receive, answer)
        except TooLargeError:
            await _refused(413, "This is more than the review page ever sends.")(scope, receive, answer)
        except TimeoutError:
            await _refused(408, "The request did not come in in time.")(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> PlainTextResponse | None:
        if headers.get("host") not in self._hosts:
            return _refused(421, "This server answers to 127.0.0.1 alone.")
        if "origin" in headers and headers["origin"] not in self._origins:
            return _refused(403, "Another site may not ask this.")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _refused(403, "Another site may not ask this.")
        given = scope["path"][1:].partition("/")[0]
        if not secrets.compare_digest(given.encode(), self._token.encode()):
            return _refused(403, "Open the address that `asdelivered review` printed: it has a key in it.")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 12 or int(length) > LARGEST_BODY:
            return _refused(413, "This is more than the review page ever sends.")
        return None


class _Body:
    """Counts a body as it comes in, and doesn't wait for ever."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0
        self._whole = False
        self._until = asyncio.get_running_loop().time() + PATIENCE

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()  # waits for the client to leave
        async with asyncio.timeout_at(self._until):
            message = await self._receive()
        self._whole = message["type"] != "http.request" or not message.get("more_body", False)
        self._size += len(message.get("body", b""))
        if self._size > LARGEST_BODY:
            raise TooLargeError
        return message


def _refused(status: int, sentence: str) -> PlainTextResponse:
    return PlainTextResponse(sentence + "\n", status, {"connection": "close", "cache-control": "no-store"})
