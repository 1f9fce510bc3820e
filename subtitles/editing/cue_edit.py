"""A caption as a person wants it: which words it has, on which lines, and when it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CueEdit:
    """One caption by hand, in one style.

    `lines` are its words, line by line, as they stand in the transcript; the first of them is number `word`, from 0,
    among the units (`cueing.units`) of the transcript's line `line`. `start` and `end` are milliseconds after its first
    word begins and after its last word ends; None where the style times it.
    """

    style: str
    line: str
    word: int
    lines: tuple[str, ...]
    start: int | None = None
    end: int | None = None

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.lines)
