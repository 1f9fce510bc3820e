"""How rendering tells of its progress."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Hears of each piece of work: a step's name, its size in seconds of the clip, and how many are done."""

    def started(self, step: str, total: float) -> None:
        """A step begins."""

    def advanced(self, step: str, done: float) -> None:
        """Of that step, `done` seconds are finished, all told."""

    def finished(self, step: str) -> None:
        """That step is over."""


class Unheard:
    """An observer that does nothing."""

    def started(self, step: str, total: float) -> None:
        """A step begins."""

    def advanced(self, step: str, done: float) -> None:
        """It goes on."""

    def finished(self, step: str) -> None:
        """It is over."""
