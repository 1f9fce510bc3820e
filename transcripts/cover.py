"""The cover of a record: what stands above the first speaker, where nobody speaks yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from asdelivered.transcripts import labels
from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.dates import find_date, is_date_line
from asdelivered.transcripts.document import Row
from asdelivered.transcripts.heading import Heading
from asdelivered.transcripts.inline_labels import Label
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.occasion import is_data, people_of, place_of
from asdelivered.transcripts.procedure import has_leader, is_procedure

_FEWEST_LABELS = 2
_MOST_ROWS = 120
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+")
_LINE_NUMBER = re.compile(r"\s*\d{1,2}\s{2,}")
_SHORT = 8
"""Words of a line that has a date and is no speech."""
_SENTENCE = 4
"""Words of a line that ends a sentence, from which on somebody may speak it."""


def with_cover(heading: Heading, rows: Sequence[Row], found: Mapping[int, Label]) -> Heading:
    """The heading and what stands between it and the first of the labels `found`, unless somebody speaks there."""
    first = min(found, default=0)
    above = [
        row for row in range(heading.end, min(first, len(rows))) if rows[row].content and not rows[row].kind
    ]
    if not above or len(found) < _FEWEST_LABELS or len(above) > _MOST_ROWS:
        return heading
    if heading.end and heading.speaker and len(above) > 1 and not heading.date:
        return heading
    if not all(_is_unspoken(rows[row].content) for row in above):
        return heading
    texts = [rows[row].content for row in above]
    dated = [text for text in texts if find_date(text)]
    notes = {row for row in above if is_note(rows[row].content)}
    kinds = dict(heading.kinds) | {row: LineKind.NOTE if row in notes else LineKind.METADATA for row in above}
    title = heading.title
    if title is None and not heading.occasion:
        named = next((row for row in above if row not in notes and _is_title(rows[row].content)), None)
        if named is not None:
            kinds[named] = LineKind.TITLE
            title = " ".join(_LINE_NUMBER.sub("", rows[named].content).split())
    place = heading.place or place_of([text for text in texts if text != title], None)
    if place is None and len(texts) == 1 and kinds[above[0]] is LineKind.METADATA and _is_town(texts[0]):
        place = texts[0]
    day = heading.date or next((find_date(text) for text in dated), None)
    people = (*heading.people, *people_of(texts))
    return replace(
        heading, kinds=kinds, end=max(above) + 1, title=title, place=place, date=day, people=people
    )


def _is_title(text: str) -> bool:
    text = _LINE_NUMBER.sub("", text)
    return (
        not text.startswith("(")
        and any(map(str.isalpha, text))
        and not is_data(text)
        and not is_date_line(text)
    )


def _is_unspoken(text: str) -> bool:
    if is_procedure(text) or has_leader(text) or is_date_line(text) or is_data(text):
        return True
    if labels.is_address(text) or not (
        text[0].isupper() or text[0].isdecimal() or text[0] in '([#*_-–—=„“"«'
    ):
        return False
    if labels.looks_like_name(text.rpartition(": ")[2].rstrip(".")):
        return True
    words = text.split()
    if len(words) <= _SHORT and find_date(text):
        return True
    return not (
        labels.ends_sentence(text) and len(words) >= _SENTENCE and not _ABBREVIATED.fullmatch(words[-1])
    )


def _is_town(text: str) -> bool:
    return len(text.split()) <= 3 and labels.looks_like_name(text) and not labels.has_role(text)
