"""Spans of frames: as pairs [start, end), and as a mask with a mark on each frame."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.base.span import TimeSpan

Bools = NDArray[np.bool_]
FrameSpan = tuple[int, int]
"""Frames [start, end)."""


def spans_of(mask: Bools) -> tuple[FrameSpan, ...]:
    """Return [start, end) of each run of True in `mask` (T,)."""
    none = np.int8(0)
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=none, append=none))
    return tuple((int(start), int(end)) for start, end in edges.reshape(-1, 2))


def mask_of(spans: Iterable[FrameSpan], count: int) -> Bools:
    """Return (count,) True in the frames of each of `spans`."""
    mask = np.zeros(count, bool)
    for start, end in spans:
        mask[start:end] = True
    return mask


def mask_of_times(spans: Iterable[TimeSpan], count: int) -> Bools:
    """Return (count,) True in the frames of each of `spans`."""
    return mask_of(((span.start // FRAME_MS, span.end // FRAME_MS) for span in spans), count)
