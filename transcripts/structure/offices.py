"""Names with their office in the row below, as the records of companies' calls set speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

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
    filled = [number for number, row in enumerate(rows) if not row.text.isspace()]
    # Most rows are sentences: those that go on in small letters are passed over without looking closely.
    pairs = {
        one: other
        for one, other in pairwise(filled)
        if not ("a" <= rows[one].text[:1] <= "z" or "a" <= rows[other].text[:1] <= "z")
        and _may_be_pair(rows[one], rows[other])
    }
    texts = {one: (rows[one].content, rows[other].content) for one, other in pairs.items()}
    counts = Counter(texts.values())
    if sum(count > 1 and _is_pair(*pair) for pair, count in counts.items()) < _FEWEST:
        return {}
    names = {number for number in pairs if _is_pair(*texts[number])}
    following = dict(pairwise(filled))
    found: dict[int, LineKind] = {}
    for name in sorted(names):
        office = pairs[name]
        found[office] = LineKind.METADATA
        below = following.get(office)
        if below is not None and rows[below].content in _LETTERS:
            found[below] = LineKind.METADATA
            below = following.get(below)
        speaks = below is not None and below not in names and _begins_speech(rows[below])
        found[name] = LineKind.SPEAKER if speaks else LineKind.METADATA
    return found


def _may_be_pair(name: Row, office: Row) -> bool:
    """Return whether two rows may be a name and an office, by their length and capitals."""
    if len(name.text) > _LONGEST_NAME or len(office.text) > _LONGEST_OFFICE or name.kind or office.kind:
        return False
    first, second = name.content, office.content
    return first[:1].isupper() and second[:1].isupper() and not first.isupper() and first[-1:].isalpha()


def _is_pair(name: str, office: str) -> bool:
    named = 2 <= len(name.split()) <= _MOST_WORDS and looks_like_name(name) and not has_role(name)
    return named and has_role(office) and "?" not in office and looks_like_name(office.rstrip("."))


def _begins_speech(row: Row) -> bool:
    """Return whether a row has words and is no title in capitals."""
    return not row.content.isupper() and any(map(str.isalnum, row.content))
