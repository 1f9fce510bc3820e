"""Find the footnotes of a text without markup: numbered lines at its end that the text refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.phrases import ends_sentence

_NOTE = re.compile(
    r"\s*(?:\[\^(?P<name>[^\]\s]+)\]:|\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)]?(?=\s)|"
    r"(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<sign>\*{1,3}|†|‡)(?=\s))\s*\S"
)
_REFERENCE = re.compile(
    r"(?<=\S)\[\^(?P<name>[^\]\s]+)\]|(?<=[^\s*])(?P<sign>\*{1,3}|†|‡)(?![*\w])|"
    r"[^\s\[(]\[1\]|[.,;:!?»”]\s\[1\]|\w¹|[.,”»]¹|\w\(1\)"
)
"""A mark that refers to a footnote: one with a name, a sign, or the number one."""
_TITLE = re.compile(
    r"\W*(?:foot|end)?notes?\W*|\W*(?:fußnoten|anmerkungen|notas|note|notes\s+de\s+bas\s+de\s+page|voetnoten|przypisy)\W*",
    re.IGNORECASE,
)


_MOST_BELOW = 3
"""Lines below the footnotes, such as the address of the press office."""


def find_footnotes(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the kinds of the rows at the end of a text that are footnotes, their title, or below them.

    Footnotes begin with number one or a sign, and either the text above has a mark that refers to them or their title
    says what they are. Rows whose kind the format gives don't count, and where it gives the footnotes, there are no
    others: "1. We build the quay" is said.
    """
    if any(row.kind is LineKind.FOOTNOTE for row in rows):
        return {}
    filled = [number for number, row in enumerate(rows) if row.content and row.kind is None]
    below: list[int] = []
    while filled and len(below) < _MOST_BELOW and not _NOTE.match(rows[filled[-1]].text):
        if ends_sentence(rows[filled[-1]].content):
            return {}
        below.append(filled.pop())
    found: list[int] = []
    while filled and (
        (_NOTE.match(rows[filled[-1]].text) and not _begins_again(rows, filled[-1], found))
        or not any(map(str.isalnum, rows[filled[-1]].text))
        or _goes_on([rows[number].text for number in [*filled[-2:], *found[-1:]]])
    ):
        found.append(filled.pop())
    title = [filled[-1]] if filled and _TITLE.fullmatch(rows[filled[-1]].content) else []
    # What the speaker counts right above the footnotes looks like them, but nothing refers to it.
    references = _references(rows) if found and not title else {}
    while found and not title and not _is_begun(rows, found[-1], references):
        filled.append(found.pop())
    while found and not _NOTE.match(rows[found[-1]].text):
        filled.append(found.pop())
    if not found:
        return {}
    return dict.fromkeys(below, LineKind.METADATA) | dict.fromkeys([*found, *title], LineKind.FOOTNOTE)


def _begins_again(rows: Sequence[Row], number: int, below: Sequence[int]) -> bool:
    """Return whether a row has the number of a footnote below it, or a higher one, and so belongs to something else."""
    own = _number(rows[number].text)
    following = next(
        (_number(rows[row].text) for row in reversed(below) if _NOTE.match(rows[row].text)), None
    )
    return own is not None and following is not None and own >= following


def _goes_on(texts: Sequence[str]) -> bool:
    """Return whether a row is the second paragraph of a footnote: those above and below have successive numbers."""
    if len(texts) < 3:
        return False
    above, below = _number(texts[0]), _number(texts[-1])
    return above is not None and below == above + 1


def _number(text: str) -> int | None:
    """Return the number of a footnote in figures."""
    note = _NOTE.match(text)
    number = note and (note["square"] or note["round"] or note["plain"])
    return int(number) if number else None


def _is_begun(rows: Sequence[Row], number: int, references: Mapping[str, int]) -> bool:
    """Return whether a row is the first of the footnotes below it: `references` above it refer to it."""
    note = _NOTE.match(rows[number].text)
    mark = note and _first_mark(note)
    return mark is not None and references.get(mark, number) < number


def _first_mark(note: re.Match[str]) -> str | None:
    """Return the mark that refers to a footnote which may be the first one; None for a later one."""
    number = note["square"] or note["round"] or note["plain"] or note["raised"]
    if number:
        return "1" if number in ("1", "¹") else None
    return f"^{note['name']}" if note["name"] else note["sign"]


def _references(rows: Sequence[Row]) -> dict[str, int]:
    """Return the marks within the text that refer to first footnotes, each with the first row that has it."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        text = row.text
        for start, end in row.marked(Style.RAISED) if row.marks else ():
            found.setdefault(text[start:end].strip("[]() "), number)
        for mark in _REFERENCE.finditer(text):
            found.setdefault(f"^{mark['name']}" if mark["name"] else mark["sign"] or "1", number)
    return found
