"""The words and lines of printed pages, as they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Word:
    """A word on a page. Lengths are in points, `left` and `baseline` from the lower left corner of the page.

    The last `raised` characters are superscript.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    raised: int = 0


@dataclass(frozen=True)
class PageLine:
    """A line on a page; `height` is that of the page."""

    words: tuple[Word, ...]
    height: float
    across: bool = False
    """It stands across the text of its page, as a stamp in the margin does, or at an angle to it."""

    @property
    def text(self) -> str:
        """The text of the line."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """The position where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The position where the line ends."""
        return self.words[-1].right

    @property
    def baseline(self) -> float:
        """The height of the line's baseline."""
        return self.words[0].baseline

    @property
    def blank(self) -> float:
        """The usual gap between its words."""
        gaps = [other.left - one.right for one, other in pairwise(self.words)]
        return median(gaps) if gaps else 0.25 * self.size

    @cached_property
    def size(self) -> float:
        """The size of its print."""
        return median(word.size for word in self.words)


def joined(lines: Iterable[PageLine]) -> list[PageLine]:
    """Return lines with those joined that stand in one row and were drawn one after the other.

    pdfium does that, but may part a line whose words were drawn one by one.
    """
    rows: list[list[PageLine]] = []
    for line in lines:
        row = rows[-1] if rows else None
        in_row = (
            row
            and line.across == row[0].across
            and abs(row[0].baseline - line.baseline) < 0.5
            and row[0].size == line.size
        )
        if row and in_row and line.left > row[-1].right:
            row.append(line)
        else:
            rows.append([line])
    return [replace(row[0], words=tuple(word for line in row for word in line.words)) for row in rows]
