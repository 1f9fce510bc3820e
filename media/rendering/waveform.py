"""The picture of a sound: a row of bars, each as high as the sound is loud."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.media.rendering.soundtrack import Soundtrack

Picture = NDArray[np.uint8]
"""Rows, columns, and red, green, blue and opacity."""
Colour = tuple[int, int, int]
BAR = 12
"""Pixels from one bar to the next, of which it has two thirds."""
LOWEST = 0.03
"""Height of a bar where it is silent, as a part of the whole."""
LOUD = 95
"""The percentile of the levels that has the full height: a single bang doesn't make the rest small."""


def draw_bars(levels: NDArray[np.float64], height: int, colour: Colour) -> Picture:
    """Return the bars for levels of 0 to 1, around the middle of a picture that is clear elsewhere."""
    picture = np.zeros((height, len(levels) * BAR, 4), dtype=np.uint8)
    for number, level in enumerate(levels):
        half = max(1, round(level * height / 2))
        columns = slice(number * BAR, number * BAR + BAR * 2 // 3)
        picture[height // 2 - half : height // 2 + half, columns] = (*colour, 255)
    return picture


def loudness_levels(track: Soundtrack, count: int) -> NDArray[np.float64]:
    """Return how loud each of `count` equal parts of a soundtrack is, 0 to 1, as the ear has it: by its square root."""
    samples = np.memmap(track.path, dtype="<i4", mode="r")
    edges = np.linspace(0, len(samples), count + 1).astype(np.int64)
    means = [
        float(np.sqrt(np.mean(np.square(samples[start : max(end, start + 1)], dtype=np.float64))))
        for start, end in pairwise(edges)
    ]
    full = float(np.percentile(means, LOUD)) or 1.0
    return np.clip(np.sqrt(np.array(means) / full), LOWEST, 1.0)
