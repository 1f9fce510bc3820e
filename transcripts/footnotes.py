"""Find the footnotes of a text that has no other sign of them: numbered lines at its end, which the text refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind

_NOTE = re.compile(
    r"\s*(?:\[\^(?P<name>[^\]\s]+)\]:|\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)]?(?=\s)|"
    r"(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<sign>\*{1,3}|†|‡)(?=\s))\s*\S"
)
_TITLE = re.compile(
    r"\W*(?:foot|end)?notes?\W*|\W*(?:fußnoten|anmerkungen|notas|note|notes\s+de\s+bas\s+de\s+page|voetnoten|przypisy)\W*",
    re.IGNORECASE,
)


def find_footnotes(rows: Sequence[Row]) -> set[int]:
    """The rows at the end of a text that are footnotes, with the line that says so.

    They begin with number one or a sign, and the text above has a mark that refers to them, or their title says
    what they are.
    """
    found: set[int] = set()
    first: re.Match[str] | None = None
    at = len(rows) - 1
    while at >= 0:
        row = rows[at]
        match = _NOTE.match(row.text)
        if match and row.kind is None:
            found.add(at)
            first = match
        elif row.content and any(map(str.isalnum, row.text)) and row.kind is not LineKind.FOOTNOTE:
            break
        at -= 1
    if not found or first is None:
        return set()
    titled = at >= 0 and _TITLE.fullmatch(rows[at].content) is not None
    if titled:
        return found | {at}
    return found if _is_first(first) and _is_referred_to(rows[: min(found)], first) else set()


def _is_first(note: re.Match[str]) -> bool:
    number = note["square"] or note["round"] or note["plain"] or note["raised"]
    return number in ("1", "¹", None)


def _is_referred_to(rows: Sequence[Row], note: re.Match[str]) -> bool:
    """Tell whether the text has a mark for a note."""
    if any(mark.style is Style.RAISED for row in rows for mark in row.marks):
        return True
    text = "".join(row.text for row in rows)
    name = note["name"]
    if name:
        return f"[^{name}]" in text
    sign = note["sign"]
    if sign:
        return re.search(rf"\S{re.escape(sign)}(?![*\w])", text) is not None
    return re.search(r"[^\s\[(]\[1\]|\w¹|[.,”»]¹|\w\(1\)", text) is not None
