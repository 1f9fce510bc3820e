"""Texts for formats that know little: ASCII for lists that began on punched tape."""

from __future__ import annotations

from anyascii import anyascii


def ascii_line(text: str, width: int) -> str:
    """Return one line of text in printable ASCII, other letters spelled with Latin ones, at most `width` characters."""
    plain = "".join(char for char in anyascii(text) if char.isprintable())
    return plain if len(plain) <= width else f"{plain[: width - 3].rstrip()}..."
