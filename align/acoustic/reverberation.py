"""Rooms that ring: after each line its sound dies away evenly, and that is the room's echo, not the line's own sound.

The level of reverberation falls along a straight line, at a rate that belongs to the room (M. Schroeder, "New method of
measuring reverberation time", JASA 37, 1965): 60 dB in its reverberation time. So it is told from a breath or a soft
ending by what comes back: most lines end with the same fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.room import Floats, Levels, pauses_between, quietest_near

_PAUSE = 400 // FRAME_MS
"""Frames that must follow a line for its end to tell how a room rings."""
_LONGEST = 1000 // FRAME_MS
_LEAST = 150 // FRAME_MS
"""Frames that a fall must last: without a room, speech is quiet within 100 ms of its end."""
_CLEAR = 6.0
"""Decibels above the quietest moment down to which a fall is followed: below that, the noise of the room bends it."""
_FALL = 8.0
"""Decibels that it must fall by."""
_STRAIGHT = 2.5
"""Decibels of standard deviation from a straight line, at most."""
_ALIKE = 0.25
"""Share by which the rates of a room's falls may differ from their median. In a room of 0.8 s, half of them are within
5 % of it; elsewhere, a tenth of the lines have any fall so long and straight."""
_AROUND = 60_000 // FRAME_MS
_FEWEST = 4
"""Line ends within `_AROUND`, before and after, of which most must ring."""
_BEFORE = 100 // FRAME_MS
"""Frames by which sound must outlast what the room makes of it, to be heard as a sound of its own."""


@dataclass(frozen=True)
class _End:
    """The end of a line before a pause: its frame, and by how many dB a frame the sound falls there; 0: it doesn't."""

    frame: int
    rate: float


def with_echoes(levels: Levels, lines: Sequence[FrameSpan]) -> Levels:
    """Return `levels` in which the echo of a line counts as the room's in the pause after it, where the room rings.

    `lines` are frames [start, end), ascending without overlap.
    """
    pauses = pauses_between(lines, len(levels.smooth))[1:]
    ends = [
        _End(pause[0], _rate(line, pause, levels))
        for line, pause in zip(lines, pauses, strict=True)
        if pause[1] - pause[0] >= _PAUSE
    ]
    frames, rates = np.array([end.frame for end in ends]), np.array([end.rate for end in ends])
    even = levels.even.copy()
    for start, stop in pauses:
        rate = _room_rate(rates[np.abs(frames - start) < _AROUND]) if len(ends) else 0.0
        if rate:
            echo = _echo(levels.smooth[max(0, start - _BEFORE) : stop], rate)
            even[start:stop] = np.maximum(even[start:stop], echo[len(echo) - (stop - start) :])
    return replace(levels, even=even)


def _rate(line: FrameSpan, pause: FrameSpan, levels: Levels) -> float:
    """Return by how many dB a frame the sound falls after a line, if that takes long and is straight; 0 otherwise."""
    after = levels.smooth[pause[0] : min(pause[1], pause[0] + _LONGEST)]
    quiet = np.flatnonzero(after < quietest_near(line, levels) + _CLEAR)
    fall = after[: int(quiet[0])] if len(quiet) else after
    if len(fall) < _LEAST or fall[0] - fall[-1] < _FALL:
        return 0.0
    along = np.arange(len(fall))
    slope, offset = np.polyfit(along, fall, 1)
    return -float(slope) if slope < 0 and np.std(fall - slope * along - offset) < _STRAIGHT else 0.0


def _room_rate(rates: Floats) -> float:
    """Return by how many dB a frame most of the line ends nearby fall; 0 where they differ, or do not ring."""
    ringing = rates[rates > 0]
    if len(ringing) == 0:
        return 0.0
    typical = float(np.median(ringing))
    alike = np.abs(ringing - typical) <= _ALIKE * typical
    return typical if alike.sum() >= max(_FEWEST, len(rates) / 2) else 0.0


def _echo(smooth: Floats, rate: float) -> Floats:
    """Return how loud (frames,) the room still is from what was heard a tenth of a second before and earlier, in dB."""
    fallen = rate * np.arange(len(smooth), dtype=np.float32)
    lasting = np.maximum.accumulate(smooth + fallen)
    echo = np.full(len(smooth), -np.inf, np.float32)
    echo[_BEFORE:] = lasting[:-_BEFORE] - fallen[_BEFORE:] if len(smooth) > _BEFORE else ()
    return echo
