"""What was placed in one stretch after the other, made to go forward through all of them.

Stretches overlap, by as much as an engine's times may be off, and each is searched by itself. Where the text is not
what was said, what two of them found may contradict each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from asdelivered.align.acoustic.forced_alignment import Placed


def forward(tokens: Sequence[Placed | None]) -> list[Placed | None]:
    """Return `tokens` with as many as can stay where each begins no earlier than the one before it has ended.

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
    kept: list[Placed | None] = [None] * len(tokens)
    at = lasts[-1] if lasts else -1
    while at >= 0:
        kept[at] = tokens[at]
        at = before[at]
    return kept
