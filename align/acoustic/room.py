"""The sound of the room, between the lines of a recording: what is even there, however loud it is.

The quietest moment nearby is not enough to know a room by. Gates and codecs silence the middle of a pause, automatic
gain and ducked music raise it, and the noise that is left beside a line then stands far above the quietest moment.
Speech is never even for long, and a breath or a click does not come back in every pause at the same level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import Bools, FrameSpan, mask_of, spans_of
from asdelivered.align.acoustic.percentiles import percentiles

Floats = NDArray[np.float32]

LEAST_ABOVE = 3.0
"""Decibels that sound must stand above the room."""
BREATH = 20.0
"""Decibels by which a breath, or what a line trails off in, is quieter than its words."""

_SHARE = 0.15
"""Share of the decibels by which speech exceeds the room, by which sound must exceed it too if that is more."""
WORD_DIP = 50 // FRAME_MS
"""Frames that may be as quiet as the room within a word: a stop's closure."""

_SMOOTHING = 3
_BESIDE = 4000 // FRAME_MS
"""Frames around a moment of which the quietest says how loud the room is, where nothing else does."""
_STEADY = 100 // FRAME_MS
_NOTHING = 30.0
"""Decibels below which a frame is digital silence: noise of one bit has 39."""
_PUT_IN = 2000 // FRAME_MS

_EVEN = 100 // FRAME_MS
"""Frames over which the level of a room has a standard deviation of less than `_SPREAD`, in dB; that of white noise is
0.6, of speech 2 to 15."""
_SPREAD = 0.8
_LASTING = 300 // FRAME_MS
"""Frames from which on what is even is the room: a breath is shorter."""
_LASTING_SPREAD = 0.7
"""Decibels, as `_SPREAD`, over `_LASTING`: between the notes of music there is no such stretch."""
_SAME = 1.5
"""Decibels by which the room may differ between two pauses."""
_AROUND = 60_000 // FRAME_MS
_FEWEST = 3
"""Pauses within `_AROUND`, before and after, of which most have a room that comes back."""
_LOUDER = 4.0
"""Decibels by which what is even must exceed the quietest moment, to be another room than there."""
_NEAR = 10_000 // FRAME_MS
_ROOM_FOR_QUIET = 450 // FRAME_MS


@dataclass(frozen=True)
class Levels:
    """How loud a recording is, frame by frame, in dB; all (frames,).

    `smooth` is the loudness without its jitter, `quietest` that of the quietest moment nearby, and `even` that of the
    room as it is heard beside the lines: -inf where it is not heard, inf where it can't be told from them. `echo` is
    that of what was heard before, where the room rings; -inf elsewhere.
    """

    smooth: Floats
    quietest: Floats
    even: Floats
    echo: Floats

    def room(self, frames: slice, quiet: Floats | float) -> Floats:
        """Return how loud the room is in `frames`, in dB: as `quiet`, or as what is even or its echo if louder."""
        even = self.even[frames]
        return np.maximum(np.where(even > quiet + _LOUDER, even, quiet), self.echo[frames])

    def speech(self, frames: FrameSpan) -> float:
        """Return how loud the speech in frames [start, end) is, in dB."""
        (loud,) = percentiles(self.smooth[frames[0] : frames[1]], 80)
        return loud


def plain_levels(loudness: Floats) -> Levels:
    """Return the levels of a recording of which no line is known; its `loudness` (frames,) is in dB."""
    nothing = np.broadcast_to(np.float32(-np.inf), len(loudness))
    return Levels(_mean(loudness, _SMOOTHING), _quietest(loudness), nothing, nothing)


def levels_between(loudness: Floats, lines: Sequence[FrameSpan], other: Sequence[FrameSpan]) -> Levels:
    """Return the levels of a recording, whose `loudness` (frames,) is in dB, with what is even between its lines.

    `lines` are frames [start, end), ascending without overlap; `other` are those of sound that is neither line nor
    room.
    """
    plain = plain_levels(loudness)
    even = plain.even.copy()
    pauses = pauses_between(lines, len(loudness))
    for (start, end), runs in zip(pauses, _rooms(pauses, loudness), strict=True):
        if runs:
            even[start:end] = _room_between(plain.smooth, (start, end), runs)
    for start, end in _never_quiet(loudness, plain, pauses, other):
        even[start:end] = np.inf
    return replace(plain, even=even)


