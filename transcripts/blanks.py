"""Long runs of blanks, which say no more than short ones and would cost the search for labels and dates its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Mark, Row

_MOST = 100
"""Characters. Columns and running heads of pages in one width stand less far apart."""
_TOO_MANY = re.compile(rf"(?<=[^\S\r\n]{{{_MOST}}})[^\S\r\n]+")


def with_short_blanks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, each run of blanks within a line cut to 100."""
    return tuple(_shortened(row) if _TOO_MANY.search(row.text) else row for row in rows)


def _shortened(row: Row) -> Row:
    left_out = [match.span() for match in _TOO_MANY.finditer(row.text)]

    def moved(place: int) -> int:
        return place - sum(min(end, place) - start for start, end in left_out if start < place)

    marks = tuple(Mark(moved(mark.start), moved(mark.end), mark.style) for mark in row.marks)
    return replace(row, text=_TOO_MANY.sub("", row.text), marks=marks)
