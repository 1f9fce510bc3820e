"""When cues are shown: in with their speech, out once they can have been read.

In-times are chosen for all cues at once, by dynamic programming over how far each lies from the onset of its speech:
the style says how early and how late that may be (nothing, two frames, one and a half seconds), and leaving the onset
costs, so a cue moves only where it or its neighbour could not be read otherwise. Out-times follow: the end of the
speech, later where reading takes longer, and up to the next cue where a gap would flicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.style import Kind, Severity, Style

_STEPS = 10
"""In-times to try between a cue's onset and its earliest, or latest, in-time."""
_BLENDS = 9
"""Schedules to try between the one that only delays cues and the one that only hastens them."""
_TIGHTER = 0.96
"""The share of the required time to try where all of it is too much."""

# What a schedule costs, per second.
_SHIFT = 1.0
"""A cue that comes in off its onset; and twice the square of it."""
_UNREADABLE = 200.0
"""A cue that has less time than the style demands, however little is missing."""
_MISSING = 600.0
"""A cue without any of the required time; a missing part counts squared, so that neighbours share what is missing."""
_STRAYS = 60.0
"""A cue that comes in earlier or later than the style recommends, for each second beyond."""
_HURRIED = 1.0
"""A cue that has less time than the style recommends."""
_CUT_OFF = 10.0
"""A cue that goes before its speech ends, squared: the least gap before the next one costs next to nothing."""
_OVERSTAYS = 20.0
"""A cue that hangs longer than the style allows, for each second."""

_AT_ONCE = 64
"""Cues whose costs are computed together: few enough for a processor's cache."""

REACH = 250
"""Milliseconds by which an in-time may miss what the style recommends, if only that meets a demand of the style: what
a subtitler takes from the frames around before touching a word."""

Ticks = NDArray[np.int64]


@dataclass(frozen=True)
class Speech:
    """The speech of a cue: when it begins and ends, and how long it takes to read, in milliseconds.

    `required` is the time that the style demands, `recommended` what it recommends, at least as long.
    """

    start: int
    end: int
    required: int
    recommended: int


@dataclass(frozen=True)
class _Limits:
    """A style's times in ticks of a clock."""

    gap: int
    short_gap: int
    longest: int
    stay: int
    """How long a cue may become to close a gap: as good as endless where no rule limits it."""
    early: int
    late: int
    hang: int
    shot: int
    earliest: int
    latest: int
    second: float

    @classmethod
    def of(cls, style: Style, clock: Clock) -> _Limits:
        rate = clock.frame_rate

        def least(kind: Kind) -> int:
            return clock.ceil(style.time(kind, rate) or 0)

        def most(kind: Kind, default: int = 0) -> int:
            limit = style.time(kind, rate)
            return clock.floor(default if limit is None else limit)

        def reached(kind: Kind) -> int:
            # A cue may go a little beyond what is recommended, but not beyond what is demanded.
            demanded = any(rule.severity is Severity.ERROR for rule in style.rules_of(kind))
            return most(kind) + (0 if demanded else clock.floor(REACH))

        return cls(
            gap=least(Kind.GAP),
            short_gap=least(Kind.SHORT_GAP) or clock.ceil(500),
            longest=clock.floor(style.max_duration),
            stay=most(Kind.MAX_DURATION, 60_000),
            early=most(Kind.EARLY),
            late=most(Kind.LATE),
            hang=most(Kind.HANG, 60_000),
            shot=least(Kind.SHOT),
            earliest=reached(Kind.EARLY),
            latest=reached(Kind.LATE),
            second=float(clock.exact(1000)),
        )


@dataclass(frozen=True)
class _SpeechTicks:
    """The speech of all cues, in ticks; `heard` is `ends`, cut off where the next cue's speech begins."""

    onsets: Ticks
    heard: Ticks
    ends: Ticks
    required: Ticks
    recommended: Ticks

    def cues(self, which: slice) -> _SpeechTicks:
        """Return some of the cues, to be compared with two more axes: of in-times, and of those of the next cue."""
        fields = (self.onsets, self.heard, self.ends, self.required, self.recommended)
        return _SpeechTicks(*(field[which, None, None] for field in fields))


