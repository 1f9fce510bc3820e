"""What lies under and between the lines of a recording: rooms, gates and music, made from a seed.

Each function takes a sound (samples,) at RATE, the samples [start, end) of its lines, and a generator of chance; it
returns the sound with that floor added. Levels are in dB under the mean power of the sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Samples = tuple[int, int]

RATE = 16_000


def gated(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Room noise that a gate lets through with the speech, up to 0.35 s after it, and holds down by 25 to 35 dB."""
    opened = np.zeros(len(sound))
    for start, end in lines:
        before, hold = chance.uniform(0.01, 0.15), chance.uniform(0.1, 0.35)
        opened[max(0, start - round(before * RATE)) : end + round(hold * RATE)] = 1.0
    shut = 10.0 ** (-chance.uniform(25, 35) / 20.0)
    return np.asarray((sound + _noise(sound, 38, chance)) * (shut + (1.0 - shut) * _smoothed(opened, 0.03)))


def zeroed(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Room noise, and digital silence in the middle of each pause, as discontinuous transmission leaves it."""
    noisy = sound + _noise(sound, 38, chance)
    for left, right in _pauses(lines, len(sound)):
        margins = chance.uniform(0.1, 0.4, 2) * RATE
        noisy[left + round(margins[0]) : max(left, right - round(margins[1]))] = 0.0
    return noisy


def stepped(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Room noise whose level jumps every 0.3 to 2 s by up to 20 dB, whatever is being said."""
    del lines
    levels = np.zeros(len(sound))
    at = 0
    while at < len(sound):
        length = round(chance.uniform(0.3, 2.0) * RATE)
        levels[at : at + length] = 10.0 ** (-chance.uniform(0, 20) / 20.0)
        at += length
    return sound + _noise(sound, 30, chance) * levels


def pumped(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Room noise that an automatic gain raises by 14 dB in each pause, over 0.2 to 0.8 s."""
    raised = np.zeros(len(sound))
    for left, right in _pauses(lines, len(sound)):
        rise = np.linspace(0.0, 14.0, max(1, round(chance.uniform(0.2, 0.8) * RATE)))
        raised[left:right] = np.concatenate([rise, np.full(right - left, 14.0)])[: right - left]
    return np.asarray(sound + _noise(sound, 42, chance) * 10.0 ** (_smoothed(raised, 0.02) / 20.0))


def ducked(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Music 12 dB under the speech, and 30 dB under it while somebody speaks."""
    duck = np.zeros(len(sound))
    for start, end in lines:
        duck[max(0, start - round(0.1 * RATE)) : end + round(chance.uniform(0.05, 0.2) * RATE)] = 1.0
    levels = 10.0 ** ((-12.0 - 18.0 * _smoothed(duck, 0.15)) / 20.0)
    return np.asarray(sound + _noise(sound, 45, chance) + _music(sound, chance) * levels)


def underscored(sound: Floats, lines: Sequence[Samples], chance: np.random.Generator) -> Floats:
    """Music 6 dB under the speech, all along."""
    del lines
    return np.asarray(sound + _noise(sound, 45, chance) + _music(sound, chance) * 10.0 ** (-6 / 20.0))


def _noise(sound: Floats, under: float, chance: np.random.Generator) -> Floats:
    """Noise that falls by 3 dB an octave."""
    spectrum = np.fft.rfft(chance.normal(size=len(sound)))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    noise = np.fft.irfft(spectrum, len(sound))
    return np.asarray(noise / _power(noise) * _power(sound) * 10.0 ** (-under / 20.0))


def _music(sound: Floats, chance: np.random.Generator) -> Floats:
    """Chords of struck strings at 80 to 120 beats a minute, as loud as the sound."""
    music = np.zeros(len(sound) + 4 * RATE)
    beat = round(chance.uniform(0.25, 0.375) * RATE)
    seconds = np.arange(3 * RATE) / RATE
    for at in range(0, len(sound), beat):
        for note in chance.choice([0, 3, 5, 7, 10, 12, 15, 17, 19, 24], size=chance.integers(0, 4)):
            pitch = 130.8 * 2.0 ** (note / 12.0)
            decay = np.exp(-seconds * chance.uniform(1.0, 5.0)) * np.minimum(1.0, seconds / 0.008)
            for harmonic in range(1, 7):
                tone = np.sin(2 * np.pi * pitch * harmonic * seconds) / harmonic**1.3
                music[at : at + len(seconds)] += tone * decay
    music = music[: len(sound)]
    return np.asarray(music / _power(music) * _power(sound))


def _pauses(lines: Sequence[Samples], length: int) -> list[Samples]:
    """The samples between the lines, before the first and after the last."""
    edges = [0, *(edge for line in lines for edge in line), length]
    return [(left, right) for left, right in list(pairwise(edges))[::2] if left < right]


def _smoothed(values: Floats, seconds: float) -> Floats:
    width = max(1, round(seconds * RATE))
    sums = np.cumsum(np.pad(values, (width // 2 + 1, width), mode="edge"))
    return np.asarray((sums[width:] - sums[:-width])[: len(values)] / width)


def _power(sound: Floats) -> float:
    return float(np.sqrt(np.mean(sound**2)) + 1e-9)
