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
_OPENING = ("(", "（")
_LONGEST = 14
"""Words of a heading that only print or place marks."""
_FEWEST_LETTERS = 3
_FEWEST_LABELS = 3
"""Labels that show what stands between turns."""
_MOST = 0.2
"""A share of the rows. More are how a page is written."""


def find_headings(rows: Sequence[Row], taken: Collection[int], end: int) -> dict[int, LineKind]:
    """Return the headings within the body: those that the format marks, and short bold rows where these are few."""
    rest = {number: text for number, text in _contents(rows, end).items() if number not in taken}
    marked = {number for number, text in rest.items() if rows[number].heading or _STARRED.fullmatch(text)}
    bold = {number for number in rest if rows[number].marks and _is_bold(rows[number])}
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
    body = _contents(rows, end)
    mixed = not is_in_capitals(body.values())
    found: dict[int, LineKind] = {}
    begins = True
    for number, above in zip(reversed(body), [*reversed(body.values()), ""][1:], strict=True):
        text = body[number]
        if number in labels:
            begins = True
            continue
        # Elsewhere than right above a label, only what is in brackets looks like no speech.
        if not begins and not text.startswith(_OPENING):
            continue
        if number in kinds or rows[number].kind or _is_report(text):
            continue
        kind = _loose_kind(text, mixed=mixed)
        kind = kind if begins or kind is LineKind.NOTE else None
        if kind and (_is_apart(rows, number) or ends_sentence(above)):
            found[number] = kind
        else:
            begins = False
    return found if len(found) <= max(len(labels), _MOST * len(body)) else {}


def _contents(rows: Sequence[Row], begin: int) -> dict[int, str]:
    """Return what the rows from `begin` on say, by their numbers, without those that say nothing."""
    return {number: text for number in range(begin, len(rows)) if (text := rows[number].content)}


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


def _loose_kind(text: str, *, mixed: bool) -> LineKind | None:
    """Return what a row right above a label is, if it looks like no speech."""
    if _IN_BRACKETS.fullmatch(text):
        inaudible = bracket_kind(text.strip("().,;:（）"), square=False) is TokenKind.UNKNOWN
        return None if inaudible else LineKind.NOTE
    if ends_sentence(text) or len(text.split()) > _LONGEST or is_address(text):
        return None
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return None
    return LineKind.HEADING if (mixed and text.isupper()) or is_short_without_case(text) else None


def _is_apart(rows: Sequence[Row], number: int) -> bool:
    """Return whether there is nothing right above a row."""
    return number == 0 or not rows[number - 1].content


def _is_bold(row: Row) -> bool:
    text = row.content
    if row.kind or ends_sentence(text) or len(text.split()) > _LONGEST:
        return False
    return sum(end - start for start, end in row.marked(Style.BOLD)) >= len(text)
