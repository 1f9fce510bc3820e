"""Headings of plain text with a line of signs right below them, as typewriters and reStructuredText set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_LINE = re.compile(r"^[^\S\n]*([=~^*_—-])\1{3,}[^\S\n]*$", re.MULTILINE)
"""One sign, four times or more."""
_OFF = 2
"""Characters by which the line may be longer or shorter than its heading."""
_LONGEST = 250
"""Characters of a heading."""


def mark_underlined(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with those as headings that stand apart and have a line of signs of their length below."""
    if not _LINE.search("".join([row.text for row in rows])):
        return tuple(rows)
    marked = [*rows]
    for number in range(1, len(rows)):
        above = rows[number - 1]
        if above.kind or not _LINE.match(rows[number].text):
            continue
        length = len(rows[number].content)
        alike = abs(length - len(above.content)) <= _OFF and length <= _LONGEST
        apart = number == 1 or not rows[number - 2].content
        if alike and apart and any(map(str.isalpha, above.content)):
            marked[number - 1] = replace(above, heading=1)
            marked[number] = replace(rows[number], kind=LineKind.SEPARATOR)
    return tuple(marked)
