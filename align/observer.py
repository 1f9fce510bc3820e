"""How the library tells of its progress: an observer that does nothing unless a caller says otherwise."""

from __future__ import annotations


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
