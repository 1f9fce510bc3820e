"""Access control of the pages served here: only the browser, or the script, of the person who started it gets answers.

A server of ours listens on this machine alone, but any web page in any browser here can send it requests, and so can
the machine's other users. So the path begins with a random key, and Host and Origin must be this server's own: a page
of another site, or a name made to point here (DNS rebinding), gets nothing. Bodies are small, and must arrive within
seconds.
"""

from __future__ import annotations

import asyncio
import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1 << 18
"""Bytes; the largest body that a page sends is a clip list, unless it sends files in pieces."""
PATIENCE = 10.0
"""Seconds within which a body must arrive."""
LARGEST_NUMBER = (1 << 53) - 1
"""The largest whole number that every reader of JSON keeps exact (RFC 8259)."""
POLICY_HEADER = b"content-security-policy"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Guard:
    """Passes to `app` only requests from the page itself, or from a script that knows the key.

    Each answer that states no content security policy of its own gets `policy`.
    """

    def __init__(
        self, app: ASGIApp, key: str, port: int, policy: str, largest_body: int = LARGEST_BODY
    ) -> None:
        self._app = app
        self._key = key
        self._policy = policy.encode()
        self._largest_body = largest_body
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # the server closes a web socket that nobody accepts
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [*message["headers"]]
                if all(name.lower() != POLICY_HEADER for name, _ in own):
                    own.append((POLICY_HEADER, self._policy))
                message = {**message, "headers": [*own, *HEADERS]}
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        # The key stays in the path, so that an address made from it (a redirect) has it, too.
        inner = {**scope, "root_path": f"/{self._key}"}
        body = None
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _whole_body(receive, self._largest_body)
        except TimeoutError:
            refusal = _refused(408, "The request did not arrive in time.")
        if body is None:
            refusal = refusal or _refused(413, "This is more than the page ever sends.")
            await refusal(scope, receive, answer)
            return
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive_again() -> Message:
            message = next(given, None)
            return message if message is not None else await receive()  # waits for the client to disconnect

        await self._app(inner, receive_again, answer)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> PlainTextResponse | None:
        if headers.get("host") not in self._hosts:
            return _refused(421, "This server answers only at 127.0.0.1.")
        if "origin" in headers and headers["origin"] not in self._origins:
            return _refused(403, "Other sites may not send requests here.")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _refused(403, "Other sites may not send requests here.")
        given = scope["path"][1:].partition("/")[0]
        if not secrets.compare_digest(given.encode(), self._key.encode()):
            return _refused(403, "Open the address that the program printed: it has a key in it.")
        length = headers.get("content-length", "0")
        if (
            not length.isascii()
            or not length.isdigit()
            or len(length) > 12
            or int(length) > self._largest_body
        ):
            return _refused(413, "This is more than the page ever sends.")
        return None


def whole_number(text: str, largest: int = LARGEST_NUMBER) -> int | None:
    """Return the number that a path or a query gives in decimal digits; None where it is none, or over `largest`."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(largest)):
        return None
    number = int(text)
    return number if number <= largest else None


async def _whole_body(receive: Receive, largest: int) -> bytes | None:
    """Return the body of a request; None where it is too large, or the client has disconnected."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if len(body) > largest:
            return None
        if not message.get("more_body", False):
            return body


def _refused(status: int, sentence: str) -> PlainTextResponse:
    return PlainTextResponse(sentence + "\n", status, {"connection": "close", "cache-control": "no-store"})
