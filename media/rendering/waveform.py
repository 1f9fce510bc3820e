"""The picture of a waveform: a row of bars, each as high as the sound is loud."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.media.rendering.soundtrack import Soundtrack

Picture = NDArray[np.uint8]
"""Rows, columns, and four channels: red, green, blue, opacity."""
Colour = tuple[int, int, int]
BAR = 12
"""Pixels from one bar to the next; a bar takes two thirds of them."""
LOWEST = 0.03
"""Height of a bar in silence, as a share of the full height."""
LOUD = 95
"""The percentile of the levels that gets the full height, so that one bang doesn't make all else small."""


def draw_bars(levels: NDArray[np.float64], height: int, colour: Colour) -> Picture:
    """Return bars for levels from 0 to 1, centred vertically, in a picture that is clear elsewhere."""
    picture = np.zeros((height, len(levels) * BAR, 4), dtype=np.uint8)
    for number, level in enumerate(levels):
        half = max(1, round(level * height / 2))
        columns = slice(number * BAR, number * BAR + BAR * 2 // 3)
        picture[height // 2 - half : height // 2 + half, columns] = (*colour, 255)
    return picture


def loudness_levels(track: Soundtrack, count: int) -> NDArray[np.float64]:
    """Return the loudness of each of `count` equal parts of a soundtrack, 0 to 1.

    It is the square root of the RMS, which is closer to what one hears.
    """
    samples = np.memmap(track.path, dtype="<i4", mode="r")
    edges = np.linspace(0, len(samples), count + 1).astype(np.int64)
    means = [
        float(np.sqrt(np.mean(np.square(samples[start : max(end, start + 1)], dtype=np.float64))))
        for start, end in pairwise(edges)
    ]
    full = float(np.percentile(means, LOUD)) or 1.0
    return np.clip(np.sqrt(np.array(means) / full), LOWEST, 1.0)
