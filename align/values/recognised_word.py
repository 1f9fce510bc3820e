"""The seam between recognisers and the aligner: words, each with the frames in which it was heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word that a recogniser heard in the frames [start, end)."""

    word: str
    start: int
    end: int
