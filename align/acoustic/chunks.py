"""Chunks: a recording, cut at its quietest moments, so that no word falls on a cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS, LOUDNESS

Floats = NDArray[np.float32]

_SHORTEST = 10_000 // FRAME_MS
_LONGEST = 20_000 // FRAME_MS
_SMOOTHING = 250 // FRAME_MS


def cut_chunks(blocks: Iterable[Floats]) -> Iterator[Floats]:
    """Cut frames (frames, 15), as they come in blocks of any length, into chunks of 10 to 20 s.

    Each cut is at the quietest quarter of a second that the chunk allows. Joined, the chunks are the blocks.
    """
    kept: Floats | None = None
    for block in blocks:
        kept = block if kept is None else np.concatenate([kept, block])
        while len(kept) > _LONGEST:
            cut = _quietest(kept[:_LONGEST, LOUDNESS])
            yield kept[:cut]
            kept = kept[cut:]
    if kept is not None and len(kept):
        yield kept


def _quietest(loudness: Floats) -> int:
    kernel = np.full(_SMOOTHING, 1.0 / _SMOOTHING, np.float32)
    # The chunk is padded with the values at its ends: padding with zeros would look like silence.
    padded = np.pad(loudness, _SMOOTHING // 2, mode="edge")
    smooth = np.convolve(padded, kernel, mode="valid")
    return _SHORTEST + int(smooth[_SHORTEST : len(loudness)].argmin())
