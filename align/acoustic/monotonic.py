"""Monotonic order: tokens that were placed segment by segment are made to go forward through all segments.

Segments overlap by as much as the engine's times may be off, and each is searched by itself. Where the text is not what
was said, the results of two segments may contradict each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from asdelivered.align.acoustic.forced_alignment import AlignedToken


def keep_monotonic(tokens: Sequence[AlignedToken | None]) -> list[AlignedToken | None]:
    """Return `tokens` with as many kept as can be, each of which begins no earlier than the one before it ends.

    M. L. Fredman, "On computing the length of longest increasing subsequences", Discrete Mathematics 11(1), 1975.
    """
    ends: list[int] = []  # the least end of any chain of so many tokens
    lasts: list[int] = []  # and the token that it ends with
    before = [-1] * len(tokens)
    for at, token in enumerate(tokens):
        if token is None:
            continue
        count = bisect_right(ends, token.start)
        before[at] = lasts[count - 1] if count else -1
        if count == len(ends):
            ends.append(token.end)
            lasts.append(at)
        elif token.end < ends[count]:
            ends[count], lasts[count] = token.end, at
    kept: list[AlignedToken | None] = [None] * len(tokens)
    at = lasts[-1] if lasts else -1
    while at >= 0:
        kept[at] = tokens[at]
        at = before[at]
    return kept
