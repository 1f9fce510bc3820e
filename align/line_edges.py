"""Line edges: a line begins and ends where its sound does, out from its first and last word to the room's noise.

Where a line begins softly, or trails off in a breath, its phones are found where they are clear. A cut there would clip
the rest of its sound, so its edges move outward, through sound that stands above the noise of the room, until the sound
has died down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import EDGE_MS, FRAME_MS, moment_of
from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of, spans_of
from asdelivered.align.values.timed_token import TimedToken, timed_by_line
from asdelivered.base.span import TimeSpan

Floats = NDArray[np.float32]

_FURTHEST = 900 // FRAME_MS
WORD_DIP = 50 // FRAME_MS
"""Frames that may be as quiet as the room within a word: a stop's closure."""
LINE_DIP = 150 // FRAME_MS
"""The same within a line: the moment between a breath and a word."""
_PAUSE_DIP = 400 // FRAME_MS
"""The same between a line and a sound that belongs to it in the pause beside it."""
_PAUSE_REACH = 600 // FRAME_MS
_ROOM = 4000 // FRAME_MS
_STEADY = 100 // FRAME_MS
_NOTHING = 30.0
"""Decibels below which a frame is digital silence: noise of one bit has 39."""
_PUT_IN = 2000 // FRAME_MS
_LEAST_ABOVE = 3.0
"""Decibels by which sound must exceed the room's noise."""
_SHARE = 0.15
"""Or this share of the decibels by which speech exceeds it, if that is more."""
_SMOOTHING = 3
_BLUR = 2
"""Frames by which sound seems longer than it is: each frame is 25 ms long, and smoothed with its neighbours."""


@dataclass(frozen=True)
class Levels:
    """How loud each frame is, smoothed, and how loud the `room` around it is: both (frames,), in dB."""

    smooth: Floats
    room: Floats


def settle_edges(
    tokens: Sequence[TimedToken], garbage: Sequence[FrameSpan], loudness: Floats
) -> tuple[list[TimedToken], dict[int, TimeSpan]]:
    """Return `tokens`, with the first and the last word of each line as long as their sound, and the spans of lines.

    A line reaches from its first breath to where its sound ends; `loudness` (frames,) is in dB.
    """
    levels = levels_of(loudness)
    settled = list(tokens)
    lines = timed_by_line(tokens)
    inner = [_frames(tokens[places[0]], tokens[places[-1]]) for places in lines.values()]
    words = widen(inner, garbage, levels, WORD_DIP)
    for places, before, after in zip(lines.values(), inner, words, strict=True):
        first = settled[places[0]]
        if first.span and after[0] < before[0]:
            settled[places[0]] = replace(first, span=TimeSpan(moment_of(after[0]), first.span.end))
        last = settled[places[-1]]
        if last.span and after[1] > before[1]:
            settled[places[-1]] = replace(last, span=TimeSpan(last.span.start, moment_of(after[1])))
    wide = share_pauses(widen(words, garbage, levels, LINE_DIP), garbage, levels)
    spans = {}
    for (line, places), (start, end) in zip(lines.items(), wide, strict=True):
        first_span, last_span = settled[places[0]].span, settled[places[-1]].span
        assert first_span is not None
        assert last_span is not None
        spans[line] = TimeSpan(min(first_span.start, moment_of(start)), max(last_span.end, moment_of(end)))
    return settled, spans


def _frames(first: TimedToken, last: TimedToken) -> FrameSpan:
    """Return the frames [start, end) from the start of one timed token to the end of another."""
    assert first.span is not None
    assert last.span is not None
    return max(0, first.span.start - EDGE_MS) // FRAME_MS, (last.span.end - EDGE_MS) // FRAME_MS


def levels_of(loudness: Floats) -> Levels:
    """Return the levels of a recording, whose `loudness` (frames,) is in dB.

    The level of the room is the lowest that lasts for a tenth of a second within two seconds on either side. No room is
    silent: seconds of zeros were added before the event, or after it, and say nothing about what is beside them.
    """
    steady = _mean(loudness, _STEADY)
    nothing = mask_of(
        [run for run in spans_of(loudness < _NOTHING) if run[1] - run[0] >= _PUT_IN], len(loudness)
    )
    beside = _mean(nothing.astype(np.float32), _STEADY) > 0
    room = _lowest(np.where(beside, np.float32(np.inf), steady), _ROOM)
    return Levels(_mean(loudness, _SMOOTHING), np.where(np.isinf(room), steady, room))


def widen(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels, dip: int
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each moved out to where its sound ends.

    A sound continues across dips to the level of the room of fewer than `dip` frames. No edge moves by more than 0.9 s,
    nor past a neighbour's, nor into a long span of `taken`, frames [start, end) of sound that is known to be something
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

    Each pause is divided at its longest quiet part: a breath or the lips before that belong to the line before, what
    comes after it to the line after. Sound more than 0.6 s from an edge belongs to neither, nor does `taken`, sound
    that is known to be something else.
    """
    smooth = levels.smooth
    other = mask_of(taken, len(smooth))
    above = [least_loud(start, end, levels) for start, end in edges]
    firsts, lasts = [start for start, _ in edges], [end for _, end in edges]
    for after in range(len(edges) + 1):
        pause = slice(lasts[after - 1] if after else 0, firsts[after] if after < len(edges) else len(smooth))
        quiet = spans_of(smooth[pause] < levels.room[pause] + _LEAST_ABOVE)
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
    """Return how loud, in dB, sound must be to belong to [start, end) rather than to the room."""
    quiet = float(levels.room[max(0, start - WORD_DIP) : end].min())
    speech = float(np.percentile(levels.smooth[start:end], 80))
    return quiet + max(_LEAST_ABOVE, _SHARE * (speech - quiet))


def _near(loud: NDArray[np.bool_], other: NDArray[np.bool_]) -> int:
    """Return how many frames of a pause, counted from a line's edge, belong to the line: up to a sound near it."""
    reach = _last_loud(loud, _PAUSE_DIP)
    return max(0, reach - _BLUR) if reach <= _PAUSE_REACH and not other[:reach].any() else 0


def _reach(loud: NDArray[np.bool_], dip: int) -> int:
    """Return for how many frames the sound continues, across dips.

    That is 0 where it does not die down: then it belongs to the room, or to somebody else.
    """
    reach = _last_loud(loud, dip)
    return max(0, reach - _BLUR) if reach < len(loud) else 0


def _last_loud(loud: NDArray[np.bool_], dip: int) -> int:
    """Return the number of frames up to the last loud one before `dip` quiet ones."""
    reach = 0
    for at, is_loud in enumerate(loud):
        if is_loud:
            reach = at + 1
        elif at - reach >= dip:
            break
    return reach


def _mean(values: Floats, width: int) -> Floats:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, np.full(width, 1.0 / width, np.float32), mode="valid").astype(np.float32)


def _lowest(values: Floats, width: int) -> Floats:
    """Return the lowest of the `width` values around each; the first and the last one are repeated."""
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, width).min(axis=1))
