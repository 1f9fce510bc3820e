"""Where to cut: the in-point and out-point that a sound editor would choose around the words of a quote.

An edge lies in the pause beside the quote, at the nearest silence, and keeps a little of that silence. A breath is kept
whole or left out. Where words run into each other there is no good place; then the edge keeps clear of the quote's own
word first, and of the other word as far as possible. In a movie edges lie on frames, otherwise where the sound crosses
zero.

All of this is expressed as a cost: the edge is where the cost is lowest, among the frames or, without a picture, every
5 ms. Distances are milliseconds outwards from the quote's first or last word, so both edges are handled alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import AudioExcerpt, AudioReader
from asdelivered.media.edit_source import EditSource
from asdelivered.media.mixing import mixed
from asdelivered.media.timecode import frame_at, seconds_at

REACH = 600
"""The greatest distance of an edge from its word: the length of a pause with a breath in it."""
SPARE = 32
"""Margin to keep clear of the word: its time may be late, and soft sounds begin before one hears them."""
REST = 120
"""How much of a silence to keep, so that the word doesn't start or end abruptly."""
STEP = 5
WINDOW = 20
"""Length of sound over which a level is measured."""
CROSSING = 4
"""How far to look for a zero crossing; so small a shift can't be heard."""

# The weights of the cost: 1 is worth a place that is 6 dB above silence, or 100 ms farther away.
_LOUD = 1 / 6
_LOUDEST = 18
"""dB above silence beyond which all is equally bad: it is speech."""
_FAR = 1 / 100
_SPARED = 5.0
_NEAR = 1 / 3
"""For not keeping SPARE clear, and for each ms that is missing from it."""
_NEXT_WORD = 1 / 30
"""For each ms inside the word beside the quote."""
_NEXT_CENTRE = 20.0
"""For more than half of that word: then one hears it as a word."""
_OWN_WORD = 40.0

# How applause is recognised.
_AUDIBLE = -60.0
"""dB of full scale below which there is nothing to hear."""
_ABOVE_SILENCE = 3.0
"""dB above the quietest 5 % of the quote's own sound: pauses in a noisy hall measured -1 dB, applause 3 to 14 dB."""
_BELOW_SPEECH = 15.0
"""dB below the loudest fifth of the quote's own sound; softer noise doesn't disturb."""
_INSIDE = 1000
"""How much of the quote's own sound, next to the edge, is looked at."""
_AROUND = 150
"""How far there must be noise on both sides of the edge, except closer to the word than SPARE."""


@dataclass(frozen=True)
class QuoteTiming:
    """When the words of a quote are said, the last word `before` them and the first `after` them, if there are any."""

    span: TimeSpan
    before: TimeSpan | None
    after: TimeSpan | None


@dataclass(frozen=True)
class CutPoint:
    """An edge of a clip, in exact seconds on the recording's clock.

    `tight`: there is no pause here. `applause`: applause or another loud noise runs over the edge.
    """

    time: Fraction
    tight: bool
    applause: bool


def cut_points(
    reader: AudioReader, source: EditSource, timing: QuoteTiming, handles: int = 0
) -> tuple[CutPoint, CutPoint]:
    """Return the in-point and the out-point for a quote, each moved outwards by `handles` ms.

    Raises MediaError where the sound can't be read.
    """
    span, before, after = timing.span, timing.before, timing.after
    end = math.floor((source.start + seconds_at(source.frames, source.rate)) * 1000)
    head = _Edge(
        word=span.start,
        outwards=-1,
        pause=max(0, span.start - (before.end if before else 0)),
        next_word=before.duration if before else 0,
        room=span.start,
        quote=span.duration,
    )
    tail = _Edge(
        word=span.end,
        outwards=1,
        pause=max(0, (after.start if after else end) - span.end),
        next_word=after.duration if after else 0,
        room=max(0, end - span.end),
        quote=span.duration,
    )
    return _cut_point(reader, source, head, handles), _cut_point(reader, source, tail, handles)


@dataclass(frozen=True)
class _Edge:
    """An edge to be found; all but `outwards` are milliseconds.

    `word` is when the quote's own word begins or ends, `outwards` is -1 for the in-point and 1 for the out-point. Then
    come lengths: of the `pause` beside the word, of the `next_word` beyond the pause, of all the `room` up to the end
    of the recording, and of the `quote`.
    """

    word: int
    outwards: int
    pause: int
    next_word: int
    room: int
    quote: int

    def distance(self, time: Fraction) -> float:
        """Return how far a time in seconds lies outwards from the word, in ms."""
        return float(self.outwards * (1000 * time - self.word))

    def time(self, distance: int) -> Fraction:
        """Return the time `distance` ms outwards from the word, in seconds."""
        return Fraction(self.word + self.outwards * distance, 1000)


