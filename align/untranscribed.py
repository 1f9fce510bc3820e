"""Untranscribed speech: what was said that the text lacks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import Bools, mask_of, mask_of_times, spans_of
from asdelivered.align.acoustic.room import WORD_DIP, plain_levels
from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.line_edges import widen
from asdelivered.base.span import TimeSpan

Floats = NDArray[np.float32]

_LEAST = 500 // FRAME_MS
_BREATH = 400 // FRAME_MS
_SYLLABLE = 300 // FRAME_MS
"""Frames of quiet between two syllables, at most."""
_LEAST_ABOVE = 6.0
"""Decibels above the room's noise; anything quieter is a murmur from elsewhere."""


def find_untranscribed(
    garbage: Sequence[tuple[int, int]],
    speech: Sequence[TimeSpan],
    lines: Sequence[AlignedLine],
    loudness: Floats,
) -> tuple[TimeSpan, ...]:
    """Return the spans of speech that the text lacks, each of half a second or more, from its onset to its end.

    That is `speech` that the search gave to `garbage` (frames), or that lies outside all `lines` and well above the
    noise of the room. Spans with only a breath between them are joined; no span holds a word of a line. `loudness`
    (frames,) is in dB.
    """
    talking = mask_of_times(speech, len(loudness))
    words = mask_of_times((word.span for line in lines for word in line.words if word.span), len(loudness))
    said = mask_of_times((line.span for line in lines if line.span), len(loudness)) | words
    lacking = mask_of(garbage, len(loudness))
    levels = plain_levels(loudness)
    loud = levels.smooth >= levels.quietest + _LEAST_ABOVE
    for start, end in _joined(talking & loud & ~said, said, _SYLLABLE):
        if end - start >= _LEAST:
            lacking[start:end] = True
    found = [
        span for span in _joined(lacking & talking & ~words, words, _BREATH) if span[1] - span[0] >= _LEAST
    ]
    for start, end in found:
        said[start:end] = False
    pieces = sorted([*((*span, True) for span in found), *((*span, False) for span in spans_of(said))])
    wide = widen([(start, end) for start, end, _ in pieces], [], levels, WORD_DIP)
    lacks = [span for span, (_, _, lacks) in zip(wide, pieces, strict=True) if lacks]
    return tuple(
        TimeSpan(start * FRAME_MS, end * FRAME_MS) for start, end in spans_of(mask_of(lacks, len(loudness)))
    )


def _joined(frames: Bools, between: Bools, gap: int) -> list[tuple[int, int]]:
    """Return the spans of `frames`, joined where at most `gap` frames lie between them, none of those in `between`."""
    joined: list[tuple[int, int]] = []
    for start, end in spans_of(frames):
        if joined and start - joined[-1][1] <= gap and not between[joined[-1][1] : start].any():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
