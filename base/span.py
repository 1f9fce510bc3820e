"""A span of time in a recording."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, order=True)
class TimeSpan:
    """The time from `start` up to `end`, both whole milliseconds from the start of the recording.

    Raises ValueError where the end lies before the start, or the start before zero.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a time span must run forward from zero, not {self.start} to {self.end} ms")

    @property
    def duration(self) -> int:
        """Length in milliseconds."""
        return self.end - self.start

    def later(self, by: int) -> TimeSpan:
        """Return the span moved `by` so many milliseconds: later, or earlier if that is negative."""
        return TimeSpan(self.start + by, self.end + by)

    def distance(self, moment: int | Fraction) -> int | Fraction:
        """Return the milliseconds from the span to a moment outside it; 0 for one within."""
        return max(self.start - moment, moment - self.end, 0)

    def overlap(self, other: TimeSpan) -> int:
        """Return the milliseconds that both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))
