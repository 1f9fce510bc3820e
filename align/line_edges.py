"""Where the sound of a line begins and ends: out from its first and last word to where the room is heard again.

The phones of a line that begins softly, or that trails off in a breath, are found where they are clear. A cut there
would clip what is still the line's, so its edges move out, through sound that stands above the noise of the room,
until that has died down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
import os
_EVEN = int(os.environ.get("EVEN", 150)) // FRAME_MS
_EVEN_DB = float(os.environ.get("EVEN_DB", 1.0))
_OTHER = float(os.environ.get("OTHER", 4))
AROUND=float(os.environ.get("AROUND", 6000))
MUSIC_AROUND=int(os.environ.get("MUSIC_AROUND","1000"))
MUSIC_PAUSE=int(os.environ.get("MUSIC_PAUSE","60"))
FLAT=float(os.environ.get("FLAT","1.0"))
QUIET=float(os.environ.get("QUIET","3"))
MUSIC=float(os.environ.get("MUSIC","30"))
SHORT=eval(os.environ.get("SHORT","(10,0.8)"))
SAME=float(os.environ.get("SAME", 1.5))
OFTEN=float(os.environ.get("OFTEN", 0.5))
KINDS=eval(os.environ.get("KINDS", "[(30,1.0,30)]"))
_LONG = int(os.environ.get("LONG", 300)) // FRAME_MS
_BLUR = 2
"""Frames that sound seems to last beyond itself, each frame being 25 ms long and smoothed with its neighbours."""


@dataclass(frozen=True)
class Levels:
    """How loud each frame is without its jitter, `smooth`, and the `room` around it: both (frames,), in dB."""

    smooth: Floats
    room: Floats
    sure: NDArray[np.bool_]


def levels_of(loudness: Floats, lines: Sequence[tuple[int, int]], taken=()) -> Levels:
    """Return the levels of a recording, whose `loudness` (frames,) is in dB, and whose `lines` are frames [start, end).

    The room is what is even in the pause around a frame. Where nothing is, it is as loud as the least that holds for a
    tenth of a second within two seconds on either side. No room is silent: seconds of zeros were put before the event,
    or after it, and say nothing of what is beside them.
    """
    steady = _mean(loudness, _STEADY)
    nothing = mask_of(
        [run for run in runs_of(loudness < _NOTHING) if run[1] - run[0] >= _PUT_IN], len(loudness)
    )
    beside = _mean(nothing.astype(np.float32), _STEADY) > 0
    lowest = _lowest(np.where(beside, np.float32(np.inf), steady), _ROOM)
    smooth = _mean(loudness, _SMOOTHING)
    room = np.where(np.isinf(lowest), steady, lowest)
    sure = np.zeros(len(loudness), bool)
    firsts, lasts = [start for start, _ in lines], [end for _, end in lines]
    pauses = list(zip([0, *lasts], [*firsts, len(loudness)], strict=True))
    short = [_shifted(_even_runs(loudness[a:b], *SHORT), a) for a, b in pauses]
    own = [[(float(smooth[a:b].mean())) for a, b in runs] for runs in short]
    quietest = room.copy()
    flat = [run for a, b in pauses for run in _shifted(_even_runs(loudness[a:b], 30, FLAT), a)]
    outside = ~mask_of([*lines, *taken], len(loudness))
    middles = np.array([(a + b) / 2 for a, b in pauses])
    for number, (left, right) in enumerate(pauses):
        near = [other for other in np.flatnonzero(np.abs(middles - middles[number]) < AROUND) if other != number and own[other]]
        runs = [run for run, level in zip(short[number], own[number], strict=True)
            if len(near) >= 3 and np.mean([min(abs(level - that) for that in own[other]) <= SAME for other in near]) >= OFTEN]
        for width, spread, least in KINDS:
            runs += [run for run in _shifted(_even_runs(loudness[left:right], width, spread), left) if run[1] - run[0] >= least]
        mask = mask_of(runs, len(loudness))[left:right] 
        runs = _shifted(runs_of(mask), left)
        if runs:
            between = _room_between(smooth, runs, left, right)
            other = between > room[left:right] + _OTHER
            room[left:right][other] = between[other]
            sure[left:right] |= other
    quiet = outside & (mask_of(flat, len(loudness)) | (smooth < quietest + QUIET))
    for left, right in pauses:
        runs = [run for run in _shifted(_even_runs(loudness[left:right], 15, 1.0), left) if run[1] - run[0] >= 30]
        if runs:
            between = _room_between(smooth, runs, left, right)
            other = between > room[left:right] + _OTHER
            room[left:right][other] = between[other]
            sure[left:right] |= other
    lengths = lambda mask: max((b - a for a, b in runs_of(mask)), default=0)
    full = []
    for left, right in pauses:
        wide = slice(max(0, (left + right) // 2 - MUSIC_AROUND), (left + right) // 2 + MUSIC_AROUND)
        if right > left and lengths(outside[wide]) >= MUSIC_PAUSE and lengths(quiet[wide]) < MUSIC:
            full.append((left, right))
    for left, right in full:
        room[left:right] = smooth[left:right]
        sure[left:right] = True
    return Levels(smooth, room.astype(np.float32), sure)


def _shifted(runs, by):
    return [(a + by, b + by) for a, b in runs]


def _even_runs(loudness: Floats, width, spread_db) -> tuple[tuple[int, int], ...]:
    """Return the frames [start, end) of each stretch that is even."""
    if len(loudness) < width:
        return ()
    spread = np.lib.stride_tricks.sliding_window_view(loudness, width).std(axis=1)
    return runs_of(mask_of(((at, at + width) for at in np.flatnonzero(spread < spread_db)), len(loudness)))


def _room_between(smooth: Floats, runs, left: int, right: int) -> Floats:
    room = smooth[left:right].copy()
    level = lambda a, b: float(smooth[a:b].mean())
    first = level(runs[0][0], min(runs[0][1], runs[0][0] + _EVEN))
    room[: runs[0][0] - left + 1] = first
    room[runs[-1][1] - 1 - left :] = level(max(runs[-1][0], runs[-1][1] - _EVEN), runs[-1][1])
    for (first, end), (start, last) in pairwise(runs):
        room[end - 1 - left : start + 1 - left] = max(level(max(first, end - _EVEN), end), level(start, min(last, start + _EVEN)))
    return room


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
        before, behind = slice(max(floor, start - _FURTHEST), start), slice(end, min(ceiling, end + _FURTHEST))
        first = start - _reach((smooth[before] >= _above((start, end), before, levels))[::-1], dip)
        last = end + _reach(smooth[behind] >= _above((start, end), behind, levels), dip)
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
    firsts, lasts = [start for start, _ in edges], [end for _, end in edges]
    for after in range(len(edges) + 1):
        pause = slice(lasts[after - 1] if after else 0, firsts[after] if after < len(edges) else len(smooth))
        quiet = runs_of(smooth[pause] < levels.room[pause] + _LEAST_ABOVE)
        first, last = max(quiet, key=lambda run: run[1] - run[0], default=(0, 0))
        if last - first <= _PAUSE_DIP:
            continue
        ends, starts = slice(pause.start, pause.start + first), slice(pause.start + last, pause.stop)
        if after:
            lasts[after - 1] += _near(smooth[ends] >= _above(edges[after - 1], ends, levels), other[ends])
        if after < len(edges):
            firsts[after] -= _near((smooth[starts] >= _above(edges[after], starts, levels))[::-1], other[starts][::-1])
    return list(zip(firsts, lasts, strict=True))


def _above(line: tuple[int, int], frames: slice, levels: Levels) -> Floats:
    """How loud, in dB, each of `frames` must be to be sound of a line rather than the room's."""
    start, end = line
    speech = float(np.percentile(levels.smooth[start:end], 80))
    room = levels.room[frames]
    if not levels.sure[frames].all():
        room = np.where(levels.sure[frames], room, levels.room[max(0, start - WORD_DIP) : end].min())
    return room + np.maximum(_LEAST_ABOVE, _SHARE * (speech - room))


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
