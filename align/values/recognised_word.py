"""A recognised word: all that the aligner takes from an engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word that an engine recognised in frames [start, end)."""

    word: str
    start: int
    end: int
