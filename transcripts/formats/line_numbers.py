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
_LABEL = re.compile(r"\s*\d{1,3}\s+(?:[A-Z][A-Z .'’-]{2,40}:|[QA]\.?\s)")
"""What a court's record has behind a number: "5 THE COURT: ..."."""
_NEARLY_ALL = 0.9
_FEWEST = 8


def mark_line_numbers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with their line numbers marked as unspoken if they have any."""
    found = {at: match for at, row in enumerate(rows[:400]) if (match := _NUMBER.match(row.text))}
    filled = sum(not row.text.isspace() for row in rows[:400])
    numbers = [int(match[1]) for match in found.values()]
    steps = sum(other == one + 1 for one, other in pairwise(numbers))
    # With a single blank behind them, they might be numbers that count something.
    apart = sum(match[0].endswith(("  ", "\t")) or match.end() == match.end(1) for match in found.values())
    court = any(_LABEL.match(row.text) for row in rows[:400])
    least = _MOST if apart >= _MOST * len(found) else (_NEARLY_ALL if court else 2)
    if len(found) < max(_FEWEST, _MOST * filled) or steps < least * len(found):
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
