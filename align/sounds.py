"""Sounds: music and applause, which are loud, go on for a while, and are nobody's speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import CHANGE, FRAME_MS, LOUDNESS
from asdelivered.align.acoustic.pauses.loud_stretches import loud_without_speech
from asdelivered.align.document.alignment import AlignedLine, Sound, SoundKind
from asdelivered.base.span import TimeSpan

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


def _kind(change: NDArray[np.float32]) -> SoundKind:
    return SoundKind.MUSIC if float(np.median(change)) < _STEADY else SoundKind.APPLAUSE
