"""The clock that captions are put on: milliseconds, or the frames of a video."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Clock:
    """Whole ticks since the start: milliseconds where `frame_rate` is None, else frames of that rate."""

    frame_rate: Fraction | None = None

    def exact(self, milliseconds: Fraction | int) -> Fraction:
        """Return a time in ticks, exact."""
        return Fraction(milliseconds) * (Fraction(1) if self.frame_rate is None else self.frame_rate / 1000)

    def floor(self, milliseconds: Fraction | int) -> int:
        """Return the last tick not after a time."""
        return math.floor(self.exact(milliseconds))

    def ceil(self, milliseconds: Fraction | int) -> int:
        """Return the first tick not before a time."""
        return math.ceil(self.exact(milliseconds))

    def nearest(self, milliseconds: Fraction | int) -> int:
        """Return the tick nearest to a time."""
        return math.floor(self.exact(milliseconds) + Fraction(1, 2))

    def milliseconds(self, tick: int) -> int:
        """Return the time of a tick, rounded to the millisecond."""
        return tick if self.frame_rate is None else math.floor(1000 * tick / self.frame_rate + Fraction(1, 2))
