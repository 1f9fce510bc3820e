"""Samples of a recording's sounds: how loud each channel of each track is over time, and which of them are alike."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording
from asdelivered.media.sound import SoundChoice

Floats = NDArray[np.float64]

WINDOWS = 8
"""Samples of a long recording, spread evenly."""
WINDOW = 15_000
"""Milliseconds of a sample: recognisers want a sentence or two."""
_FRAME = 10
"""Levels a second. Speakers differ in their pauses and syllables, which are longer; a copy that is late by the delay of
another microphone does not."""
_FULL = float(2**31)
_SILENT = -60.0
"""dB of full scale. A sound that is never louder holds nothing."""
_DYNAMICS = 35.0
"""dB below its loudest up to which something of a sound is taken to be heard."""
_ALIKE = 0.6
"""Correlation of the levels of two sounds of one event: two microphones in a room have 0.8 and more, a speaker and an
interpreter less than 0.3."""
_LEAST_ACTIVE = 30
"""Frames with sound that are needed to compare two sounds."""


@dataclass(frozen=True)
class SampledSound:
    """A track or a channel: its levels (windows, frames), in dB of full scale."""

    choice: SoundChoice
    levels: Floats

    @property
    def is_silent(self) -> bool:
        """Whether nothing is heard in it."""
        return float(self.levels.max(initial=-np.inf)) < _SILENT

    @property
    def active(self) -> NDArray[np.bool_]:
        """Where something is heard (windows, frames)."""
        return self.levels > max(_SILENT, float(self.levels.max(initial=_SILENT)) - _DYNAMICS)

    def busiest(self, count: int) -> list[int]:
        """Return the numbers of the windows in which most is heard, at most `count`, in order of time."""
        shares = self.active.mean(axis=1)
        order = sorted(range(len(shares)), key=lambda number: (-shares[number], number))
        return sorted(number for number in order[:count] if shares[number] > 0)


def sample_windows(recording: Recording) -> tuple[TimeSpan, ...]:
    """Return the spans to sample: all of a short recording, or parts spread evenly over a long one."""
    length = recording.duration
    if length <= WINDOW * WINDOWS:
        count = max(1, -(-length // WINDOW))
        edges = [length * number // count for number in range(count + 1)]
        return tuple(TimeSpan(start, end) for start, end in pairwise(edges) if start < end)
    starts = [round((length - WINDOW) * (number + 0.5) / WINDOWS) for number in range(WINDOWS)]
    return tuple(TimeSpan(start, start + WINDOW) for start in starts)


def sample_channels(recording: Recording, windows: Sequence[TimeSpan]) -> list[list[SampledSound]]:
    """Return the sampled channels of each track that can be read; a track without channels can't be."""
    found = []
    for track in recording.tracks:
        levels: list[Floats] = []
        with suppress(MediaError), open_audio(replace(recording, audio=track, channel=None)) as reader:
            for window in windows:
                excerpt = reader.read(Fraction(window.start, 1000), Fraction(window.end, 1000))
                levels.append(_levels(excerpt.samples, excerpt.sample_rate))
        if len(levels) < len(windows):
            continue
        length = max(len(one) for one in levels)
        padded = np.full((len(windows), length, track.channels), -200.0)
        for number, one in enumerate(levels):
            padded[number, : len(one)] = one
        found.append(
            [
                SampledSound(SoundChoice(track.track, channel + 1, track.language), padded[:, :, channel])
                for channel in range(track.channels)
            ]
        )
    return found


def mixed_levels(channels: Sequence[SampledSound]) -> SampledSound:
    """Return a track as the mix of its channels: as loud as the loudest of them."""
    levels = np.max([channel.levels for channel in channels], axis=0)
    return SampledSound(replace(channels[0].choice, channel=None), levels)


def are_alike(one: SampledSound, other: SampledSound) -> bool:
    """Return whether two sounds are of the same voices: their levels rise and fall together where either is heard."""
    frames = min(one.levels.shape[1], other.levels.shape[1])
    pair = [sound.levels[:, :frames].reshape(-1) for sound in (one, other)]
    heard = np.logical_or(*(sound.active[:, :frames].reshape(-1) for sound in (one, other)))
    if heard.sum() < _LEAST_ACTIVE:
        return False
    first, second = (np.maximum(levels[heard], levels.max() - _DYNAMICS) for levels in pair)
    if first.std() == 0 or second.std() == 0:
        return bool(first.std() == second.std())
    return bool(np.corrcoef(first, second)[0, 1] > _ALIKE)


def _levels(samples: NDArray[np.int32], sample_rate: int) -> Floats:
    """Return the levels (frames, channels) of samples (samples, channels), in dB of full scale."""
    size = sample_rate // _FRAME
    whole = len(samples) // size * size
    framed = samples[:whole].reshape(-1, size, samples.shape[1]).astype(np.float64) / _FULL
    framed -= framed.mean(axis=1, keepdims=True)
    return np.asarray(10.0 * np.log10(np.square(framed).mean(axis=1) + 1e-20))
