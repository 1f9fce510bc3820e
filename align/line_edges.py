"""Where the sound of a line begins and ends: out from its first and last word to where the room is heard again.

The phones of a line that begins softly, or that trails off in a breath, are found where they are clear. A cut there
would clip what is still the line's, so its edges move out, through sound that stands above the noise of the room,
until that has died down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import mask_of, runs_of
from asdelivered.align.room import LEAST_ABOVE, Levels

_FURTHEST = 900 // FRAME_MS
WORD_DIP = 50 // FRAME_MS
"""Frames that may be as quiet as the room within a word: a stop's closure."""
LINE_DIP = 150 // FRAME_MS
"""Frames that may be so within a line: the moment between a breath and a word."""
_PAUSE_DIP = 400 // FRAME_MS
"""Frames that may be so between a line and a sound of its in the pause beside it."""
_PAUSE_REACH = 600 // FRAME_MS
_STEP = 7.0
_SHARE = 0.15
"""Share of what speech stands above the room that sound must stand above it, where that is more."""
_BLUR = 2
"""Frames that sound seems to last beyond itself, each frame being 25 ms long and smoothed with its neighbours."""


def widen(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels, dip: int
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each moved out to where its sound ends.

    A sound goes on where it is as quiet as the room for fewer than `dip` frames. No edge moves by more than 0.9 s, nor
    past a neighbour's, nor into a long stretch of `taken`, frames [start, end) of sound that is known to be something
    else.
    """
    long = [(start, end) for start, end in taken if end - start >= _FURTHEST]
    lasts = [0, *sorted(end for _, end in long)]
    firsts = [*sorted(start for start, _ in long), len(levels.smooth)]
    wide: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(edges):
        floor = max(lasts[bisect_right(lasts, start) - 1], wide[-1][1] if wide else 0)
        after = edges[number + 1][0] if number + 1 < len(edges) else len(levels.smooth)
        ceiling = min(firsts[min(bisect_left(firsts, end), len(firsts) - 1)], after)
        before, behind = (
            slice(max(floor, start - _FURTHEST), start),
            slice(end, min(ceiling, end + _FURTHEST)),
        )
        first = start - _reach(_is_sound((start, end), before, levels)[::-1], dip)
        last = end + _reach(_is_sound((start, end), behind, levels), dip)
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
    quiet = smooth < levels.room + LEAST_ABOVE
    firsts, lasts = [start for start, _ in edges], [end for _, end in edges]
    for after in range(len(edges) + 1):
        pause = slice(lasts[after - 1] if after else 0, firsts[after] if after < len(edges) else len(smooth))
        quiet_runs = runs_of(quiet[pause])
        first, last = max(quiet_runs, key=lambda run: run[1] - run[0], default=(0, 0))
        if last - first <= _PAUSE_DIP:
            continue
        ends, starts = slice(pause.start, pause.start + first), slice(pause.start + last, pause.stop)
        # Where it is quieter beside a line than in the pause, what lies between is the step to another room.
        louder = float(np.median(smooth[pause][first:last])) - _STEP
        if after and smooth[ends].min(initial=np.inf) > louder:
            lasts[after - 1] += _near(_is_sound(edges[after - 1], ends, levels), other[ends])
        if after < len(edges) and smooth[starts].min(initial=np.inf) > louder:
            firsts[after] -= _near(_is_sound(edges[after], starts, levels)[::-1], other[starts][::-1])
    return list(zip(firsts, lasts, strict=True))


def _is_sound(line: tuple[int, int], frames: slice, levels: Levels) -> NDArray[np.bool_]:
    """Tell of each of `frames` whether it is loud enough to be sound of a line [start, end), rather than the room's."""
    start, end = line
    room = np.maximum(levels.even[frames], levels.quietest[max(0, start - WORD_DIP) : end].min())
    speech = float(np.percentile(levels.smooth[start:end], 80))
    return levels.smooth[frames] >= room + np.maximum(LEAST_ABOVE, _SHARE * (speech - room))


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
