"""The direction of a page's text: pages may lie on their side, Japanese may run down, Arabic and Hebrew run left.

Whatever it is, the lines that the layout sees run from left to right, and one below the other: positions are turned.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise
from math import hypot
from typing import Any

_SAMPLE = 60
"""Characters of a page that are looked at."""
_STRAIGHT = 0.98
"""The cosine of an angle. Text that is turned further from the page's direction stands across it."""
_MOST = 0.6
"""A share of the sample, beyond which the text runs down, or to the left."""


class Way(Enum):
    """Where the text of a page runs, as its letters lie: the direction, as x and y."""

    RIGHT = (1, 0)
    UP = (0, 1)
    BACK = (-1, 0)
    DOWN = (0, -1)

    @property
    def rotation(self) -> int:
        """The rotation, in degrees, that sets the text upright."""
        return {Way.RIGHT: 0, Way.UP: 90, Way.BACK: 180, Way.DOWN: 270}[self]


@dataclass(frozen=True)
class Direction:
    """How the text of a page runs, and the page's width and height in points, as it is drawn before any rotation."""

    width: float
    height: float
    way: Way = Way.RIGHT
    columns: bool = False
    """Its letters are upright, one below the other, as in Japanese print."""
    leftward: bool = False
    """Its letters are read from right to left."""

    @property
    def is_plain(self) -> bool:
        """Whether positions stay as they are."""
        return self.way is Way.RIGHT and not self.columns and not self.leftward

    @property
    def across(self) -> float:
        """The height of the page, once its lines run from left to right."""
        return self.width if self.columns or self.way in (Way.UP, Way.DOWN) else self.height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a position of the page where its lines run from left to right."""
        if self.columns or self.way is Way.DOWN:
            x, y = self.height - y, x
        elif self.way is Way.UP:
            x, y = y, self.width - x
        elif self.way is Way.BACK:
            x, y = self.width - x, self.height - y
        length = self.width + self.height - self.across
        return (length - x if self.leftward else x), y

    def is_across(self, a: float, b: float) -> bool:
        """Return whether text whose letters lie in the direction (a, b) stands across the page's text."""
        x, y = self.way.value
        return bool(a * x + b * y < _STRAIGHT * hypot(a, b))


def direction_of(text_page: Any, width: float, height: float) -> Direction:
    """Return the direction of most text of a page; `width` and `height` are those of the page without rotation."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    ways: Counter[Way] = Counter()
    down = leftward = 0
    sample = _sample(text_page)
    for at in sample:
        pdfium.FPDFText_GetMatrix(text_page, at, matrix)
        straight = _STRAIGHT * hypot(matrix.a, matrix.b)
        ways.update(way for way in Way if matrix.a * way.value[0] + matrix.b * way.value[1] >= straight > 0)
        right, up = _step(text_page, at)
        down += -up > 2 * abs(right)
        leftward += _is_leftward(chr(pdfium.FPDFText_GetUnicode(text_page, at) % 0x110000))
    total = len(sample)
    way = max(Way, key=lambda way: ways[way])
    columns = way is Way.RIGHT and down > _MOST * total
    return Direction(width, height, way, columns, leftward > _MOST * total)


def _sample(text_page: Any) -> range:
    count = text_page.count_chars()
    return range(0, max(0, count - 1), max(1, count // _SAMPLE))


def _step(text_page: Any, at: int) -> tuple[float, float]:
    """Return the way from a character to the next one."""
    import pypdfium2.raw as pdfium

    (x, y), (next_x, next_y) = positions = [(ctypes.c_double(), ctypes.c_double()) for _ in range(2)]
    for number, position in enumerate(positions):
        pdfium.FPDFText_GetCharOrigin(text_page, at + number, *position)
    return next_x.value - x.value, next_y.value - y.value


def _is_leftward(letter: str) -> bool:
    """Return whether a letter is of a script that is read from right to left: Hebrew, Arabic and their like."""
    return "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufeff"


def in_order_of_reading(letters: Sequence[str], positions: Sequence[float]) -> str:
    """Return a word of a leftward script with its letters from its right end on.

    `positions` are those of the letters on the page; a file may have them as they stand, from left to right. Those of
    one position are one sign, such as a ligature, and keep their order; the figures of a number run to the right.
    """
    places = [positions[at] for at, letter in enumerate(letters) if _is_leftward(letter) and letter.isalpha()]
    if all(one >= other for one, other in pairwise(places)):
        return "".join(letters)
    order = sorted(range(len(letters)), key=lambda at: -positions[at])
    runs = groupby(order, key=lambda at: letters[at].isdecimal())
    return "".join(letters[at] for is_number, run in runs for at in (reversed([*run]) if is_number else run))
