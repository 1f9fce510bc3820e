"""Progress reports: an observer, which does nothing unless a caller subclasses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Observer:
    """Follows each step of the work. Subclass it to draw a bar or to log; the defaults do nothing."""

    def started(self, step: str, total: float) -> None:
        """A step ("decoding", "listening", "aligning") begins; `total` is its size in seconds of audio."""

    def advanced(self, step: str, done: float) -> None:
        """That step has finished `done` seconds of audio so far."""

    def finished(self, step: str) -> None:
        """That step is over."""

    def found(self, starts: Mapping[str, int]) -> None:
        """Lines of the text were found: about when each begins, in milliseconds by its id. They may still move."""

    def noted(self, message: str) -> None:
        """Something is not as it should be, but the work continues: `message` is one sentence about it."""


class OnProgress(Observer):
    """Calls a function with the name of each step, how much of it is done, and its size, both in seconds of audio.

    `OnProgress(lambda step, done, total: print(f"{step}: {done:.0f} of {total:.0f} s"))`
    """

    def __init__(self, function: Callable[[str, float, float], object]) -> None:
        self._function = function
        self._totals: dict[str, float] = {}

    def started(self, step: str, total: float) -> None:
        """Call the function with nothing done."""
        self._totals[step] = total
        self._function(step, 0.0, total)

    def advanced(self, step: str, done: float) -> None:
        """Call the function with what is done."""
        self._function(step, done, self._totals[step])

    def finished(self, step: str) -> None:
        """Call the function with all done, whatever rounding left over."""
        self._function(step, self._totals[step], self._totals[step])
