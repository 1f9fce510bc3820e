"""Headings of plain text with a line of signs right below them, as typewriters and reStructuredText set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_SIGNS = "=~^*_—-"
_SHORTEST = 4
"""Signs."""
_LINE = re.compile(rf"^[^\S\n]*([{_SIGNS}])\1{{{_SHORTEST - 1},}}[^\S\n]*$", re.MULTILINE)
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
        signs, above = rows[number].text.strip(), rows[number - 1]
        if len(signs) < _SHORTEST or signs[0] not in _SIGNS or {*signs} != {signs[0]} or above.kind:
            continue
        alike = abs(len(signs) - len(above.content)) <= _OFF and len(signs) <= _LONGEST
        apart = number == 1 or not rows[number - 2].content
        if alike and apart and any(map(str.isalpha, above.content)):
            marked[number - 1] = replace(above, heading=1)
            marked[number] = replace(rows[number], kind=LineKind.SEPARATOR)
    return tuple(marked)
