"""The front matter of a record: everything above the first speaker, where nobody speaks yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.dates import find_date, is_date_line
from asdelivered.transcripts.structure.heading import Heading
from asdelivered.transcripts.structure.names import has_role, is_address, looks_like_name
from asdelivered.transcripts.structure.occasion import (
    is_data_key,
    is_data_line,
    is_event_kind,
    is_introduction,
    is_publisher,
    names_event,
    place_of,
)
from asdelivered.transcripts.structure.participants import is_participant, participants_of
from asdelivered.transcripts.structure.phrases import ends_sentence
from asdelivered.transcripts.structure.procedure import has_leader, is_procedure
from asdelivered.transcripts.structure.speakers.label_shapes import Label
from asdelivered.transcripts.structure.titles import JOINING, ROLES

_FEWEST_LABELS = 2
_MOST_ROWS = 120
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+")
_VERSUS = re.compile(r"(?:v|vs|versus|against)\.?(?:\s|$)")
"""Between the parties of a case."""
_BY = re.compile(r"by\s+[^\W\d_]", re.IGNORECASE)
"""Whose event it was, in the row below its name."""
_LINE_NUMBER = re.compile(r"\s*\d{1,2}\s{2,}")
_SMALL = JOINING | ROLES | {"before"}
"""Words that make no line of speech on their own: "before the", "vice-présidente"."""
_MOST_SENTENCES = 3
"""Above the date, where a summary of the event may be."""
_SHORT = 8
"""Words. A line with a date that is no longer is not speech."""
_LONGER = 12
"""Words of such a line that does not end as a sentence does."""
_LONGEST_WITHOUT_CASE = 60
"""Characters of a line of a heading in a script without capitals."""
_SPOKEN_ENDS = (".", "!", "?", "…")
_SENTENCE = 4
"""Words. A line that ends a sentence and is at least this long may be speech."""


def with_front_matter(heading: Heading, rows: Sequence[Row], found: Mapping[int, Label]) -> Heading:
    """Return the heading extended down to the first of the labels `found`, unless somebody speaks in between."""
    first = _first_speaker(rows, found)
    above = [
        row for row in range(heading.end, min(first, len(rows))) if rows[row].content and not rows[row].kind
    ]
    if not above or len(found) < _FEWEST_LABELS or len(above) > _MOST_ROWS:
        return heading
    opened = max((at for at, row in enumerate(above) if _opens_proceedings(rows[row].content)), default=None)
    if heading.end and heading.speaker and len(above) > 1 and not heading.date:
        return heading
    date_at = max((at for at, row in enumerate(above) if is_date_line(rows[row].content)), default=0)
    sentences = sum(ends_sentence(rows[row].content) for row in above[:date_at])
    below_date = above[date_at:] if sentences <= _MOST_SENTENCES else above
    below_date = above[opened:] if opened is not None else below_date
    spoken = next(
        (
            row
            for before, row in pairwise([below_date[0] if opened is not None else above[0], *below_date])
            if not (
                _is_unspoken(rows[row].content) or is_data_key(rows[before].content) or is_italic(rows[row])
            )
        ),
        None,
    )
    if spoken is not None:  # what stands above the first sentence, down to a date, is the heading still
        dates = [row for row in above if row < spoken and _is_dated(rows[row].content)]
        if (
            not dates
            or heading.date
            or any(ends_sentence(rows[row].content) for row in above if row < dates[-1])
        ):
            return heading
        above = [row for row in above if row <= dates[-1]]
    texts = [rows[row].content for row in above]
    dated = [text for text in texts if find_date(text)]
    notes = {row for row in above if is_note(rows[row].content)}
    kinds = dict(heading.kinds) | {row: LineKind.NOTE if row in notes else LineKind.METADATA for row in above}
    title = heading.title
    if title is None and not heading.occasion:
        titles = [row for row in above if row not in notes and _is_title(rows[row].content)]
        # Below a letterhead: "THE WHITE HOUSE", "Office of the Press Secretary", "PRESS GAGGLE", "BY ...".
        if any(is_publisher(rows[row].content) for row in titles[:2]):
            events = (
                row for row in above if names_event(rows[row].content) or is_event_kind(rows[row].content)
            )
            titles = [*events] or titles
        named = next(iter(titles), None)
        if named is not None:
            kinds[named] = LineKind.TITLE
            by = next((row for row in above if row > named), None)
            lines = [named, *([by] if by is not None and _BY.match(rows[by].content) else [])]
            title = " ".join(" ".join(_LINE_NUMBER.sub("", rows[row].content).split()) for row in lines)
    place = heading.place or place_of([text for text in texts if text != title], None)
    if place is None and len(texts) == 1 and kinds[above[0]] is LineKind.METADATA and _is_town(texts[0]):
        place = texts[0]
    day = heading.date or next((find_date(text) for text in dated), None)
    people = (*heading.people, *participants_of(texts))
    return replace(
        heading, kinds=kinds, end=max(above) + 1, title=title, place=place, date=day, people=people
    )


def _first_speaker(rows: Sequence[Row], found: Mapping[int, Label]) -> int:
    """Return the row of the first label, skipping one that is alone without speech below it: that is a title."""
    first, *more = [*sorted(found)[:2], 0, 0][:2]
    if not more or not more[0] or sum(label.speaker == found[first].speaker for label in found.values()) > 1:
        return first
    below = [rows[row].content for row in range(first + 1, more[0]) if any(map(str.isalnum, rows[row].text))]
    alone = found[first].length == len(rows[first].text) and (
        not rows[first].content.endswith(":") or all(map(is_participant, below))
    )
    return more[0] if alone and below and all(map(_is_unspoken, below)) else first


def is_italic(row: Row) -> bool:
    """Return whether all of a row is in italics, as editors set what they add."""
    return 0 < len(row.content) <= sum(end - start for start, end in row.marked(Style.ITALIC))


def _is_title(text: str) -> bool:
    text = _LINE_NUMBER.sub("", text)
    return (
        not text.startswith("(")
        and any(map(str.isalpha, text))
        and not is_data_line(text)
        and not is_data_key(text)
        and not is_procedure(text.lstrip("- "))
        and not is_date_line(text)
    )


def _opens_proceedings(text: str) -> bool:
    """Return whether a line begins the record of a court, below its cover: "P R O C E E D I N G S"."""
    return "".join(_LINE_NUMBER.sub("", text).split()).casefold() == "proceedings"


def _is_dated(text: str) -> bool:
    longest = _LONGER if not ends_sentence(text) else _SHORT
    return len(text.split()) <= longest and find_date(text) is not None


def _is_unspoken(text: str) -> bool:
    if is_introduction(text):
        return True
    if is_procedure(text) or has_leader(text) or is_date_line(text) or is_data_line(text):
        return True
    if _is_dated(text):
        return True
    bare = _LINE_NUMBER.sub("", text)
    finished = ends_sentence(text) and len(text.split()) >= _SENTENCE
    if (bare.isupper() and not (finished and bare[-1] in _SPOKEN_ENDS)) or all(
        word in _SMALL for word in text.split()
    ):
        return True
    if _VERSUS.match(text):
        return True
    if _is_without_case(text[0]) and len(text) <= _LONGEST_WITHOUT_CASE:
        return not ends_sentence(text)
    if is_address(text) or not (text[0].isupper() or text[0].isdecimal() or text[0] in '([#*_-–—=„“"«§'):
        return False
    if looks_like_name(text.rpartition(": ")[2].rstrip(".")):
        return True
    words = text.split()
    return not (ends_sentence(text) and len(words) >= _SENTENCE and not _ABBREVIATED.fullmatch(words[-1]))


def _is_without_case(letter: str) -> bool:
    return letter.isalpha() and letter.upper() == letter.lower()


def _is_town(text: str) -> bool:
    return len(text.split()) <= 3 and looks_like_name(text) and not has_role(text)
