"""Headings and reports between turns: those that the format marks, and those that only their place shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from asdelivered.transcripts.brackets import bracket_kind, is_note
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind, TokenKind
from asdelivered.transcripts.structure.names import is_address, is_short_without_case
from asdelivered.transcripts.structure.occasion import delivery_of, is_time_of_day, is_timestamp
from asdelivered.transcripts.structure.phrases import ends_sentence, is_in_capitals, is_section
from asdelivered.transcripts.structure.procedure import is_procedure
from asdelivered.transcripts.structure.speakers.label_shapes import Label

_STARRED = re.compile(r"\*\*[^*.?!]{1,80}|【[^【】]{1,40}】")
"""A heading as marked in plain text: "**Haiti", "【質疑応答】"."""
_IN_BRACKETS = re.compile(r"\([^()]+\)[.,;:]?|（[^（）]+）")
_LONGEST = 14
"""Words of a heading that only print or place marks."""
_FEWEST_LETTERS = 3
_FEWEST_LABELS = 3
"""Labels that show what stands between turns."""
_MOST = 0.2
"""A share of the rows. More are how a page is written."""


def find_headings(rows: Sequence[Row], taken: Collection[int], end: int) -> dict[int, LineKind]:
    """Return the headings within the body: those that the format marks, and short bold rows where these are few."""
    rest = [number for number in range(end, len(rows)) if number not in taken and rows[number].content]
    marked = {number for number in rest if rows[number].heading or _STARRED.fullmatch(rows[number].content)}
    bold = {number for number in rest if _is_bold(rows[number])}
    if len(bold) <= _MOST * len(rest):
        marked |= bold
    return dict.fromkeys(marked, LineKind.HEADING)


def find_loose_headings(
    rows: Sequence[Row], labels: Mapping[int, Label], kinds: Mapping[int, LineKind], end: int
) -> dict[int, LineKind]:
    """Return the rows of a page with labels that look like no speech, though nothing but their place marks them.

    These are rows in brackets that stand apart, "(The sitting was held up for an hour by the snow.)", and right above
    a label or last on the page headings in capitals on a page that is written in small letters, and short ones in
    scripts without capitals: "QUESTIONS", "質疑応答". Somebody may say such a thing, so the recording decides.
    """
    if len(labels) < _FEWEST_LABELS:
        return {}
    body = [number for number in range(end, len(rows)) if rows[number].content]
    mixed = not is_in_capitals(rows[number].text for number in body)
    found: dict[int, LineKind] = {}
    begins = True
    for place in range(len(body) - 1, -1, -1):
        number = body[place]
        if number in labels:
            begins = True
            continue
        if number in kinds or rows[number].kind or _is_report(rows[number].content):
            continue
        kind = _loose_kind(rows[number], mixed=mixed)
        kind = kind if begins or kind is LineKind.NOTE else None
        above = rows[body[place - 1]].content if place else ""
        if kind and (_is_apart(rows, number) or ends_sentence(above)):
            found[number] = kind
        else:
            begins = False
    return found if len(found) <= max(len(labels), _MOST * len(body)) else {}


def _is_report(text: str) -> bool:
    """Return whether a row is no speech whatever stands around it."""
    return (
        not any(map(str.isalnum, text))
        or is_note(text)
        or is_procedure(text.strip("()"))
        or is_section(text)
        or is_time_of_day(text)
        or is_timestamp(text)
        or (text.startswith("(") and delivery_of(text) is not None)
    )


def _loose_kind(row: Row, *, mixed: bool) -> LineKind | None:
    """Return what a row right above a label is, if it looks like no speech."""
    text = row.content
    if _IN_BRACKETS.fullmatch(text):
        inaudible = bracket_kind(text.strip("().,;:（）"), square=False) is TokenKind.UNKNOWN
        return None if inaudible else LineKind.NOTE
    letters = sum(map(str.isalpha, text))
    if ends_sentence(text) or letters < _FEWEST_LETTERS or len(text.split()) > _LONGEST or is_address(text):
        return None
    return LineKind.HEADING if (mixed and text.isupper()) or is_short_without_case(text) else None


def _is_apart(rows: Sequence[Row], number: int) -> bool:
    """Return whether there is nothing right above a row."""
    return number == 0 or not rows[number - 1].content


def _is_bold(row: Row) -> bool:
    if not row.marks:
        return False
    text = row.content
    if row.kind or ends_sentence(text) or len(text.split()) > _LONGEST:
        return False
    return sum(end - start for start, end in row.marked(Style.BOLD)) >= len(text)
