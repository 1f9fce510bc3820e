"""Rooms that ring, and walls that answer: after each line, what was heard comes again, later and quieter.

In a hall sound dies away along a straight line, by 60 dB in the reverberation time (M. Schroeder, "New method of
measuring reverberation time", JASA 37, 1965); from a wall, or the loudspeakers of a square, all of it comes once more.
Either way the level after a line is what it was so much before, less so many dB, and both are the same after each line:
so it is told from a breath or a soft ending. It is the room's sound, and not the line's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.percentiles import percentiles
from asdelivered.align.acoustic.room import Floats, Levels, pauses_between, quietest_near

_DELAYS = np.arange(100 // FRAME_MS, 400 // FRAME_MS)
"""Frames after which sound comes again: what does sooner is heard as the voice's own."""
_PAUSE = 400 // FRAME_MS
"""Frames that must follow a line for its end to tell what the room does."""
_CLEAR = 6.0
"""Decibels above the quietest moment down to which the end of a line is followed: below is the noise of the room."""
_EXACT = 2.0
"""Decibels of standard deviation of the fall, in the median of the lines, at most. In halls, and where sound comes
again, it is 0.5 to 1.5; elsewhere 2.5 and more, for readers in a studio 6 and more, unless it is loud beside them."""
_QUARTERS = 1.35
"""Standard deviations between the quarters of a normal distribution."""
_LEAST = 2.5
"""Decibels by which sound must come again quieter: noise that goes on is no echo."""
_ALIKE = 0.25
"""Share of the fall by which it may differ after most lines."""
_MOST = 0.4
"""The share of the lines that are most."""
_AROUND = 120_000 // FRAME_MS
_FEWEST = 6
"""Line ends within `_AROUND`, before and after, that tell what the room does."""


@dataclass(frozen=True)
class Room:
    """What a room does: sound comes again after a delay, quieter by so much."""

    delay: int
    """Frames."""
    fall: float
    """dB."""


def with_echoes(levels: Levels, lines: Sequence[FrameSpan]) -> Levels:
    """Return `levels` with how loud, where the room rings, what was heard before still is.

    `lines` are frames [start, end), ascending without overlap.
    """
    pauses = pauses_between(lines, len(levels.smooth))[1:]
    told = [
        (pause[0], _falls(line, pause, levels))
        for line, pause in zip(lines, pauses, strict=True)
        if pause[1] - pause[0] >= _PAUSE
    ]
    ends = np.array([end for end, _ in told])
    spreads = np.array([spread for _, (spread, _) in told])
    falls = np.array([fall for _, (_, fall) in told])
    echo = levels.echo.copy()
    for (start, end), (_, stop) in zip(lines, pauses, strict=True):
        near = np.abs(ends - end) < _AROUND
        room = _room(spreads[near], falls[near]) if near.sum() >= _FEWEST else None
        if room:
            since = max(0, start - room.delay)
            echo[start:stop] = echo_in(levels.smooth[since:stop], room)[start - since :]
    return replace(levels, echo=echo)


def _falls(line: FrameSpan, pause: FrameSpan, levels: Levels) -> tuple[Floats, Floats]:
    """Return, for each of the delays, how much the fall over it varies at a line's end, and its median, in dB."""
    quiet = np.flatnonzero(levels.smooth[slice(*pause)] < quietest_near(line, levels) + _CLEAR)
    stop = pause[0] + int(quiet[0]) if len(quiet) else pause[1]
    padded = np.pad(
        levels.smooth[max(0, stop - 2 * int(_DELAYS[-1])) : stop], (2 * int(_DELAYS[-1]), 0), "edge"
    )
    falls = [padded[-2 * delay : -delay] - padded[-delay:] for delay in _DELAYS]
    quarters = np.array([percentiles(fall, 25, 50, 75) for fall in falls], np.float32)
    return (quarters[:, 2] - quarters[:, 0]) / _QUARTERS, quarters[:, 1]


def _room(spreads: NDArray[np.floating], falls: NDArray[np.floating]) -> Room | None:
    """Return what the room does, by how the falls of lines (lines, delays) vary, and their medians; None: nothing."""
    typical = np.median(spreads, axis=0)
    best = int(typical.argmin())
    fall = float(np.median(falls[:, best]))
    alike = np.abs(falls[:, best] - fall) <= _ALIKE * fall
    rings = typical[best] < _EXACT and fall >= _LEAST and alike.mean() >= _MOST
    return Room(int(_DELAYS[best]), fall) if rings else None


def echo_in(smooth: Floats, room: Room) -> Floats:
    """Return how loud (frames,) what was heard before still is in a room, in dB, in frames as loud as `smooth`."""
    fallen = room.fall / room.delay * np.arange(len(smooth), dtype=np.float32)
    lasting = np.maximum.accumulate(smooth + fallen)
    echo = np.full(len(smooth), -np.inf, np.float32)
    if len(smooth) > room.delay:
        echo[room.delay :] = lasting[: -room.delay] - fallen[room.delay :]
    return echo
