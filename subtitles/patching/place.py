"""Where a caption stands in the text of its file, and edits of that text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

Stretch = tuple[int, int]
"""Where a part of a text begins and ends, in characters."""

_TIME = re.compile(r"\s*[-−]?(?:(\d+):)?(\d+):(\d{1,2})(?:([.,:])\s?\d+)?\s*")


@dataclass(frozen=True)
class Edit:
    """A part of a text, and what replaces it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Place:
    """One caption in a text: the whole of it, its in-time, its out-time, and its words with their markup."""

    block: Stretch
    begin: Stretch
    end: Stretch
    body: Stretch


class CannotPatchError(ValueError):
    """The change cannot be made in the file as it is. The message says why."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits, which do not overlap; of several at one place the first comes first."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def time_like(old: str, milliseconds: int, digits: int = 3) -> str:
    """Return a clock time in the manner of an old one: its separator, its hours, with `digits` after the second."""
    found = _TIME.fullmatch(old)
    if found is None:
        raise CannotPatchError(f"{old.strip()[:40]!r} is not a clock time")
    unit = 10 ** (3 - digits)
    seconds, rest = divmod((milliseconds + unit // 2) // unit, 10**digits)
    hours, minutes = divmod(seconds // 60, 60)
    before = f"{hours:0{len(found[1] or '00')}}:" if found[1] or hours else ""
    return f"{before}{minutes:02}:{seconds % 60:02}{found[4] or '.'}{rest:0{digits}}"
