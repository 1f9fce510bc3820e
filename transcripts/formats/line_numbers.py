"""Line numbers at the left margin, as courts and parliaments print them: seen but not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.model import LineKind

_NUMBER = re.compile(r"[ \t]{0,8}(\d{1,3})(?:[ \t]+|[ \t]*$)", re.MULTILINE)
_PAGE = re.compile(r"(?:\f|[ \t]{20,})(?:page\s+)?\d{1,4}\s*$", re.IGNORECASE)
"""The number of a page, far to the right of the numbers of lines."""
_MOST = 0.7
"""At least this share of the lines with text have a number, and of the numbers are one more than the one before."""
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{2,40}:|[QA]\.?\s")
"""What a court's record has behind a number: "5 THE COURT: ..."."""
_NEARLY_ALL = 0.9
_BROKEN_OFF = 0.2
"""At least in this share of the lines a sentence goes on in the next, where a single blank follows the numbers."""
_ENDS = frozenset('.!?…:;"”’»)')
_FEWEST = 8


def mark_line_numbers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with their line numbers marked as unspoken if they have any."""
    found = {at: match for at, row in enumerate(rows[:400]) if (match := _NUMBER.match(row.text))}
    filled = sum(not row.text.isspace() for row in rows[:400])
    numbers = [int(match[1]) for match in found.values()]
    steps = sum(other == one + 1 for one, other in pairwise(numbers))
    # With a single blank behind them, they might be numbers that count something.
    apart = sum(match[0].endswith(("  ", "\t")) or match.end() == match.end(1) for match in found.values())
    plain = apart >= _MOST * len(found)
    least = _MOST if plain else _NEARLY_ALL
    if len(found) < max(_FEWEST, _MOST * filled) or steps < least * len(found):
        return tuple(rows)
    texts = [rows[at].text[match.end() :].strip() for at, match in found.items()]
    goes_on = sum(_goes_on(*pair) for pair in pairwise(texts)) >= _BROKEN_OFF * len(found)
    if not (plain or goes_on or any(map(_LABEL.match, texts))):
        return tuple(rows)
    marked = []
    for row in rows:
        if _PAGE.match(row.text):
            marked.append(replace(row, kind=LineKind.FURNITURE))
            continue
        match = _NUMBER.match(row.text)
        mark = (Mark(match.start(1), match.end(1), Style.UNSPOKEN),) if match else ()
        marked.append(replace(row, marks=row.marks + mark))
    return tuple(marked)


def _goes_on(one: str, other: str) -> bool:
    """Tell whether a sentence goes on from a line to the next, as on a page and not in a list."""
    return one[-1:] not in _ENDS and other[:1].islower()
