"""Links into a recording, to the second at which something was said."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from asdelivered.base.errors import UsageError
from asdelivered.base.span import TimeSpan
from asdelivered.media.edit_source import plain_path

PARAMETERS = {
    "youtube.com": "t",
    "youtube-nocookie.com": "start",
    "youtu.be": "t",
    "vimeo.com": "t",
    "twitch.tv": "t",
    "loom.com": "t",
    "odysee.com": "t",
    "streamable.com": "t",
    "bilibili.com": "t",
    "open.spotify.com": "t",
    "drive.google.com": "t",
    "players.brightcove.net": "t",
    "dailymotion.com": "start",
    "dai.ly": "start",
    "rumble.com": "start",
    "archive.org": "start",
}
"""Hosts with a parameter of their own for the start, in whole seconds, and its name."""

_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_PEERTUBE = re.compile(r"/(?:w|videos/(?:watch|embed))/[0-9A-Za-z-]{20,}/?$")


def link_to(address: str, span: TimeSpan) -> str:
    """Return a link to what is said during `span` in the recording at an address on the web.

    Video hosts get their own parameter; every other address gets a W3C Media Fragment ("#t=12.3,18.9").

    >>> link_to("https://youtu.be/abc", TimeSpan(79_904, 82_490))
    'https://youtu.be/abc?t=79'
    >>> link_to("https://example.org/talk.mp4", TimeSpan(79_904, 82_490))
    'https://example.org/talk.mp4#t=79.904,82.49'

    Raises UsageError where the address is none.
    """
    check_address(address)
    parts = urlsplit(as_uri(address))
    name = _parameter(parts)
    if name is None:
        return urlunsplit(parts._replace(fragment=_fragment(span)))
    if "/embed/" in parts.path:
        name = "start"
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    query.append((name, str(span.start // 1000)))
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def is_video_host(address: str) -> bool:
    """Return whether a recording is at a host with a player of its own, whose pages no other player plays."""
    return _parameter(check_address(address)) is not None


def check_address(address: str) -> SplitResult:
    """Return the parts of an address on the web or of a file. Raises UsageError where it is none."""
    try:
        parts = urlsplit(address)
        host = _host(parts)
    except ValueError as error:
        raise UsageError(f"--url {address!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https", "file") or (parts.scheme != "file" and not host):
        raise UsageError(f"--url {address!r} is no address: give one that begins with https://")
    return parts


def as_uri(address: str) -> str:
    """Return an address on the web with all characters escaped that a URI does not have (RFC 3986).

    Escapes stay as they are; a host with other letters gets its name for machines (IDNA).

    >>> as_uri("https://m\u00fcnchen.example/der Tag.mp4")
    'https://xn--mnchen-3ya.example/der%20Tag.mp4'

    """
    host = urlsplit(address).netloc
    with suppress(UnicodeError):  # a host that has no such name is left to the browser
        address = address.replace(host, host.encode("idna").decode(), 1)
    return quote(address.strip(), safe=_RESERVED, errors="surrogatepass")


def link_to_file(path: Path, span: TimeSpan) -> str:
    """Return a link to what is said during `span` in a file on this machine."""
    return f"{plain_path(path).as_uri()}#{_fragment(span)}"


def _fragment(span: TimeSpan) -> str:
    """Return the temporal dimension of a Media Fragment URI 1.0 (section 4.2.1): seconds."""
    start, end = (f"{time / 1000:.3f}".rstrip("0").rstrip(".") for time in (span.start, span.end))
    return f"t={start},{end}"


def _parameter(parts: SplitResult) -> str | None:
    """Return the name of a host's own parameter for the start; PeerTube's pages are known by their paths."""
    host = _host(parts)
    name = next((name for known, name in PARAMETERS.items() if _is_of(host, known)), None)
    return name or ("start" if _PEERTUBE.match(parts.path) else None)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _is_of(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")
