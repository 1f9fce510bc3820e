"""A clock that ticks, or a machine that knocks: short sounds of the same loudness in most pauses of a recording.

A click of the lips belongs to the line beside it, and no two are alike. What comes back, as loud each time, belongs to
the room.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan, spans_of
from asdelivered.align.acoustic.room import Levels, pauses_between

_LONG = 500 // FRAME_MS
"""Frames that a pause must have to tell whether anything ticks in it."""
_ABOVE = 6.0
"""Decibels by which a tick stands above the quietest moment nearby, at least."""
_TICK = 90 // FRAME_MS
"""Frames that a tick lasts at most, smoothed as loudness is."""
_ALIKE = 3.0
"""Decibels by which a tick may be louder or quieter than most are."""
_MOST = 0.8
"""The share of the short sounds that must be so. It is 1 where a clock ticks; of speakers' clicks and lips 0.4 to 0.8,
and those are in a third of the pauses at most."""
_AROUND = 120_000 // FRAME_MS
_FEWEST = 6
"""Long pauses within `_AROUND`, before and after, of which half must have a tick."""


def ticks_between(levels: Levels, lines: Sequence[FrameSpan]) -> list[FrameSpan]:
    """Return the frames [start, end) of the ticks between lines, where something ticks in most pauses nearby.

    `lines` are frames [start, end), ascending without overlap.
    """
    pauses = pauses_between(lines, len(levels.smooth))
    short = [_short_sounds(levels, pause) for pause in pauses]
    middles = np.array([(start + end) / 2 for start, end in pauses])
    long = np.array([end - start >= _LONG for start, end in pauses])
    # What is before the first line, or after the last, may be of another room.
    long[[0, -1]] = False
    found: list[FrameSpan] = []
    for middle, own in zip(middles, short, strict=True):
        if not own:
            continue
        near = np.flatnonzero(long & (np.abs(middles - middle) < _AROUND))
        level = _clock([[_peak(levels, one) for one in short[at]] for at in near])
        found += [one for one in own if level is not None and abs(_peak(levels, one) - level) <= _ALIKE]
    return found


def _short_sounds(levels: Levels, pause: FrameSpan) -> list[FrameSpan]:
    """Return the frames [start, end) of the short sounds in a pause that touch neither of its ends."""
    start, end = pause
    loud = levels.smooth[start:end] >= levels.quietest[start:end] + _ABOVE
    return [
        (start + first, start + last)
        for first, last in spans_of(loud)
        if last - first <= _TICK and first > 0 and last < end - start
    ]


def _clock(peaks: Sequence[Sequence[float]]) -> float | None:
    """Return how loud the ticks are, in dB, of which the `peaks` in some pauses may be; None: nothing ticks."""
    flat = np.array([peak for pause in peaks for peak in pause])
    if len(peaks) < _FEWEST or 2 * sum(map(bool, peaks)) < len(peaks):
        return None
    level = float(np.median(flat))
    return level if (np.abs(flat - level) <= _ALIKE).mean() >= _MOST else None


def _peak(levels: Levels, sound: FrameSpan) -> float:
    return float(levels.smooth[slice(*sound)].max())