def schedule(
    speeches: Sequence[Speech], duration: int, style: Style, clock: Clock, shots: Sequence[int] = ()
) -> list[TimeSpan]:
    """Return the in-time and out-time of each cue, in order and without overlap.

    `duration` is the recording's in milliseconds, `shots` are the times of its shot changes. A cue is shorter than the
    style asks only where the next one's speech, or the end of the recording, leaves no more time.
    """
    if not speeches:
        return []
    limits = _Limits.of(style, clock)
    changes = sorted(clock.nearest(shot) for shot in shots)
    onsets = _apart([clock.nearest(speech.start) for speech in speeches], speeches, clock, duration)
    if changes and limits.shot:
        onsets = [_snapped_in(onset, changes, limits) for onset in onsets]
        onsets = _apart(onsets, speeches, clock, duration)
    talk = _talk(np.array(onsets, dtype=np.int64), speeches, clock, limits)
    final = max(clock.floor(duration), int(talk.ends[-1]))
    starts = _in_times(talk, final, limits)
    nexts = np.append(starts[1:], final + limits.gap)
    outs = _out_times(starts, nexts, talk, limits)
    if changes and limits.shot:
        rows = zip(starts, outs, talk.ends, talk.required, nexts, strict=True)
        outs = np.array([_snapped_out(_Out(*map(int, row)), changes, limits) for row in rows])
    outs = _without_short_gaps(starts, outs, nexts, talk, limits)
    return [
        TimeSpan(clock.milliseconds(int(start)), clock.milliseconds(int(out)))
        for start, out in zip(starts, outs, strict=True)
    ]


def _talk(onsets: Ticks, speeches: Sequence[Speech], clock: Clock, limits: _Limits) -> _SpeechTicks:
    ends = np.array([clock.ceil(speech.end) for speech in speeches], dtype=np.int64)
    return _SpeechTicks(
        onsets,
        np.minimum(ends, np.append(onsets[1:] - limits.gap, ends[-1:])),
        ends,
        np.array([clock.ceil(speech.required) for speech in speeches], dtype=np.int64),
        np.array([clock.ceil(speech.recommended) for speech in speeches], dtype=np.int64),
    )


def _apart(onsets: list[int], speeches: Sequence[Speech], clock: Clock, duration: int) -> list[int]:
    """Return onsets that never coincide: those of words without a time share the time up to the next."""
    apart: list[int] = []
    while len(apart) < len(onsets):
        onset = onsets[len(apart)]
        same = 1
        while len(apart) + same < len(onsets) and onsets[len(apart) + same] <= onset:
            same += 1
        following = len(apart) + same
        until = onsets[following] if following < len(onsets) else max(clock.floor(duration), onset)
        share = (until - onset) // same
        for speech in speeches[len(apart) : following]:
            apart.append(max(onset, apart[-1] + 1 if apart else 0))
            onset += min(share, clock.ceil(speech.required))
    return apart


