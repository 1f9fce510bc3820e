"""What was corrected on a page since it was first published: seen by the ids of its lines, made of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_LINE = re.compile(
    r'<p id="(l-[0-9a-f-]+)".*?(?:<small class="corrected"[^>]*>[^<]*<time>([\d-]+)</time>|</p>)'
)
_ANOTHER_TEXT = 0.5
"""The share of new lines from which the text is another one, and nothing of it a correction."""


def corrected_lines(earlier: str, anchors: Sequence[str], today: date) -> dict[str, date]:
    """Return the ids of lines that an earlier page of the event did not have, each with the day of the correction.

    Lines that the earlier page already marks keep their day.
    """
    before = {found[1]: found[2] for found in _LINE.finditer(earlier)}
    new = [anchor for anchor in anchors if anchor not in before]
    if len(new) > _ANOTHER_TEXT * len(anchors):
        return {}
    known = {anchor: date.fromisoformat(day) for anchor in anchors if (day := before.get(anchor))}
    return known | dict.fromkeys(new, today)