def lasting_rooms(loudness: Floats, within: FrameSpan) -> list[FrameSpan]:
    """Return the frames [start, end) of all that is even for so long, within frames [start, end), that none speaks."""
    return _even_runs(loudness, within, _LASTING, _LASTING_SPREAD)


def is_loud(line: FrameSpan, frames: slice, levels: Levels) -> NDArray[np.bool_]:
    """Return which of `frames` are loud enough to be the sound of a line [start, end) rather than the room's."""
    room = levels.room(frames, quietest_near(line, levels))
    return _above(room, levels.speech(line), levels.smooth[frames])


def is_own(line: FrameSpan, frames: slice, levels: Levels) -> NDArray[np.bool_]:
    """Return which of `frames` beside a line [start, end) are loud, and may be its own sound.

    What is even and too loud to be a breath beside it is the room, though it be little louder than the quietest moment:
    automatic gain raises it bit by bit. So it is no quieter later on: what falls away is the line's own end.
    """
    quiet, speech, even = quietest_near(line, levels), levels.speech(line), levels.even[frames]
    lasting = np.minimum(even, np.minimum.accumulate(even[::-1])[::-1] + _SAME)
    room = levels.room(frames, quiet)
    loud_room = (lasting >= speech - BREATH) & (lasting > quiet + LEAST_ABOVE)
    return _above(np.where(loud_room, np.maximum(even, room), room), speech, levels.smooth[frames])


def _above(room: Floats, speech: float, smooth: Floats) -> NDArray[np.bool_]:
    """Return which frames of so many dB stand above a room of so many, beside `speech`."""
    return np.asarray(smooth >= room + np.maximum(LEAST_ABOVE, _SHARE * (speech - room)))


def quietest_near(line: FrameSpan, levels: Levels) -> float:
    """Return how loud, in dB, the quietest moment near any frame of a line is, or of the moment before it."""
    start, end = line
    return float(levels.quietest[max(0, start - WORD_DIP) : end].min())


def pauses_between(lines: Sequence[FrameSpan], count: int) -> list[FrameSpan]:
    """Return the frames [start, end) between the lines, before the first and after the last; some are empty."""
    return list(zip([0, *(end for _, end in lines)], [*(start for start, _ in lines), count], strict=True))


