"""How the library tells of its progress: an observer that does nothing unless a caller says otherwise."""

from __future__ import annotations

from collections.abc import Callable


class Observer:
    """Hears of each step of the work. Subclass it to draw a bar or to log; the defaults do nothing."""

    def started(self, step: str, total: float) -> None:
        """A step ("decoding", "listening", "aligning") begins; `total` is its size in seconds of audio."""

    def advanced(self, step: str, done: float) -> None:
        """Of that step, `done` seconds of audio are finished, all told."""

    def finished(self, step: str) -> None:
        """That step is over."""

    def noted(self, message: str) -> None:
        """Something is not as it was meant to be, and the work goes on: one sentence that says what."""


class OnProgress(Observer):
    """Calls a function with each step's name, how much of it is done and all of it, both in seconds of audio.

    `OnProgress(lambda step, done, total: print(f"{step}: {done:.0f} of {total:.0f} s"))`
    """

    def __init__(self, function: Callable[[str, float, float], object]) -> None:
        self._function = function
        self._totals: dict[str, float] = {}

    def started(self, step: str, total: float) -> None:
        """Call it with nothing done."""
        self._totals[step] = total
        self._function(step, 0.0, total)

    def advanced(self, step: str, done: float) -> None:
        """Call it with what is done."""
        self._function(step, done, self._totals[step])

    def finished(self, step: str) -> None:
        """Call it with all done, whatever rounding left over."""
        self._function(step, self._totals[step], self._totals[step])
