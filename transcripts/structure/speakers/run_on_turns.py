"""Turns that run on within a paragraph: "Jane: In May. Tom: And who pays?" becomes a row for each.

A name and a colon in the middle of a paragraph are a label where a sentence ends before them, speech begins with a
capital after them, and the page has shown that the name is a label: paragraphs begin with it too, or it comes again
and again in such places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.structure.names import is_announcement, looks_like_name
from asdelivered.transcripts.structure.titles import COURTESY, is_function

_NAME = r"(?P<name>[^\W\d_a-zà-ÿ][\w.'’-]*(?:\s[^\W\d_a-zà-ÿ][\w.'’-]*){0,3})"
_SPEECH = r":\s+(?=[\"“„«¿¡(\[]?(?:[^\W\d_a-zà-ÿ]|\d))"
_FIRST = re.compile(rf"\s*{_NAME}{_SPEECH}")
_INSIDE = re.compile(rf"(?<=[.!?…)\]\"”])\s+(?={_NAME}{_SPEECH})")
_FEWEST_FIRST = 2
"""Paragraphs that begin with a name which is a label within paragraphs too."""
_FEWEST_INSIDE = 3
"""Times that any other name comes within paragraphs."""


def part_turns(rows: Sequence[Row]) -> tuple[tuple[Row, ...], frozenset[int]]:
    """Return the rows, with turns that run on parted, and the new row where the page has just one."""
    found = {
        number: inside
        for number, row in enumerate(rows)
        if ":" in row.text and not row.kind and (inside := list(_inside(row.text)))
    }
    if not found:
        return tuple(rows), frozenset()
    first = Counter(match["name"] for row in rows if not row.kind and (match := _FIRST.match(row.text)))
    within = Counter(match["name"] for inside in found.values() for match in inside)
    labels = {
        name
        for name in within
        if (first[name] >= _FEWEST_FIRST or (first[name] + within[name] >= _FEWEST_INSIDE and first))
        and (is_function(name) or looks_like_name(name))
        and not is_announcement(name)
    }
    parted: list[Row] = []
    begun: list[int] = []
    for number, row in enumerate(rows):
        places = [match.end() for match in found.get(number, ()) if match["name"] in labels]
        begun += range(len(parted) + 1, len(parted) + 1 + len(places))
        parted += _parts(row, places)
    return tuple(parted), frozenset(begun if len(begun) == 1 else ())


def _inside(text: str) -> Iterator[re.Match[str]]:
    """Yield the names before a colon within a text; the full stop of "Ms. Hill:" ends no sentence before a name."""
    first = _FIRST.match(text)
    until = first.end() if first else 0
    for match in _INSIDE.finditer(text):
        before = text[: match.start()].split()[-1]
        if match.end() >= until and before.strip(".").lower() not in COURTESY:
            yield match
            until = match.end("name")


def _parts(row: Row, places: Sequence[int]) -> Iterator[Row]:
    """Yield a row in parts that begin at the given places."""
    if not places:
        yield row
        return
    for begin, end in zip((0, *places), (*places, len(row.text)), strict=True):
        yield row.part(begin, end)
