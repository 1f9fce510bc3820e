"""When cues are shown: in with their speech, out when they can have been read.

In-times are chosen for all cues at once, by dynamic programming over how far each lies from the onset of its speech:
the style says how early and how late that may be (nothing, two frames, one and a half seconds), and departing from
the onset costs, so a cue moves only where it or its neighbour could not be read otherwise. Out-times follow: the end
of the speech, later where reading asks for it, and up to the next cue where a gap would flicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.style import Kind, Severity, Style

_STEPS = 10
"""Places that are tried between a cue's onset and the earliest, or latest, that it may come in."""
_BLENDS = 9
"""Schedules that are tried between the one that only delays and the one that only hastens."""
_TIGHTER = 0.96
"""What part of the demanded time is tried where all of it is too much."""

# What a schedule costs, per second.
_SHIFT = 1.0
"""A cue that comes in off its onset; and twice the square of it."""
_UNREADABLE = 200.0
"""A cue that has less time than the style demands, however little it lacks."""
_MISSING = 600.0
"""All of the time that it demands missing; the part that misses counts squared, so that what must lack is shared."""
_STRAYS = 60.0
"""A cue that comes in earlier or later than the style recommends, for each second beyond."""
_HURRIED = 1.0
"""A cue that has less time than the style recommends."""
_CUT_OFF = 10.0
"""A cue that leaves before its speech ends, squared: the least gap before the next one costs next to nothing."""
_OVERSTAYS = 20.0
"""A cue that hangs longer than the style allows, for each second."""

REACH = 250
"""Milliseconds beyond what the style recommends that a cue may come in off its onset, if a demand of the style can
only be met so: what a subtitler takes from the frames around, before touching a word."""

Ticks = NDArray[np.int64]


@dataclass(frozen=True)
class Speech:
    """What a cue shows: from when to when it is spoken, and how long it takes to read (milliseconds).

    `needed` is what the style demands, `wished` what it recommends, at least as long.
    """

    start: int
    end: int
    needed: int
    wished: int


@dataclass(frozen=True)
class _Limits:
    """A style's times in ticks of a clock."""

    gap: int
    short_gap: int
    longest: int
    stay: int
    """As long as a cue may be made to close a gap: without end where no rule says how long it stays."""
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
            # Beyond what is recommended a cue may go a little; beyond what is demanded it may not.
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
class _Talk:
    """What is said, in ticks: an item for each cue. `heard` is `ends` without what runs into the next cue's speech."""

    onsets: Ticks
    heard: Ticks
    ends: Ticks
    needed: Ticks
    wished: Ticks

    def cue(self, number: int) -> _Talk:
        """Return the one cue."""
        fields = (self.onsets, self.heard, self.ends, self.needed, self.wished)
        return _Talk(*(np.asarray(field[number]) for field in fields))


