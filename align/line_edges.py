"""Where the sound of a line begins and ends: out from its first and last word to where the room is heard again.

The phones of a line that begins softly, or that trails off in a breath, are found where they are clear. A cut there
would clip what is still the line's, so its edges move out, through sound that stands above the noise of the room,
until that has died down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import mask_of, runs_of

Floats = NDArray[np.float32]

_FURTHEST = 900 // FRAME_MS
WORD_DIP = 50 // FRAME_MS
"""Frames that may be as quiet as the room within a word: a stop's closure."""
LINE_DIP = 150 // FRAME_MS
"""Frames that may be so within a line: the moment between a breath and a word."""
_PAUSE_DIP = 400 // FRAME_MS
"""Frames that may be so between a line and a sound of its in the pause beside it."""
_PAUSE_REACH = 600 // FRAME_MS
_ROOM = 4000 // FRAME_MS
_STEADY = 100 // FRAME_MS
_NOTHING = 30.0
"""Decibels below which a frame is digital silence: noise of one bit has 39."""
_PUT_IN = 2000 // FRAME_MS
_LEAST_ABOVE = 3.0
"""Decibels that sound must stand above the room's noise."""
_SHARE = 0.15
"""Or this share of what speech stands above it, where that is more."""
_SMOOTHING = 3
_BLUR = 2
"""Frames that sound seems to last beyond itself, each frame being 25 ms long and smoothed with its neighbours."""


@dataclass(frozen=True)
class Levels:
    """How loud each frame is without its jitter, `smooth`, and the `room` around it: both (frames,), in dB."""

    smooth: Floats
    room: Floats


def levels_of(loudness: Floats) -> Levels:
    """Return the levels of a recording, whose `loudness` (frames,) is in dB.

    The room is as loud as the least that holds for a tenth of a second within two seconds on either side. No room is
    silent: seconds of zeros were put before the event, or after it, and say nothing of what is beside them.
    """
    steady = _mean(loudness, _STEADY)
    nothing = mask_of(
        [run for run in runs_of(loudness < _NOTHING) if run[1] - run[0] >= _PUT_IN], len(loudness)
    )
    beside = _mean(nothing.astype(np.float32), _STEADY) > 0
    room = _lowest(np.where(beside, np.float32(np.inf), steady), _ROOM)
    return Levels(_mean(loudness, _SMOOTHING), np.where(np.isinf(room), steady, room))


def widen(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels, dip: int
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each moved out to where its sound ends.

    A sound goes on where it is as quiet as the room for fewer than `dip` frames. No edge moves by more than 0.9 s, nor
    past a neighbour's, nor into a long stretch of `taken`, frames [start, end) of sound that is known to be something
    else.
    """
    smooth = levels.smooth
    long = [(start, end) for start, end in taken if end - start >= _FURTHEST]
    lasts = [0, *sorted(end for _, end in long)]
    firsts = [*sorted(start for start, _ in long), len(smooth)]
    wide: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(edges):
        floor = max(lasts[bisect_right(lasts, start) - 1], wide[-1][1] if wide else 0)
        after = edges[number + 1][0] if number + 1 < len(edges) else len(smooth)
        ceiling = min(firsts[min(bisect_left(firsts, end), len(firsts) - 1)], after)
        above = least_loud(start, end, levels)
        first = start - _reach(smooth[max(floor, start - _FURTHEST) : start][::-1] >= above, dip)
        last = end + _reach(smooth[end : min(ceiling, end + _FURTHEST)] >= above, dip)
        wide.append((first, last))
    return wide


def share_pauses(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each with the sounds of its side of the pause.

    Between two lines the room is heard where it is quiet for longest: a breath or the lips before it belong to the
    line before, and what comes after it to the line after. Sound that is further than 0.6 s from an edge, or known to
    be something else, which is `taken`, belongs to neither.
    """
    smooth = levels.smooth
    other = mask_of(taken, len(smooth))
    above = [least_loud(start, end, levels) for start, end in edges]
    firsts, lasts = [start for start, _ in edges], [end for _, end in edges]
    for after in range(len(edges) + 1):
        pause = slice(lasts[after - 1] if after else 0, firsts[after] if after < len(edges) else len(smooth))
        quiet = runs_of(smooth[pause] < levels.room[pause] + _LEAST_ABOVE)
        first, last = max(quiet, key=lambda run: run[1] - run[0], default=(0, 0))
        if last - first <= _PAUSE_DIP:
            continue
        ends, starts = slice(pause.start, pause.start + first), slice(pause.start + last, pause.stop)
        if after:
            lasts[after - 1] += _near(smooth[ends] >= above[after - 1], other[ends])
        if after < len(edges):
            firsts[after] -= _near(smooth[starts][::-1] >= above[after], other[starts][::-1])
    return list(zip(firsts, lasts, strict=True))


def least_loud(start: int, end: int, levels: Levels) -> float:
    """How loud, in dB, sound must be to be that of [start, end) rather than the room's."""
    quiet = float(levels.room[max(0, start - WORD_DIP) : end].min())
    speech = float(np.percentile(levels.smooth[start:end], 80))
    return quiet + max(_LEAST_ABOVE, _SHARE * (speech - quiet))


def _near(loud: NDArray[np.bool_], other: NDArray[np.bool_]) -> int:
    """How many frames of a pause, beginning at a line's edge, are that line's: those up to a sound near to it."""
    reach = _last_loud(loud, _PAUSE_DIP)
    return max(0, reach - _BLUR) if reach <= _PAUSE_REACH and not other[:reach].any() else 0


def _reach(loud: NDArray[np.bool_], dip: int) -> int:
    """How many frames the sound goes on, a dip in it allowed.

    None where it does not die down: then it is the room's, or somebody else's.
    """
    reach = _last_loud(loud, dip)
    return max(0, reach - _BLUR) if reach < len(loud) else 0


def _last_loud(loud: NDArray[np.bool_], dip: int) -> int:
    """How many frames it is until the last that is loud before `dip` of them are not."""
    reach = 0
    for at, heard in enumerate(loud):
        if heard:
            reach = at + 1
        elif at - reach >= dip:
            break
    return reach


def _mean(values: Floats, width: int) -> Floats:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, np.full(width, 1.0 / width, np.float32), mode="valid").astype(np.float32)


def _lowest(values: Floats, width: int) -> Floats:
    """The least of each `width` frames around; the recording's ends are repeated."""
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, width).min(axis=1))
