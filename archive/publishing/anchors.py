"""Permanent ids of lines on a page: they depend on the words alone, so they outlive a new alignment or an insertion."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from asdelivered.align.document.alignment import AlignedLine


def line_anchors(lines: Sequence[AlignedLine]) -> tuple[str, ...]:
    """Return the id of each line: of its letters and digits, and a number where the same was said before.

    >>> [*map(len, line_anchors([]))]
    []
    """
    seen: Counter[str] = Counter()
    anchors = []
    for line in lines:
        plain = "".join(char for char in line.text.casefold() if char.isalnum())
        anchor = f"l-{hashlib.sha256(plain.encode()).hexdigest()[:10]}"
        seen[anchor] += 1
        anchors.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return tuple(anchors)