def schedule(
    speeches: Sequence[Speech], duration: int, style: Style, clock: Clock, shots: Sequence[int] = ()
) -> list[TimeSpan]:
    """Return when each of the speeches is shown, in order and without overlap.

    `duration` is the recording's in milliseconds, `shots` are the times of its shot changes. A cue is shorter than the
    style asks only where the next one's speech, or the end of the recording, leaves no more.
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
        rows = zip(starts, outs, talk.ends, talk.needed, nexts, strict=True)
        outs = np.array(
            [
                _snapped_out(int(start), int(out), int(end), int(need), int(after), changes, limits)
                for start, out, end, need, after in rows
            ]
        )
    outs = _without_short_gaps(starts, outs, nexts, talk, limits)
    return [
        TimeSpan(clock.milliseconds(int(start)), clock.milliseconds(int(out)))
        for start, out in zip(starts, outs, strict=True)
    ]


def _talk(onsets: Ticks, speeches: Sequence[Speech], clock: Clock, limits: _Limits) -> _Talk:
    ends = np.array([clock.ceil(speech.end) for speech in speeches], dtype=np.int64)
    return _Talk(
        onsets,
        np.minimum(ends, np.append(onsets[1:] - limits.gap, ends[-1:])),
        ends,
        np.array([clock.ceil(speech.needed) for speech in speeches], dtype=np.int64),
        np.array([clock.ceil(speech.wished) for speech in speeches], dtype=np.int64),
    )


def _apart(onsets: list[int], speeches: Sequence[Speech], clock: Clock, duration: int) -> list[int]:
    """Return onsets that never fall together: those of words without a time share the time up to the next."""
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
            onset += min(share, clock.ceil(speech.needed))
    return apart


def _in_times(talk: _Talk, final: int, limits: _Limits) -> Ticks:
    """Return the in-times of the cheapest schedule."""
    count = len(talk.onsets)
    places = _places(talk, limits)
    shifts = places - talk.onsets[:, None]
    strays = np.maximum(0, np.maximum(shifts - limits.late, -shifts - limits.early)) / limits.second
    seconds = np.abs(shifts) / limits.second
    shift_costs = _SHIFT * (seconds + 2 * seconds**2) + _STRAYS * strays
    totals = shift_costs[0]
    came_from = np.zeros(places.shape, dtype=np.int64)
    for number in range(1, count):
        before, here = places[number - 1][:, None], places[number][None, :]
        costs = totals[:, None] + _cost(before, here, talk.cue(number - 1), limits)
        costs = np.where(here > before, costs, np.inf)
        came_from[number] = np.argmin(costs, axis=0)
        totals = np.min(costs, axis=0) + shift_costs[number]
    choice = int(np.argmin(totals + _cost(places[-1], np.array(final + limits.gap), talk.cue(-1), limits)))
    chosen = np.empty(count, dtype=np.int64)
    for number in range(count - 1, -1, -1):
        chosen[number] = places[number, choice]
        choice = int(came_from[number, choice])
    return chosen


def _places(talk: _Talk, limits: _Limits) -> Ticks:
    """Return the places to try for each cue, its onset among them: cues x places, ticks.

    Beside an even grid they are those of whole schedules that leave no time unused: the one that only ever delays, the
    one that only ever hastens, and what lies between those two, for the times that are demanded and that are wished.
    """
    onsets = talk.onsets
    early, late = limits.earliest, limits.latest
    grid = np.concatenate([np.linspace(-early, 0, _STEPS + 1), np.linspace(0, late, _STEPS + 1)[1:]])
    tried = [onsets[:, None] + np.trunc(grid)[None, :]]
    for times in (talk.needed, talk.wished, (talk.needed * _TIGHTER).astype(np.int64)):
        delayed, hastened = _delayed(onsets, times + limits.gap), _hastened(onsets, times + limits.gap)
        blend = np.linspace(0, 1, _BLENDS)[None, :]
        tried.append(delayed[:, None] * blend + hastened[:, None] * (1 - blend))
    places = np.ceil(np.concatenate(tried, axis=1)).astype(np.int64)
    places = np.clip(places, onsets[:, None] - early, onsets[:, None] + late)
    return np.asarray(np.maximum(places, np.minimum(onsets, np.arange(len(onsets)))[:, None]))


def _delayed(onsets: Ticks, times: Ticks) -> NDArray[np.float64]:
    """Return the earliest in-times, none before its onset, that leave each cue its time."""
    offsets = np.concatenate([[0.0], np.cumsum(times[:-1])])
    return np.asarray(np.maximum.accumulate(onsets - offsets) + offsets)


def _hastened(onsets: Ticks, times: Ticks) -> NDArray[np.float64]:
    """Return the latest in-times, none after its onset, that leave each cue its time."""
    offsets = np.concatenate([[0.0], np.cumsum(times[:-1])])
    return np.asarray(np.minimum.accumulate((onsets - offsets)[::-1])[::-1] + offsets)


def _cost(starts: Ticks, nexts: Ticks, cue: _Talk, limits: _Limits) -> NDArray[np.float64]:
    """Return what a cue costs that comes in at `starts` when the next comes in at `nexts`."""
    outs = _out_times(starts, nexts, cue, limits)
    stays = outs - starts
    lacks = np.maximum(0, cue.needed - stays) / np.maximum(1, cue.needed)
    cost = _UNREADABLE * (lacks > 0) + _MISSING * lacks**2
    cost += _HURRIED * np.maximum(0, cue.wished - stays) / limits.second
    cut_off = np.maximum(0, np.minimum(cue.heard, starts + limits.longest) - outs) / limits.second
    cost += _CUT_OFF * cut_off**2
    # To be read in time with its speech a cue may hang; not because it came in late.
    over = np.maximum(0, outs - np.maximum(cue.ends + limits.hang, cue.onsets + cue.needed)) / limits.second
    return np.asarray(cost + _OVERSTAYS * over)


def _out_times(starts: Ticks, nexts: Ticks, talk: _Talk, limits: _Limits) -> Ticks:
    """Return when cues go: after their speech and their reading time, before the next; never where they came in."""
    # Recommended reading time is taken from silence as far as a cue may hang; demanded time is taken anyway.
    outs = np.maximum(talk.ends, starts + talk.needed)
    outs = np.maximum(outs, np.minimum(starts + talk.wished, talk.ends + limits.hang))
    latest = np.minimum(starts + limits.longest, nexts - limits.gap)
    return np.asarray(np.maximum(starts + 1, np.minimum(outs, latest)))


def _without_short_gaps(starts: Ticks, outs: Ticks, nexts: Ticks, talk: _Talk, limits: _Limits) -> Ticks:
    """Return out-times that leave the least gap before the next cue or one that is no flicker.

    Such a gap is closed by letting the cue stay; where that is longer than it may stay or hang, and its speech is over
    (but for the least gap) and read, it goes early enough instead.
    """
    gaps = nexts - outs
    short = (gaps > limits.gap) & (gaps < limits.short_gap)
    short[-1] = False
    stays = np.minimum(nexts - limits.gap, starts + limits.stay)
    leaves = nexts - limits.short_gap
    may_leave = leaves >= np.maximum(talk.ends - limits.gap, starts + talk.needed)
    closes = (stays == nexts - limits.gap) & (~may_leave | (stays <= talk.ends + limits.hang))
    return np.where(short & closes, stays, np.where(short & may_leave, leaves, np.where(short, stays, outs)))


def _snapped_in(onset: int, changes: Sequence[int], limits: _Limits) -> int:
    """Return where a cue comes in that would come in near a shot change.

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


def _snapped_out(
    start: int, out: int, end: int, needed: int, following: int, changes: Sequence[int], limits: _Limits
) -> int:
    """Return where a cue goes that would go near a shot change: the least gap before it, if it can have been read.

    Where its speech runs past the change by more than two thirds of half a second, it stays half a second after it.
    """
    nearest = min(changes, key=lambda change: abs(change - out))
    if abs(nearest - out) >= limits.shot:
        return out
    before = nearest - max(limits.gap, 1)
    late = end - nearest
    latest = min(following - limits.gap, start + limits.longest)
    if before - start >= needed and late * 3 < limits.shot * 2 and before <= latest:
        return before
    return max(start + 1, min(max(out, nearest + limits.shot), latest)) if late > 0 else out
