"""Windows of a sound that comes in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import SAMPLE_RATE, Samples

_SAMPLES = SAMPLE_RATE // 1000
"""Samples a millisecond."""


def cut_windows(blocks: Iterable[Samples], windows: Sequence[TimeSpan]) -> Iterator[Samples]:
    """Yield the samples, 16 kHz, of each of the `windows`, whose starts ascend, from a sound that comes in blocks.

    What lies beyond the end of the sound is missing.
    """
    reader = WindowReader(blocks)
    for window in windows:
        yield reader.read(window)


class WindowReader:
    """Reads windows from a sound that comes in blocks, and keeps no more of it than a window and a block."""

    def __init__(self, blocks: Iterable[Samples]) -> None:
        """Begin with the first block."""
        self._source = iter(blocks)
        self._kept, self._at = np.empty(0, np.int16), 0

    def read(self, window: TimeSpan) -> Samples:
        """Return the samples of a window, which begins no earlier than the one before."""
        start, end = window.start * _SAMPLES, window.end * _SAMPLES
        while True:
            passed = min(len(self._kept), max(0, start - self._at))
            self._kept, self._at = self._kept[passed:], self._at + passed
            if self._at + len(self._kept) >= end or (block := next(self._source, None)) is None:
                break
            self._kept = np.concatenate([self._kept, block])
        return self._kept[max(0, start - self._at) : max(0, end - self._at)]
