"""The numbers of printed lines, or times, in a column of their own at the left of the text: seen but not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.transcripts.formats.pdf.lines import PageLine, Word

_NUMBER = re.compile(r"\d{1,3}")
_TIME = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d[\])]?")
_FEWEST = 8
"""Numbers in all pages."""
_FEWEST_TIMES = 4
_COUNTING = 0.9
"""At least this share of the numbers of a page are one step more than the one above."""
_STEPS = {1: 0.6, 5: 0.12}
"""What the numbers count by, and the share of the lines that have one, at least."""


def without_line_numbers(
    pages: Sequence[Sequence[PageLine]],
) -> tuple[list[list[PageLine]], list[list[PageLine]]]:
    """Return the pages without the numbers of their lines, and these numbers, one line for each page that has some."""
    found = [_numbers(page) for page in pages]
    if sum(map(len, found)) < _FEWEST:
        found = [_column(page, _TIME) for page in pages]
        if sum(map(len, found)) < _FEWEST_TIMES:
            return [list(page) for page in pages], [[] for _ in pages]
    texts = [_without(page, {id(word) for word in words}) for page, words in zip(pages, found, strict=True)]
    lines = [
        [PageLine(tuple(words), page[0].height)] if words else []
        for page, words in zip(pages, found, strict=True)
    ]
    return texts, lines


def _without(page: Sequence[PageLine], words: set[int]) -> list[PageLine]:
    lines = (
        replace(line, words=tuple(word for word in line.words if id(word) not in words)) for line in page
    )
    return [line for line in lines if line.words]


def _numbers(page: Sequence[PageLine]) -> list[Word]:
    """Return the numbers of the lines of a page, from top to bottom; none where they count nothing."""
    column = _column(page, _NUMBER)
    heights = {round(line.baseline) for line in page}
    for step, share in _STEPS.items():
        counting = sum(int(other.text) == int(one.text) + step for one, other in pairwise(column))
        if len(column) >= max(2, share * len(heights)) and counting >= _COUNTING * (len(column) - 1):
            return column
    return []


def _column(page: Sequence[PageLine], pattern: re.Pattern[str]) -> list[Word]:
    """Return the words of a pattern in a column of their own, from top to bottom; none where text begins there too.

    A word of the same form may stand elsewhere, as the page's own number does.
    """
    firsts = [line.words[0] for line in page if pattern.fullmatch(line.words[0].text)]
    if len(firsts) < 2:
        return []
    edge = sorted(word.right for word in firsts)[len(firsts) // 2]
    column = [word for word in firsts if word.left <= edge]
    ids = {id(word) for word in column}
    top, bottom = max(word.baseline for word in column), min(word.baseline for word in column)
    others = [
        word.left
        for line in page
        for word in line.words
        if id(word) not in ids and bottom - word.size <= word.baseline <= top + word.size / 2
    ]
    if not others or min(others) <= max(word.right for word in column):
        return []
    return sorted(column, key=lambda word: -word.baseline)
