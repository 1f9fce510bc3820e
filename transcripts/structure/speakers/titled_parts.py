"""Headings of parts that look like speakers' names: "## Harbour Fees" on a page that names its speakers elsewise.

So does "REPORT OF THE COMMITTEE", which nothing marks, on a page that has a colon after its speakers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.names import is_role_only
from asdelivered.transcripts.structure.participants import is_participant
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers
from asdelivered.transcripts.structure.speakers.label_shapes import COLONS, Label
from asdelivered.transcripts.structure.titles import is_function

_FEWEST_OTHERS = 3
"""Labels that no heading marks, and that show so how the page names its speakers."""

DASHES = ("-", "–", "—")
"""What ends no heading: somebody breaks off."""
_FEWEST_WORDS = 3
"""Of a title above a label."""
_FEWEST_COLONS = 10
_MOST_BARE = 0.25
"""Rows without a colon for each label with one. More are another way to name speakers."""


def without_parts(rows: Sequence[Row], found: Mapping[int, Label], stated: Sequence[str]) -> dict[int, Label]:
    """Return the labels `found` without those that are the headings of parts of the event.

    A row that the format marks as a heading, without a colon, names a speaker on many pages. It doesn't where the
    page has at least as many labels of another kind, or where it states who speaks (`stated`), unless these name
    the same person or the heading says an office.
    """
    headings = {
        row
        for row, label in found.items()
        if rows[row].heading
        and rows[row].kind is not LineKind.SPEAKER
        and label.length >= len(rows[row].text)
        and not rows[row].content.endswith(tuple(COLONS))
    }
    others = [label.speaker or "" for row, label in found.items() if row not in headings]
    if not headings or not (stated or len(others) >= max(_FEWEST_OTHERS, len(headings))):
        return dict(found)
    known = KnownSpeakers().with_names([*stated, *filter(None, others)])
    return {
        row: label
        for row, label in found.items()
        if row not in headings or known.knows(label.speaker or "") or _says_office(label.speaker or "")
    }


def bare_rows(rows: Sequence[Row], found: Mapping[int, Label]) -> frozenset[int]:
    """Return the rows of the labels `found` that have no colon, on a page whose labels have one nearly always.

    These are rows of their own, and what stands before a dash: "Look, we -". One that names somebody who has a label
    with a colon, or that says an office or a single letter, is not among them.
    """
    titles = _titles_above_labels(rows, found)
    colons = {row for row, label in found.items() if _has_colon(rows[row].text[: label.length])}
    bare = {
        row
        for row, label in found.items()
        if row not in colons
        and rows[row].kind is not LineKind.SPEAKER
        and (
            (label.length >= len(rows[row].text) and not _has_colon(rows[row].text))
            or rows[row].text[: label.length].rstrip().endswith(DASHES)
        )
    }
    if len(colons) < _FEWEST_COLONS or len(bare) > _MOST_BARE * len(colons):
        return titles
    names = Counter(found[row].speaker or "" for row in colons)
    known = KnownSpeakers().with_names(name for name, count in names.items() if count > 1)
    others = {row: found[row].speaker or "" for row in bare if found[row].speaker not in names}
    return titles | frozenset(
        row
        for row, name in others.items()
        if len(name) > 1 and not known.knows(name) and not _says_office(name)
    )


def _titles_above_labels(rows: Sequence[Row], found: Mapping[int, Label]) -> frozenset[int]:
    titles: set[int] = set()
    within = {row for row, label in found.items() if label.length < len(rows[row].content)}
    for row, below in pairwise(sorted(found)):
        text = rows[row].content
        if (
            below in within
            and row not in within
            and rows[row].kind is not LineKind.SPEAKER
            and text.isupper()
            and not _has_colon(text)
            and len(text.split()) >= _FEWEST_WORDS
            and not any(any(map(str.isalnum, rows[number].text)) for number in range(row + 1, below))
        ):
            titles.add(row)
    return frozenset(titles)


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _says_office(name: str) -> bool:
    return is_function(name) or is_role_only(name) or is_participant(name)
