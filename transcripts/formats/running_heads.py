"""Running heads of printed pages that a program wrote out as plain text: seen between two lines, and not said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_GAP = re.compile(r"\t|\s{3,}")
"""What parts the left, the middle and the right of a head."""
_PAGE = re.compile(r"(\d{1,4})(?:/\d{1,4})?|page\s+(\d{1,4})(?:\s+of\s+\d{1,4})?", re.IGNORECASE)
_MOST_PARTS = 4
_LONGEST = 160
"""Characters."""
_FEWEST = 2
_SHORTEST = 4
"""Rows of a page."""
_SENTENCE_ENDS = (".", "!", "?", ":", "…")


def mark_running_heads(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with running heads marked as furniture.

    A head has several parts far apart, one of which is the number of a page, and comes again with the next number. What
    stands right above or below it on several pages, with parts far apart as well, is a head too.
    """
    parted = {
        number: parts
        for number, row in enumerate(rows)
        if _GAP.search(row.text) and row.kind is None and not row.marks and (parts := _parts(row.content))
    }
    if len(parted) < _FEWEST:
        return tuple(rows)
    alike: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for number, parts in parted.items():
        alike[_without_numbers(parts)].append(number)
    heads = {
        number
        for numbers in alike.values()
        if len(numbers) >= _FEWEST
        and all(other - one > _SHORTEST for one, other in pairwise(numbers))
        and _are_numbered([parted[number] for number in numbers])
        for number in numbers
    }
    filled = [number for number, row in enumerate(rows) if row.content]
    beside = {one for one, other in pairwise(filled) if other in heads} | {
        other for one, other in pairwise(filled) if one in heads
    }
    for numbers in alike.values():
        if len(beside.intersection(numbers)) >= _FEWEST:
            heads.update(numbers)
    if not heads:
        return tuple(rows)
    return tuple(
        replace(row, kind=LineKind.FURNITURE) if number in heads else row for number, row in enumerate(rows)
    )


def _parts(text: str) -> tuple[str, ...]:
    """Return the parts of what may be a head; () for any other row."""
    if len(text) > _LONGEST:
        return ()
    parts = tuple(_GAP.split(text))
    may_be = 2 <= len(parts) <= _MOST_PARTS and not text.endswith(_SENTENCE_ENDS)
    return parts if may_be and any(map(str.isdecimal, text)) else ()


def _without_numbers(parts: Sequence[str]) -> frozenset[str]:
    """Return what heads of left and right pages have in common."""
    return frozenset(re.sub(r"\d+", "#", part) for part in parts)


def _are_numbered(heads: Sequence[Sequence[str]]) -> bool:
    """Return whether each head has the number of a page, and the numbers go on by one or two."""
    pages = [
        next((int(found[1] or found[2]) for part in parts if (found := _PAGE.fullmatch(part))), None)
        for parts in heads
    ]
    return all(
        one is not None and other is not None and 0 < other - one <= 2 for one, other in pairwise(pages)
    )
