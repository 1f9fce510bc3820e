"""Characters that nobody sees, which web editors and word processors leave in a text, and blanks that look alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Mark, Row

_UNSPACED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3"
"""Thai, Lao, Burmese and Khmer: a zero-width space between two of their letters parts words, so it stays."""
_INVISIBLE = re.compile(
    rf"\u00ad(?:[ \t]*\r?\n[ \t]*(?=[^\W\d_]))?|[\u2060\ufeff]|(?<![{_UNSPACED}])\u200b|\u200b(?![{_UNSPACED}])"
)
"""Soft hyphens, with the line break that one stands before, word joiners, byte-order marks and zero-width spaces."""
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Most rows have none of them, which is soon seen."""
_LIKE_BLANKS = re.compile("[\u00a0\u2007\u202f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(
    r"(?<!\A\w)[\u00a0\u2007\u202f]|(?<!\S)[\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u200e\u200f\u202a-\u202e\u2066-\u2069](?=[\s:]|\Z)"
)
"""No-break spaces, but for one that parts a single letter from what it says, and marks of direction around words."""


def without_invisible(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows without the characters that nobody sees; marks of direction and joiners stay, since they show."""
    return tuple(row if row.text.isascii() or not _HIDDEN.search(row.text) else _visible(row) for row in rows)


def hides_any(text: str) -> bool:
    """Return whether a text has characters that nobody sees."""
    return not text.isascii() and _HIDDEN.search(text) is not None


def visible(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return _INVISIBLE.sub("", text) if hides_any(text) else text


def _visible(row: Row) -> Row:
    removed = [found.span() for found in _INVISIBLE.finditer(row.text)]
    if not removed:
        return row
    places = [place for start, end in removed for place in range(start, end)]
    marks = (
        Mark(
            mark.start - bisect_left(places, mark.start), mark.end - bisect_left(places, mark.end), mark.style
        )
        for mark in row.marks
    )
    return replace(
        row, text=_INVISIBLE.sub("", row.text), marks=tuple(mark for mark in marks if mark.start < mark.end)
    )


def with_plain_blanks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with a plain blank for each no-break space and mark of direction; their lengths stay."""
    return tuple(
        row
        if row.text.isascii() or not _LIKE_BLANKS.search(row.text)
        else replace(row, text=_BLANKS.sub(" ", row.text))
        for row in rows
    )
