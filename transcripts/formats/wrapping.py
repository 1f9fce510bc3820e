"""Undo the line wrapping of old web sites, mail programs and editors.

A text is wrapped if nearly all its lines break where the next word would not have fitted, and many in the middle of a
sentence. Lines that people broke themselves, one per sentence or thought, stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from asdelivered.transcripts.document import Row

NARROWEST, WIDEST = 40, 120
"""The widths, in characters, that a text may be wrapped at."""
_SAMPLE = 3000
"""How many rows are looked at."""
_FEWEST = 4
"""Pairs of lines. With fewer there is too little to go by."""
_FULL = 0.9
"""At least this share of the pairs break where the next word would not fit."""
_NEARLY = 0.85
"""A share of the width. A longer line that ends no sentence continues, whatever the next word."""
_UNFINISHED = 0.3
"""At least this share of those break in the middle of a sentence. Where fewer do, each line is a sentence."""
_LONGER = 0.05
"""At most this share of the pairs, but always one, is longer than the width."""
_USUAL = 0.2
"""At least this share of the rows are indented no further than the lines within paragraphs."""
_ENDS = (".", "!", "?", "…", ":", ";", ".”", "!”", "?”", '."', '?"', '!"', ".)", ".»", "*", "-")


def unwrapped(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with those of one paragraph joined; no character is changed."""
    if len(rows) <= _FEWEST:
        return tuple(rows)
    base = _usual_indent(rows[:_SAMPLE])
    width = _width(rows[:_SAMPLE], base)
    if width is None:
        return tuple(rows)
    joined: list[Row] = []
    for number, row in enumerate(rows):
        if number and joined[-1].content and _goes_on(rows[number - 1], row, width, base):
            joined[-1] = joined[-1].joined(row)
        else:
            joined.append(row)
    return tuple(joined)


def _width(rows: Sequence[Row], base: int) -> int | None:
    """Return the width at which the rows were wrapped; None where they were not.

    A few lines may be longer: an address, or a line of the heading, that nobody wrapped.
    """
    pairs = [
        (one, other)
        for one, other in pairwise(rows)
        if one.content and other.content and one.kind is other.kind is None and _indent(other) <= base
        if not (one.content.startswith("[") and one.content.endswith("]"))
    ]
    if len(pairs) < _FEWEST:
        return None
    lengths = Counter(len(row.text.rstrip()) for row in rows)
    longer = 0
    for width in sorted(lengths, reverse=True):
        if longer > max(1, _LONGER * len(pairs)):
            break
        within = [(one, other) for one, other in pairs if len(one.text.rstrip()) <= width]
        if within and _is_width(width, within):
            return width
        longer += lengths[width]
    return None


def _is_width(width: int, pairs: Sequence[tuple[Row, Row]]) -> bool:
    full = [one for one, other in pairs if not (one.heading or other.heading) and _is_full(one, other, width)]
    unfinished = sum(not one.content.endswith(_ENDS) for one in full)
    if not NARROWEST <= width <= WIDEST or len(full) < _FULL * len(pairs):
        return False
    return unfinished >= _UNFINISHED * len(full)


def _goes_on(one: Row, other: Row, width: int, base: int) -> bool:
    """Return whether a row is continued in the next one."""
    if not one.content or not other.content or one.kind or other.kind or one.heading or other.heading:
        return False
    return _indent(other) <= base and _is_full(one, other, width)


def _is_full(one: Row, other: Row, width: int) -> bool:
    """Return whether the first word of a row would not have fitted on the one above."""
    length = len(one.text.rstrip())
    if length > width:
        return False
    unfinished = length > _NEARLY * width and not one.content.endswith(_ENDS)
    return unfinished or length + 1 + len(other.text.split(maxsplit=1)[0]) > width


def _indent(row: Row) -> int:
    return len(row.text) - len(row.text.lstrip(" \t"))


def _usual_indent(rows: Sequence[Row]) -> int:
    """Return how far the lines within paragraphs are indented; rows indented further begin a paragraph.

    Where most paragraphs are short, more rows begin one than go on.
    """
    indents = Counter(_indent(row) for row in rows if row.content)
    usual = (indent for indent, count in indents.items() if count >= _USUAL * indents.total())
    return min(usual, default=0)
