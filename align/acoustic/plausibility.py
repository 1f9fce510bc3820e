"""Plausibility: whether a text belongs to a segment of sound: it must fit better than its words in reverse order.

An engine that only guesses times puts any text on any sound. The forced alignment then finds places for most words of a
wrong text too, the more so the worse the sound is; and how well they fit differs more between rooms than between right
and wrong. The same words in reverse, in the same sound, show what a wrong text would score. docs/decisions has figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.forced_alignment import SearchOptions, SegmentAlignment, force_align_segment
from asdelivered.align.acoustic.network import Slot

Floats = NDArray[np.float32]

LEAST_TOKENS = 8
"""With fewer tokens, their order says too little."""
_LEAST_BETTER = 0.75
"""How much better, in log-likelihood, a frame of the text must fit than one of its reverse: a right text has 1.1 or
more, a wrong one 0.6 at most."""


def force_align_if_plausible(
    adaptation: Adaptation, cepstra: Floats, talking: NDArray[np.bool_], slots: Sequence[Slot]
) -> SegmentAlignment:
    """Call `force_align_segment`; where the text is hardly likelier than its reverse, none of it gets a place."""
    alignment = force_align_segment(adaptation, cepstra, talking, slots)
    if len(slots) < LEAST_TOKENS:
        return alignment
    reverse = force_align_segment(adaptation, cepstra, talking, slots[::-1])
    if margin_over_reverse(alignment, reverse) >= _LEAST_BETTER:
        return alignment
    return SegmentAlignment((None,) * len(slots), ((0, len(cepstra)),))


def margin_over_reverse(alignment: SegmentAlignment, reverse: SegmentAlignment) -> float:
    """Return how much better a frame of the text fits than one of its reverse; words without a place count as zero."""
    aligned = [token for token in alignment.tokens if token]
    if not aligned:
        return 0.0
    frames = sum(token.end - token.start for token in aligned) * len(alignment.tokens) / len(aligned)
    return (_gain(alignment) - _gain(reverse)) / frames


def _gain(alignment: SegmentAlignment) -> float:
    """Return how much likelier the words make their frames than garbage would."""
    lost = SearchOptions().garbage_each
    return sum((token.fit + lost) * (token.end - token.start) for token in alignment.tokens if token)
