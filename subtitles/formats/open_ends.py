"""Captions that a file lets come in but never go: each gets an end by rule, and the file's notes say so.

A caption without an end stands until the next one replaces it; the last one stands as long as it takes to read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.model import Cue, reading_length

_LEAST, _MOST = 2000, 7000
"""Milliseconds that the last caption stays."""
_CHARACTER = 80
"""Milliseconds for each of its characters: the slowest reading speed of the guides, 12.5 characters a second."""


def with_ends(cues: Sequence[Cue], open_ones: Collection[int]) -> tuple[tuple[Cue, ...], list[str]]:
    """Return the cues, those at the indices `open_ones` with an end, and a note for each of these.

    An end is where the next cue that begins later comes in; after the last one, when the text can have been read.
    """
    starts = sorted({cue.span.start for cue in cues})
    following = dict(pairwise(starts))
    ended = list(cues)
    notes = []
    for at in sorted(open_ones):
        start = cues[at].span.start
        needed = min(_MOST, max(_LEAST, _CHARACTER * reading_length(cues[at].text)))
        end = following.get(start, start + needed)
        ended[at] = replace(cues[at], span=TimeSpan(start, end))
        notes.append(
            f"caption {at + 1}, {' '.join(cues[at].lines)[:40]!r}, has no end: taken to end at {end / 1000:.3f} s, "
            + ("where the next one begins" if start in following else "when it can have been read")
        )
    return tuple(ended), notes