def _quietest(loudness: Floats) -> Floats:
    """Return the least level that holds for a tenth of a second within two seconds before or after each frame.

    Seconds of zeros were put before the event, or after it, and say nothing of what is beside them.
    """
    steady = _mean(loudness, _STEADY)
    heard = steady.copy()
    for start, end in spans_of(loudness < _NOTHING):
        if end - start >= _PUT_IN:
            heard[max(0, start - _STEADY // 2 + 1) : end + _STEADY // 2] = np.inf
    lowest = _lowest(heard, _BESIDE)
    np.copyto(lowest, steady, where=np.isinf(lowest))
    return lowest


def _even_runs(loudness: Floats, within: FrameSpan, width: int, spread: float) -> list[FrameSpan]:
    """Return the frames [start, end) of all that is even over `width` frames, by the standard deviation in dB."""
    start, end = within
    if end - start < width:
        return []
    sums = np.cumsum(np.pad(loudness[start:end].astype(np.float64), (1, 0)))
    squares = np.cumsum(np.pad(loudness[start:end].astype(np.float64) ** 2, (1, 0)))
    mean = (sums[width:] - sums[:-width]) / width
    variance = (squares[width:] - squares[:-width]) / width - mean**2
    even = [(start + first, start + last + width - 1) for first, last in spans_of(variance < spread**2)]
    return _joined(even)


def _rooms(pauses: Sequence[FrameSpan], loudness: Floats) -> list[list[FrameSpan]]:
    """Return for each pause what is certain to be the room, of what is even in it: it lasts, or comes back."""
    found = [_even_runs(loudness, pause, _EVEN, _SPREAD) for pause in pauses]
    levels = [np.array([loudness[start:end].mean() for start, end in runs]) for runs in found]
    middles = np.array([np.mean(runs) if runs else np.inf for runs in found])
    rooms: list[list[FrameSpan]] = []
    for number, runs in enumerate(found):
        near = np.abs(middles - middles[number]) < _AROUND if runs else np.zeros(len(found), bool)
        others = [levels[at] for at in np.flatnonzero(near) if at != number]
        rooms.append(
            [
                run
                for run, level in zip(runs, levels[number], strict=True)
                if run[1] - run[0] >= _LASTING or _comes_back(level, others)
            ]
        )
    return rooms


def _comes_back(level: float, others: Sequence[NDArray[np.float32]]) -> bool:
    """Tell whether most of the `others`, each the levels of what is even in a pause, have one near to `level`."""
    return (
        len(others) >= _FEWEST
        and float(np.mean([np.abs(there - level).min() <= _SAME for there in others])) >= 0.5
    )


def _room_between(smooth: Floats, pause: FrameSpan, runs: Sequence[FrameSpan]) -> Floats:
    """Return how loud the room is in a pause, in dB, of which `runs`, frames [start, end), are surely the room.

    Between two of them it is as loud as the louder: a step from one to the other is no sound of its own.
    """
    start, end = pause
    room = smooth[start:end].copy()
    firsts = [float(smooth[first : min(last, first + _EVEN)].mean()) for first, last in runs]
    lasts = [float(smooth[max(first, last - _EVEN) : last].mean()) for first, last in runs]
    # The outermost frames of a run are smoothed with what is beside it.
    room[: runs[0][0] + 1 - start] = firsts[0]
    room[runs[-1][1] - 1 - start :] = lasts[-1]
    for at, ((_, before), (after, _)) in enumerate(pairwise(runs)):
        room[before - 1 - start : after + 1 - start] = max(lasts[at], firsts[at + 1])
    return room


def _never_quiet(
    loudness: Floats, plain: Levels, pauses: Sequence[FrameSpan], other: Sequence[FrameSpan]
) -> Iterator[FrameSpan]:
    """Yield the pauses within ten seconds of which nothing is quiet or even for long: there is music, or a crowd."""
    outside = mask_of(pauses, len(loudness)) & ~mask_of(other, len(loudness))
    even = [run for pause in pauses for run in _even_runs(loudness, pause, _LASTING, _LASTING_SPREAD)]
    quiet = outside & ((plain.smooth < plain.quietest + LEAST_ABOVE) | mask_of(even, len(loudness)))
    for start, end in pauses:
        middle = (start + end) // 2
        around = slice(max(0, middle - _NEAR), middle + _NEAR)
        if _longest(outside[around]) >= _ROOM_FOR_QUIET and _longest(quiet[around]) < _LASTING:
            yield start, end


def _joined(spans: Sequence[FrameSpan]) -> list[FrameSpan]:
    """Return spans in order, those that overlap as one."""
    joined: list[FrameSpan] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _longest(mask: Bools) -> int:
    return max((end - start for start, end in spans_of(mask)), default=0)


def _mean(values: Floats, width: int) -> Floats:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.asarray(np.convolve(padded, np.full(width, 1.0 / width, np.float32), mode="valid"), np.float32)


def _lowest(values: Floats, width: int) -> Floats:
    """The least of each `width` frames around; the recording's ends are repeated.

    Blocks of `width` are gone through once from either end: any `width` frames are the end of one and the beginning of
    the next (M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal
    kernels", Pattern Recognition Letters 13, 1992).
    """
    whole = -(-(len(values) + width - 1) // width) * width
    padded = np.pad(values, (width // 2, whole - len(values) - width // 2), mode="edge")
    blocks = padded.reshape(-1, width)
    since = np.minimum.accumulate(blocks, axis=1).ravel()[width - 1 : width - 1 + len(values)]
    np.minimum.accumulate(blocks[:, ::-1], axis=1, out=blocks[:, ::-1])
    return np.minimum(padded[: len(values)], since, out=since)
