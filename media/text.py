"""Text that lists and file formats can hold: on one line, or in ASCII."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters and others that XML forbids."""
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_text(char))
    return " ".join(kept.split())


def ascii_line(text: str, width: int) -> str:
    """Return one line of printable ASCII, at most `width` characters long; other letters are transliterated."""
    plain = "".join(char for char in anyascii(text) if char.isprintable())
    return plain if len(plain) <= width else f"{plain[: width - 3].rstrip()}..."


def _is_text(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE
