"""Recordings in whose pauses something goes on: somebody else talks, or a disc crackles.

Under an interpreter's voice the floor goes on, in a newsroom others do, and an old disc ticks several times a second.
There the sound beside a line says nothing of where the line begins and ends: it is louder than the room, and not the
line's own. That shows in most pauses, and so it can be told from a breath, a click, or one voice from the audience.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import Bools, FrameSpan, spans_of
from asdelivered.align.acoustic.room import Levels, is_loud, pauses_between

QUIETER = 6.0
"""Decibels by which somebody else is quieter: what is as loud as a line may be its own last word, said unclearly."""
_LONG = 600 // FRAME_MS
"""Frames that a pause must have to tell what goes on in it."""
_BESIDE = 200 // FRAME_MS
"""Frames next to a line that may be its own sound."""
_TALKING = 0.5
"""The share of a pause in which somebody must talk for it to be theirs. It is 0.7 to 0.9 in the mean where another
voice goes on for the whole recording, and below 0.1 elsewhere."""
_TICK = 80 // FRAME_MS
"""Frames that a tick lasts at most, smoothed as loudness is."""
_TICKS = 2
"""Ticks in a pause from which on it crackles."""
_AROUND = 60_000 // FRAME_MS
_FEWEST = 4
"""Pauses within `_AROUND`, before and after, of which most must be busy."""


def without_busy_pauses(levels: Levels, lines: Sequence[FrameSpan], talking: Bools) -> Levels:
    """Return `levels` in which nothing can be told from the room in a pause, where most pauses nearby are busy.

    `lines` are frames [start, end), ascending without overlap, at least one; `talking` (frames,) marks those in which
    anybody talks.
    """
    told = [
        (
            (before[1] + after[0]) / 2,
            _somebody_else(before, after, levels, talking) or _crackles(before, after, levels, talking),
        )
        for before, after in pairwise(lines)
        if after[0] - before[1] >= _LONG
    ]
    middles, busy = np.array([middle for middle, _ in told]), np.array([is_busy for _, is_busy in told], bool)
    even = levels.even.copy()
    for since, until in pauses_between(lines, len(even)):
        near = busy[(middles > since - _AROUND) & (middles < until + _AROUND)]
        if len(near) >= _FEWEST and near.mean() > 0.5:
            even[since:until] = np.inf
    return replace(levels, even=even)


def _somebody_else(before: FrameSpan, after: FrameSpan, levels: Levels, talking: Bools) -> bool:
    """Tell whether somebody who is quieter than two lines [start, end) talks for most of the pause between them."""
    pause = slice(before[1] + _BESIDE, after[0] - _BESIDE)
    if talking[pause].mean() <= _TALKING:
        return False
    voice = float(np.percentile(levels.smooth[pause][talking[pause]], 80))
    return voice <= min(levels.speech(before), levels.speech(after)) - QUIETER


def _crackles(before: FrameSpan, after: FrameSpan, levels: Levels, talking: Bools) -> bool:
    """Tell whether something ticks again and again in the pause between two lines [start, end), where nobody talks."""
    first, last = before[1] + _BESIDE, after[0] - _BESIDE
    loud = is_loud(before, slice(first, last), levels) & is_loud(after, slice(first, last), levels)
    ticks = [
        (start, end)
        for start, end in spans_of(loud)
        if end - start <= _TICK and not talking[first + start : first + end].any()
    ]
    return len(ticks) >= _TICKS
