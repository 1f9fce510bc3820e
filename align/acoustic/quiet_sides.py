"""Recordings in which one side is far quieter: a call, a panel with one bad microphone, questions from the floor.

Cepstra are normalised over six seconds, in which the louder voice counts most: beside it, a voice 20 dB quieter passes
for silence. Where much of the speech is so, each piece of it is raised to the level of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS, PER_DECIBEL
from asdelivered.align.acoustic.minutes import MINUTE, minutes_around
from asdelivered.align.acoustic.percentiles import percentiles
from asdelivered.align.acoustic.room import Floats
from asdelivered.base.span import TimeSpan

_PIECE = 500 // FRAME_MS
_SHORTEST = 300 // FRAME_MS
_USUAL = 75
"""Percentile of the levels of speech that is usual: the quieter side may have more to say."""
_FAR = 12.0
"""Decibels below what is usual from which on speech is of a quieter side."""
_SHARE = 0.15
"""The share of the speech that must be so. It is 0.01 at most of readers, of many speakers and in a hall, up to 0.08
with the murmur of an audience or an interpreter below, and 0.3 to 0.5 of calls with one side 20 dB quieter."""
_QUIETER = 8.0
"""Decibels below what is usual from which on speech is raised there."""


def with_quiet_sides_raised(static: Floats, loudness: Floats, speech: Sequence[TimeSpan]) -> Floats:
    """Return cepstra (frames, 13) in which speech that is far quieter than most of it, minutes around, is as loud.

    `loudness` (frames,) is in dB, and `speech` is where somebody speaks. Where no side is quieter, they are as before.
    """
    pieces = _pieces(speech, len(loudness))
    if not len(pieces):
        return static
    starts, lengths = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    own = np.array([percentiles(loudness[start:end], 80)[0] for start, end in pieces])
    # A piece that touches a louder one may hold some of that voice.
    touching = pieces[1:, 0] == pieces[:-1, 1]
    levels = own.copy()
    levels[1:][touching] = np.maximum(levels[1:], own[:-1])[touching]
    levels[:-1][touching] = np.maximum(levels[:-1], own[1:])[touching]
    gains: dict[int, float] = {}
    for number, around in enumerate(minutes_around(len(loudness))):
        near = (starts >= around.start) & (starts < around.stop)
        if not near.any():
            continue
        below = np.percentile(levels[near], _USUAL) - levels
        if lengths[near & (below >= _FAR)].sum() < _SHARE * lengths[near].sum():
            continue
        quieter = np.flatnonzero((starts // MINUTE == number) & (below >= _QUIETER))
        gains |= {int(at): PER_DECIBEL * below[at] for at in quieter}
    if not gains:
        return static
    raised = static.copy()
    for at, gain in gains.items():
        raised[slice(*pieces[at]), 0] += gain
    return raised


def _pieces(speech: Sequence[TimeSpan], count: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Return the frames [start, end) of pieces of speech of about half a second each, (pieces, 2)."""
    found: list[tuple[int, int]] = []
    for span in speech:
        start, end = span.start // FRAME_MS, min(count, span.end // FRAME_MS)
        if end - start >= _SHORTEST:
            cuts = np.linspace(start, end, max(1, (end - start) // _PIECE) + 1).astype(np.intp)
            found += zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
    return np.array(found, np.intp).reshape(-1, 2)
