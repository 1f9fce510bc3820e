"""Find the footnotes of a text without markup: numbered lines at its end that the text refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.phrases import ends_sentence

_NOTE = re.compile(
    r"\s*(?:\[\^(?P<name>[^\]\s]+)\]:|\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)]?(?=\s)|"
    r"(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<sign>\*{1,3}|†|‡)(?=\s))\s*\S"
)
_TITLE = re.compile(
    r"\W*(?:foot|end)?notes?\W*|\W*(?:fußnoten|anmerkungen|notas|note|notes\s+de\s+bas\s+de\s+page|voetnoten|przypisy)\W*",
    re.IGNORECASE,
)


_MOST_BELOW = 3
"""Lines below the footnotes, such as the address of the press office."""


def find_footnotes(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the kinds of the rows at the end of a text that are footnotes, their title, or below them.

    Footnotes begin with number one or a sign, and either the text above has a mark that refers to them or their title
    says what they are. Rows whose kind the format gives don't count.
    """
    filled = [number for number, row in enumerate(rows) if row.content and row.kind is None]
    below: list[int] = []
    while filled and len(below) < _MOST_BELOW and not _NOTE.match(rows[filled[-1]].text):
        if ends_sentence(rows[filled[-1]].content):
            return {}
        below.append(filled.pop())
    found: list[int] = []
    while filled and (
        _NOTE.match(rows[filled[-1]].text)
        or not any(map(str.isalnum, rows[filled[-1]].text))
        or _goes_on([rows[number].text for number in [*filled[-2:], *found[-1:]]])
    ):
        found.append(filled.pop())
    while found and not _NOTE.match(rows[found[-1]].text):
        filled.append(found.pop())
    if not found:
        return {}
    first = _NOTE.match(rows[found[-1]].text)
    title = [filled[-1]] if filled and _TITLE.fullmatch(rows[filled[-1]].content) else []
    if first and (title or (_is_first(first) and _is_referred_to(rows[: found[-1]], first))):
        return dict.fromkeys(below, LineKind.METADATA) | dict.fromkeys([*found, *title], LineKind.FOOTNOTE)
    return {}


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


def _is_first(note: re.Match[str]) -> bool:
    number = note["square"] or note["round"] or note["plain"] or note["raised"]
    return number in ("1", "¹", None)


def _is_referred_to(rows: Sequence[Row], note: re.Match[str]) -> bool:
    """Return whether the text has a mark that refers to a note."""
    if any(mark.style is Style.RAISED for row in rows for mark in row.marks):
        return True
    text = "".join(row.text for row in rows)
    name = note["name"]
    if name:
        return f"[^{name}]" in text
    sign = note["sign"]
    if sign:
        return re.search(rf"\S{re.escape(sign)}(?![*\w])", text) is not None
    return re.search(r"[^\s\[(]\[1\]|[.,;:!?»”]\s\[1\]|\w¹|[.,”»]¹|\w\(1\)", text) is not None
