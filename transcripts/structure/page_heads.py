"""Running heads of printed pages in rows of their own: the number of a page, and beside it what stands on each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_NUMBER = re.compile(r"[-–—]?\s?(\d{1,4})\s?[-–—]?")
_FEWEST = 4
"""Pages whose numbers go on by one or two."""
_MOST_SKIPPED = 2
_SHORTEST = 4
"""Rows of a page."""
_LONGEST_NUMBER = 12
_LONGEST = 80
"""Characters of a head."""
_MOST = 0.6
"""A share of the pages that have a head. A left page may have another one than a right page."""
_REACH = 3
"""Rows with text that a head takes above or below the number."""
_FIRST = 4
"""Rows with text, among which the head of the first page may be the title."""
_SENTENCE_ENDS = (".", "!", "?", ":", "…", ",", ";")


def find_page_heads(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows of running heads as `FURNITURE`: numbers that go on, and what comes again right beside them.

    Numbers alone prove nothing: they may be the items of an agenda. So on most pages the same text must be beside them.
    """
    short = [row for row in rows if 1 < len(row.text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(row.content)]
    if len(short) < _FEWEST:
        return {}
    filled = [number for number, row in enumerate(rows) if row.kind is None and row.content]
    pages = _numbered(rows, filled)
    if len(pages) < _FEWEST:
        return {}
    beside = [
        {
            text: filled[place + step]
            for step in range(-_REACH, _REACH + 1)
            if step
            and 0 <= place + step < len(filled)
            and len(text := rows[filled[place + step]].content) <= _LONGEST
            and not text.endswith(_SENTENCE_ENDS)
            and any(map(str.isalpha, text))
        }
        for place in pages
    ]
    counts = Counter(text for texts in beside for text in texts)
    heads = {text for text, count in counts.items() if count >= max(_FEWEST, _MOST * len(pages))}
    if not heads:
        return {}
    found: dict[int, LineKind] = {}
    for place, texts in zip(pages, beside, strict=True):
        if place < _FIRST:
            continue
        alike = [texts[text] for text in texts.keys() & heads]
        if alike:
            found |= dict.fromkeys([filled[place], *alike], LineKind.FURNITURE)
    return found


def _numbered(rows: Sequence[Row], filled: Sequence[int]) -> list[int]:
    """Return the places in `filled` of the longest run of page numbers: each goes on by one or two, after some rows."""
    best: list[int] = []
    run: list[int] = []
    last = 0
    for place, number in enumerate(filled):
        match = _NUMBER.fullmatch(rows[number].content) if len(rows[number].text) <= _LONGEST_NUMBER else None
        if match is None:
            continue
        page = int(match[1])
        if run and 0 < page - last <= _MOST_SKIPPED and place - run[-1] > _SHORTEST:
            run.append(place)
        elif not run or len(run) < _FEWEST:
            run = [place]
        else:
            continue
        last = page
        best = max(best, run, key=len)
    return best
