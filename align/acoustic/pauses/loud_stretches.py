"""Stretches of sound that are loud, go on for a while, and are nobody's speech: applause, laughter, music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of_times, spans_of
from asdelivered.align.acoustic.minutes import MINUTE, minutes_around
from asdelivered.base.span import TimeSpan

_ABOVE = 8.0
"""Decibels above the room: the quietest twentieth of what is near speech in the minutes around."""
_LEAST = 1500 // FRAME_MS
_NEAR = 2000
"""Milliseconds before and after speech that show how loud the room is."""
_BRIDGED = 300 // FRAME_MS


def loud_without_speech(
    loudness: NDArray[np.float32], speech: Sequence[TimeSpan], words: Sequence[TimeSpan]
) -> list[FrameSpan]:
    """Return the frames [start, end) of all that is loud for 1.5 s or more while nobody talks, in order.

    `loudness` (frames,) is in dB. None of it overlaps `speech` or one of the `words`.
    """
    near = mask_of_times(
        (TimeSpan(max(0, one.start - _NEAR), one.end + _NEAR) for one in speech), len(loudness)
    )
    quiet = [_quiet(loudness[around], near[around]) for around in minutes_around(len(loudness))]
    least = np.array(quiet, np.float32) + np.float32(_ABOVE)
    sounding = loudness >= np.repeat(least, MINUTE)[: len(loudness)]
    for start, end in spans_of(~sounding):
        sounding[start:end] |= end - start <= _BRIDGED
    for span in (*speech, *words):
        sounding[span.start // FRAME_MS : span.end // FRAME_MS + 1] = False
    return [(start, end) for start, end in spans_of(sounding) if end - start >= _LEAST]


def _quiet(loudness: NDArray[np.float32], near: NDArray[np.bool_]) -> float:
    """Return how loud the room is where people talk; silence added before or after the event says nothing about it."""
    return float(np.percentile(loudness[near] if near.any() else loudness, 5))
