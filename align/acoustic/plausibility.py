"""Whether a text is that of a stretch of sound at all: it must fit better there than its own words in reverse order.

An engine that hears nothing puts any text on any sound. The forced alignment then finds some place for most words of
a wrong text, too, the more so the worse the sound is, and how well these fit differs more between rooms than between
right and wrong. The same words the other way round, in the same sound, are the measure of that. docs/decisions has
figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.forced_alignment import Placement, PlacingOptions, place_segment
from asdelivered.align.acoustic.network import Slot

Floats = NDArray[np.float32]

_LEAST_TOKENS = 8
"""Fewer, and their order says too little."""
_LEAST_BETTER = 0.75
"""By how much a frame of the text must fit better than the reverse does, in log-likelihood: a right text has 1.1 and
more, a wrong one 0.6 at most."""


def place_if_plausible(
    adaptation: Adaptation, cepstra: Floats, talking: NDArray[np.bool_], slots: Sequence[Slot]
) -> Placement:
    """Do what `place_segment` does; where the text is hardly likelier than its reverse, nothing of it has a place."""
    placement = place_segment(adaptation, cepstra, talking, slots)
    if len(slots) < _LEAST_TOKENS:
        return placement
    reverse = place_segment(adaptation, cepstra, talking, slots[::-1])
    if better(placement, reverse) >= _LEAST_BETTER:
        return placement
    return Placement((None,) * len(slots), ((0, len(cepstra)),))


def better(placement: Placement, reverse: Placement) -> float:
    """Return by how much a frame of the text fits better than the reverse does, words without a place included."""
    placed = [token for token in placement.tokens if token]
    if not placed:
        return 0.0
    all_of_it = sum(token.end - token.start for token in placed) * len(placement.tokens) / len(placed)
    return (_gain(placement) - _gain(reverse)) / all_of_it


def _gain(placement: Placement) -> float:
    """How much likelier the words make their frames than any sound at all would."""
    lost = PlacingOptions().garbage_each
    return sum((token.fit + lost) * (token.end - token.start) for token in placement.tokens if token)
