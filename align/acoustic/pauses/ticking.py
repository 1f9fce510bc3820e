"""A clock that ticks, or a machine that knocks: short sounds that come again, in most pauses or one upon the other.

A click of the lips belongs to the line beside it, and no two are alike. What comes back, as loud each time, belongs to
the room; and so do clicks as loud as a voice in quick succession: cameras, a keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan, spans_of
from asdelivered.align.acoustic.room import BREATH, Floats, Levels, pauses_between

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
_SHARP = 15.0
"""Decibels by which a click rises and falls, at least, within `_FLANK`: a syllable is longer, and a breath softer."""
_FLANK = 40 // FRAME_MS
_SUCCESSION = 300 // FRAME_MS
"""Frames from one click to the next, at most, in quick succession."""


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


def clicks_beside(levels: Levels, lines: Sequence[FrameSpan], reach: int) -> list[FrameSpan]:
    """Return the frames [start, end) of clicks in quick succession, up to `reach` frames before or after a line.

    They are no more than 20 dB quieter than the line: the lips are quieter. `lines` are frames [start, end), ascending
    without overlap.
    """
    found: list[FrameSpan] = []
    pauses = pauses_between(lines, len(levels.smooth))
    for (start, end), before, after in zip(lines, pauses[:-1], pauses[1:], strict=True):
        least = levels.speech((start, end)) - BREATH
        for since, until in ((max(before[0], start - reach), start), (end, min(after[1], end + reach))):
            clicks = _clicks(levels.smooth[since:until], least)
            found += [
                (since + first, since + last)
                for at, (first, last) in enumerate(clicks)
                if (at and first - clicks[at - 1][0] <= _SUCCESSION)
                or (at + 1 < len(clicks) and clicks[at + 1][0] - first <= _SUCCESSION)
            ]
    return found


def _clicks(smooth: Floats, least: float) -> list[FrameSpan]:
    """Return the frames [start, end) of each click in `smooth` (frames,), in dB, that reaches `least`."""
    width = 2 * _FLANK + 1
    if len(smooth) < width:
        return []
    around = np.lib.stride_tricks.sliding_window_view(smooth, width)
    peaks = around[:, _FLANK]
    lower = np.maximum(around[:, :_FLANK].min(axis=1), around[:, _FLANK + 1 :].min(axis=1)) <= peaks - _SHARP
    found: list[FrameSpan] = []
    for first in np.flatnonzero((peaks >= least) & (peaks == around.max(axis=1)) & lower):
        loud = np.flatnonzero(around[first] > peaks[first] - _SHARP)
        found.append((int(first + loud[0]), int(first + loud[-1]) + 1))
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
