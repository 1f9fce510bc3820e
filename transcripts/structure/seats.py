"""A speaker's seat: who sends them, between their label and the time at which they spoke."""

from __future__ import annotations

from collections.abc import Sequence

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.structure.occasion import is_timestamp
from asdelivered.transcripts.structure.phrases import ends_sentence

_MOST_ROWS = 2
_LONGEST = 16
"""Words."""


def seat_below(rows: Sequence[Row], number: int) -> list[int]:
    """Return the rows between row `number` and a time below it that may say whose seat it is; none without a time."""
    seat: list[int] = []
    for below in range(number + 1, min(number + _MOST_ROWS + 2, len(rows))):
        text = rows[below].content
        if is_timestamp(text):
            return seat
        if not text or rows[below].kind or ends_sentence(text) or "?" in text or len(text.split()) > _LONGEST:
            break
        seat.append(below)
    return []
