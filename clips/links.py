"""Links into a recording, at the second at which something was said."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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
"""For hosts that take the start in their own way: the name of the parameter. It is in whole seconds."""


def link_to(address: str, span: TimeSpan) -> str:
    """Return a link to what is said during `span` in the recording at an address on the web.

    Hosts of videos get their own parameter; every other address a W3C Media Fragment ("#t=12.3,18.9").
    Raises UsageError where the address is none.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise UsageError(f"--url {address!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https", "file") or (parts.scheme != "file" and not host):
        raise UsageError(f"--url {address!r} is no address: give one that begins with https://")
    name = next((name for known, name in PARAMETERS.items() if _is_of(host, known)), None)
    if name is None:
        return urlunsplit(parts._replace(fragment=_fragment(span)))
    if "/embed/" in parts.path:
        name = "start"
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    query.append((name, str(span.start // 1000)))
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def link_to_file(path: Path, span: TimeSpan) -> str:
    """Return a link to what is said during `span` in a file on this machine."""
    return f"{plain_path(path).as_uri()}#{_fragment(span)}"


def _fragment(span: TimeSpan) -> str:
    """Return the temporal dimension of a Media Fragment URI 1.0 (section 4.2.1): seconds."""
    start, end = (f"{time / 1000:.3f}".rstrip("0").rstrip(".") for time in (span.start, span.end))
    return f"t={start},{end}"


def _is_of(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")