def _in_times(talk: _SpeechTicks, final: int, limits: _Limits) -> Ticks:
    """Return the in-times of the cheapest schedule."""
    count = len(talk.onsets)
    places = _places(talk, limits)
    shifts = places - talk.onsets[:, None]
    strays = np.maximum(0, np.maximum(shifts - limits.late, -shifts - limits.early)) / limits.second
    seconds = np.abs(shifts) / limits.second
    shift_costs = _SHIFT * (seconds + 2 * seconds**2) + _STRAYS * strays
    totals = shift_costs[0]
    came_from = np.zeros(places.shape, dtype=np.int64)
    for begin in range(1, count, _AT_ONCE):
        end = min(begin + _AT_ONCE, count)
        before, here = places[begin - 1 : end - 1, :, None], places[begin:end, None, :]
        costs = _cost(before, here, talk.cues(slice(begin - 1, end - 1)), limits)
        costs[here <= before] = np.inf
        for number, steps in enumerate(costs, start=begin):
            steps += totals[:, None]
            came_from[number] = np.argmin(steps, axis=0)
            totals = np.min(steps, axis=0) + shift_costs[number]
    last = talk.cues(slice(count - 1, count))
    at_the_end = _cost(places[-1:, :, None], np.array(final + limits.gap), last, limits)
    choice = int(np.argmin(totals + at_the_end[0, :, 0]))
    chosen = np.empty(count, dtype=np.int64)
    for number in range(count - 1, -1, -1):
        chosen[number] = places[number, choice]
        choice = int(came_from[number, choice])
    return chosen


def _places(talk: _SpeechTicks, limits: _Limits) -> Ticks:
    """Return the in-times to try for each cue, its onset among them: cues x in-times, ticks.

    Besides an even grid these are the in-times of whole schedules that leave no time unused: the one that only delays,
    the one that only hastens, and those between the two, for the required and for the recommended times.
    """
    onsets = talk.onsets
    early, late = limits.earliest, limits.latest
    grid = np.concatenate([np.linspace(-early, 0, _STEPS + 1), np.linspace(0, late, _STEPS + 1)[1:]])
    tried: list[NDArray[Any]] = [onsets[:, None] + np.trunc(grid)[None, :]]
    for times in (talk.required, talk.recommended, (talk.required * _TIGHTER).astype(np.int64)):
        delayed, hastened = _delayed(onsets, times + limits.gap), _hastened(onsets, times + limits.gap)
        blend = np.linspace(0, 1, _BLENDS)[None, :]
        tried.append(delayed[:, None] * blend + hastened[:, None] * (1 - blend))
    # The first and the last schedule that give each cue its time with no in-time out of reach: where there is any that
    # does, these do, and so does what lies halfway between.
    needed = talk.required + limits.gap
    first, last = _delayed(onsets - early, needed), _hastened(onsets + late, needed)
    tried.append(np.stack([first, (first + last) / 2, last], axis=1))
    places = np.ceil(np.concatenate(tried, axis=1)).astype(np.int64)
    places = np.clip(places, onsets[:, None] - early, onsets[:, None] + late)
    places = np.maximum(places, np.minimum(onsets, np.arange(len(onsets)))[:, None])
    return _without_repeats(places)


