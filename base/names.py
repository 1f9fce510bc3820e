"""Names for files and folders that are valid on Linux, macOS and Windows, and differ there, too."""

from __future__ import annotations

import re
import unicodedata

from pathvalidate import sanitize_filename

LONGEST = 120
"""Characters of a name. A path on Windows has at most 260, and a name on Linux 255 bytes."""
_MOST_BYTES = 255
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_HALVES = re.compile(r"[\ud800-\udfff]+")


def portable_name(text: str, longest: int = LONGEST, instead: str = "_", default: str = "file") -> str:
    """Return `text` as a name that a file can have on every system; `default` where nothing of it is left.

    It has no separator, colon, wildcard or control character (`instead` takes their place), no dot at its start, no dot
    or blank at its end, is no device of Windows (con, nul, com1 ...), and has at most `longest` characters.

    Examples:
        >>> from asdelivered.base.names import portable_name
        >>> portable_name('Q&A: "what next?". ')
        'Q&A_ _what next__'
        >>> portable_name("con.txt")
        'con_.txt'

    """
    # macOS takes letters apart (NFD), so the same name may come in two forms.
    plain = unicodedata.normalize("NFC", _HALVES.sub("\N{REPLACEMENT CHARACTER}", text))
    name = sanitize_filename(plain, replacement_text=instead, platform="universal").lstrip(". ")[:longest]
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    name = name.rstrip(". ")
    # Cutting may have made a device of it.
    return (f"_{name[1:]}" if _DEVICE.match(name) else name) or default


def folded(name: str) -> str:
    """Return a name as macOS and Windows compare it: without regard to capitals and composed letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
