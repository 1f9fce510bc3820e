"""Names with their office in the row below, as the records of companies' calls set speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.names import has_role, looks_like_name

_LONGEST_NAME, _LONGEST_OFFICE = 50, 120
"""Characters."""
_MOST_WORDS = 5
"""Words of a name; it has two at least."""
_FEWEST = 2
"""Names that come again with the same office below, for a page to set its speakers so."""
_LETTERS = frozenset("QA")
"""What may stand below an office: whether the speaker asks or answers."""


def find_offices(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows of names and of offices right below, where at least two come again with the same office.

    A name is `SPEAKER` if speech follows, and `METADATA` in a list of those present, where another name or a title
    does. Its office is always `METADATA`.
    """
    pairs = [number for number in range(len(rows) - 2) if _may_be_pair(rows[number], rows[number + 1])]
    counts = Counter((rows[number].content, rows[number + 1].content) for number in pairs)
    again = {pair for pair, count in counts.items() if count > 1 and _is_pair(*pair)}
    if len(again) < _FEWEST:
        return {}
    names = {number for number in pairs if _is_pair(rows[number].content, rows[number + 1].content)}
    found: dict[int, LineKind] = {}
    for name in sorted(names):
        below = name + 2
        found[name + 1] = LineKind.METADATA
        if rows[below].content in _LETTERS:
            found[below] = LineKind.METADATA
            below += 1
        speaks = below not in names and _begins_speech(rows, below)
        found[name] = LineKind.SPEAKER if speaks else LineKind.METADATA
    return found


def _may_be_pair(name: Row, office: Row) -> bool:
    """Return whether two rows may be a name and an office, without looking closely, as most rows are sentences."""
    first, second = name.text, office.text
    return (
        len(first) <= _LONGEST_NAME
        and len(second) <= _LONGEST_OFFICE
        and first[:1].isupper()
        and second[:1].isupper()
        and name.kind is None
        and office.kind is None
        and not first.isupper()
        and first.rstrip()[-1:].isalpha()
    )


def _is_pair(name: str, office: str) -> bool:
    named = 2 <= len(name.split()) <= _MOST_WORDS and looks_like_name(name) and not has_role(name)
    return named and has_role(office) and "?" not in office and looks_like_name(office.rstrip("."))


def _begins_speech(rows: Sequence[Row], number: int) -> bool:
    """Return whether the next row with words is no title in capitals."""
    content = next((row.content for row in rows[number:] if row.content), "")
    return not content.isupper() and any(map(str.isalnum, content))
