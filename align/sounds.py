"""Sounds: music and applause, which are loud, go on for a while, and are nobody's speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import CHANGE, FRAME_MS, LOUDNESS
from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of_times, spans_of
from asdelivered.align.acoustic.minutes import MINUTE, minutes_around
from asdelivered.align.document.alignment import AlignedLine, Sound, SoundKind
from asdelivered.base.span import TimeSpan

_ABOVE = 8.0
"""Decibels above the room: the quietest twentieth of what is near speech in the minutes around."""
_LEAST = 1500 // FRAME_MS
_NEAR = 2000
"""Milliseconds before and after speech that show how loud the room is."""
_BRIDGED = 300 // FRAME_MS
_STEADY = 1.6
"""Decibels by which a band changes from frame to frame, in the median: below 1 for tones, 2.5 for many hands."""


def find_sounds(
    frames: NDArray[np.float32], speech: Sequence[TimeSpan], lines: Sequence[AlignedLine]
) -> tuple[Sound, ...]:
    """Return the music and the applause in `frames` (frames, 15) that lasts 1.5 s or more, in order.

    None of it overlaps `speech` or a word of `lines`.
    """
    words = [word.span for line in lines for word in line.words if word.span]
    return tuple(
        Sound(_kind(frames[start:end, CHANGE]), TimeSpan(start * FRAME_MS, end * FRAME_MS))
        for start, end in loud_without_speech(frames[:, LOUDNESS], speech, words)
    )


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
    sounding = loudness >= np.repeat(quiet, MINUTE)[: len(loudness)] + _ABOVE
    for start, end in spans_of(~sounding):
        sounding[start:end] |= end - start <= _BRIDGED
    for span in (*speech, *words):
        sounding[span.start // FRAME_MS : span.end // FRAME_MS + 1] = False
    return [(start, end) for start, end in spans_of(sounding) if end - start >= _LEAST]


def _quiet(loudness: NDArray[np.float32], near: NDArray[np.bool_]) -> float:
    """Return how loud the room is where people talk; silence added before or after the event says nothing about it."""
    return float(np.percentile(loudness[near] if near.any() else loudness, 5))


def _kind(change: NDArray[np.float32]) -> SoundKind:
    return SoundKind.MUSIC if float(np.median(change)) < _STEADY else SoundKind.APPLAUSE