def _without_repeats(places: Ticks) -> Ticks:
    """Return the different in-times of each cue in order, the last of them again where it has fewer than others."""
    ordered = np.sort(places, axis=1)
    repeats = np.zeros(places.shape, dtype=bool)
    repeats[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
    most = places.shape[1] - int(repeats.sum(axis=1).min())
    return np.sort(np.where(repeats, ordered[:, -1:], ordered), axis=1)[:, :most]


def _delayed(onsets: Ticks, times: Ticks) -> NDArray[np.float64]:
    """Return the earliest in-times that leave each cue its time, none before its onset."""
    offsets = np.concatenate([[0.0], np.cumsum(times[:-1])])
    return np.asarray(np.maximum.accumulate(onsets - offsets) + offsets)


def _hastened(onsets: Ticks, times: Ticks) -> NDArray[np.float64]:
    """Return the latest in-times that leave each cue its time, none after its onset."""
    offsets = np.concatenate([[0.0], np.cumsum(times[:-1])])
    return np.asarray(np.minimum.accumulate((onsets - offsets)[::-1])[::-1] + offsets)


def _cost(starts: Ticks, nexts: Ticks, cue: _SpeechTicks, limits: _Limits) -> NDArray[np.float64]:
    """Return the cost of a cue that comes in at `starts` when the next comes in at `nexts`."""
    outs = _out_times(starts, nexts, cue, limits)
    stays = outs - starts
    lacks = np.maximum(0, cue.required - stays) / np.maximum(1, cue.required)
    cost = _UNREADABLE * (lacks > 0) + _MISSING * lacks**2
    cost += _HURRIED * np.maximum(0, cue.recommended - stays) / limits.second
    cut_off = np.maximum(0, np.minimum(cue.heard, starts + limits.longest) - outs) / limits.second
    cost += _CUT_OFF * cut_off**2
    # A cue may hang so that it can be read, but not because it came in late.
    over = np.maximum(0, outs - np.maximum(cue.ends + limits.hang, cue.onsets + cue.required)) / limits.second
    return np.asarray(cost + _OVERSTAYS * over)


def _out_times(starts: Ticks, nexts: Ticks, talk: _SpeechTicks, limits: _Limits) -> Ticks:
    """Return the out-times: after speech and reading time, before the next cue, and never at the in-time."""
    # Recommended reading time may use silence as far as a cue may hang; required time is used anyway.
    outs = np.maximum(talk.ends, starts + talk.required)
    outs = np.maximum(outs, np.minimum(starts + talk.recommended, talk.ends + limits.hang))
    latest = np.minimum(starts + limits.longest, nexts - limits.gap)
    return np.asarray(np.maximum(starts + 1, np.minimum(outs, latest)))


def _without_short_gaps(
    starts: Ticks, outs: Ticks, nexts: Ticks, talk: _SpeechTicks, limits: _Limits
) -> Ticks:
    """Return out-times that leave either the least gap before the next cue, or one long enough not to flicker.

    A gap between the two is closed by letting the cue stay. Where it may not stay or hang that long, and its speech is
    over (but for the least gap) and read, it goes early enough instead.
    """
    gaps = nexts - outs
    short = (gaps > limits.gap) & (gaps < limits.short_gap)
    short[-1] = False
    stays = np.minimum(nexts - limits.gap, starts + limits.stay)
    leaves = nexts - limits.short_gap
    may_leave = leaves >= np.maximum(talk.ends - limits.gap, starts + talk.required)
    closes = (stays == nexts - limits.gap) & (~may_leave | (stays <= talk.ends + limits.hang))
    return np.where(short & closes, stays, np.where(short & may_leave, leaves, np.where(short, stays, outs)))


def _snapped_in(onset: int, changes: Sequence[int], limits: _Limits) -> int:
    """Return the in-time of a cue whose onset is near a shot change.

    Up to half a second after it, and up to two thirds of that before it: at the change. Between those two thirds and
    the half second before it: the half second before it (Netflix, Subtitle Timing Guidelines, 2 Timing to shot
    changes).
    """
    nearest = min(changes, key=lambda change: abs(change - onset))
    distance = onset - nearest
    if 0 <= distance < limits.shot or -distance * 3 < limits.shot * 2:
        return nearest if abs(distance) < limits.shot else onset
    if -limits.shot < distance < 0:
        return max(0, nearest - limits.shot)
    return onset


@dataclass(frozen=True)
class _Out:
    """The out-time of one cue, and what it depends on, in ticks: `following` is when the next cue comes in."""

    start: int
    out: int
    speech_end: int
    required: int
    following: int


def _snapped_out(cue: _Out, changes: Sequence[int], limits: _Limits) -> int:
    """Return the out-time of a cue that would go near a shot change: the least gap before it, if it can have been read.

    Where its speech runs past the change by more than two thirds of half a second, it stays half a second after it.
    """
    nearest = min(changes, key=lambda change: abs(change - cue.out))
    if abs(nearest - cue.out) >= limits.shot:
        return cue.out
    before = nearest - max(limits.gap, 1)
    late = cue.speech_end - nearest
    latest = min(cue.following - limits.gap, cue.start + limits.longest)
    if before - cue.start >= cue.required and late * 3 < limits.shot * 2 and before <= latest:
        return before
    if late <= 0:
        return cue.out
    return max(cue.start + 1, min(max(cue.out, nearest + limits.shot), latest))
