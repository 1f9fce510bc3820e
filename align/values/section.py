"""Sections: parts of the text that are known to lie in a part of the recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Section:
    """Tokens [first, last), all of which lie in frames [start, end)."""

    first: int
    last: int
    start: int
    end: int


def split_at_cuts(cuts: Sequence[tuple[int, int]], tokens: int, frames: int) -> list[Section]:
    """Split `tokens` tokens and `frames` frames at `cuts`: (token, frame) in order, the first token after the cut."""
    edges = [(0, 0), *((token, min(frame, frames)) for token, frame in cuts), (tokens, frames)]
    return [Section(a, b, start, end) for (a, start), (b, end) in pairwise(edges)]
