"""Recordings that browsers play: their media types, and whether they have a picture."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
"""By file extension."""
_PICTURES = tuple(ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("video/"))


def shows_picture(address: str) -> bool:
    """Return whether the recording at an address has a picture, by its file extension."""
    return urlsplit(address).path.lower().endswith(_PICTURES)


def media_type_of(address: str) -> str:
    """Return the media type of the recording at an address, by its file extension; "audio/mpeg" where that is new.

    >>> media_type_of("https://example.org/talk.mp4?x=1")
    'video/mp4'
    """
    return MEDIA_TYPES.get(PurePosixPath(urlsplit(address).path).suffix.lower(), "audio/mpeg")