def _cut_point(reader: AudioReader, source: EditSource, edge: _Edge, handles: int) -> CutPoint:
    near, far = -(min(_INSIDE, edge.quote) // STEP * STEP), REACH + handles + _AROUND
    start, end = sorted(edge.time(distance) for distance in (near - WINDOW, far + WINDOW))
    sound = reader.read(start, end)
    levels = _levels(sound, edge, range(near, far + 1, STEP))
    if source.size:
        frames = _frames(source, edge)
        times = [source.start + seconds_at(frame, source.rate) for frame in frames]
        best = frames[_cheapest([edge.distance(time) for time in times], levels, edge)]
        best += edge.outwards * frame_at(Fraction(handles, 1000), source.rate)
        time = source.start + seconds_at(min(max(0, best), source.frames), source.rate)
    else:
        distances = range(0, min(REACH, edge.room) + 1, STEP)
        best = distances[_cheapest(distances, levels, edge)]
        time = _zero_crossing(sound, edge, min(best + handles, edge.room))
    return CutPoint(time, edge.pause < SPARE, _is_applause(levels, edge, edge.distance(time)))


def _frames(source: EditSource, edge: _Edge) -> list[int]:
    """Return the frames at which an edge may lie; they include one on the inner side of the word's edge."""
    at = frame_at(Fraction(edge.word, 1000) - source.start, source.rate)
    reach = math.ceil(REACH * source.rate.fps / 1000)
    frames = [at + edge.outwards * number for number in range(-1, reach + 1)]
    return [frame for frame in frames if 0 <= frame <= source.frames] or [min(max(0, at), source.frames)]


@dataclass(frozen=True, eq=False)
class _Levels:
    """How loud it is at each of the distances, in dB of full scale."""

    distances: NDArray[np.float64]
    values: NDArray[np.float64]

    def between(self, near: float, far: float) -> NDArray[np.float64]:
        """Return the levels from one distance to another."""
        return self.values[(self.distances >= near) & (self.distances <= far)]


def _levels(sound: AudioExcerpt, edge: _Edge, distances: Sequence[int]) -> _Levels:
    """Return how loud it is around each distance. Low tones are weakened, since hum would hide consonants."""
    rate = sound.sample_rate
    power = np.cumsum(np.square(np.diff(_mono(sound), prepend=0.0)))
    middle = (edge.word + edge.outwards * np.array(distances)) * rate // 1000 - sound.first
    first = np.clip(middle - WINDOW * rate // 2000, 0, len(power) - 2)
    last = np.clip(middle + WINDOW * rate // 2000, first + 1, len(power) - 1)
    values = 10 * np.log10((power[last] - power[first]) / (last - first) + 1e-12)
    return _Levels(np.array(distances, dtype=np.float64), values)


def _mono(sound: AudioExcerpt) -> NDArray[np.float64]:
    return mixed(sound.samples) / 2**31


def _cheapest(distances: Sequence[float], levels: _Levels, edge: _Edge) -> int:
    """Return the index of the distance with the lowest cost."""
    at = np.array(distances, dtype=np.float64)
    silence = levels.between(0, min(REACH, edge.pause)).min()
    above = np.interp(at, levels.distances, levels.values) - silence
    costs = _LOUD * np.clip(above, 0, _LOUDEST)
    costs += _FAR * np.abs(at - REST)
    costs += _SPARED * (at < SPARE) + _NEAR * np.maximum(0, SPARE - at)
    costs += _NEXT_WORD * np.maximum(0, at - edge.pause)
    costs += _NEXT_CENTRE * (at > edge.pause + edge.next_word / 2 - 1)
    costs += _OWN_WORD * (at < 0)
    return int(np.argmin(costs))


def _zero_crossing(sound: AudioExcerpt, edge: _Edge, distance: int) -> Fraction:
    """Return the time of the first zero crossing outwards from a distance, or of the distance if none is near."""
    samples = _mono(sound)
    wanted = round(edge.time(distance) * sound.sample_rate) - sound.first
    reach = CROSSING * sound.sample_rate // 1000
    for at in range(wanted, wanted + edge.outwards * reach, edge.outwards):
        if 0 < at < len(samples) and (samples[at - 1] < 0) != (samples[at] < 0):
            return Fraction(sound.first + at, sound.sample_rate)
    return Fraction(sound.first + wanted, sound.sample_rate)


def _is_applause(levels: _Levels, edge: _Edge, distance: float) -> bool:
    """Return whether there is loud noise all around an edge, where nobody speaks."""
    noise = levels.between(max(SPARE, distance - _AROUND), min(edge.pause, distance + _AROUND))
    if len(noise) * STEP < 2 * WINDOW:
        return False
    around = np.percentile(noise, 20)
    silence, speech = np.percentile(levels.between(levels.distances[0], 0), (5, 80))
    return bool(around > _AUDIBLE and around > silence + _ABOVE_SILENCE and around > speech - _BELOW_SPEECH)
