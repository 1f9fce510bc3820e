"""The words that were surely heard, sound by sound: what an adaptation to the recording's voices is estimated from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import AcousticModel
from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import FRAME_MS, with_deltas
from asdelivered.align.acoustic.forced_alignment import force
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.anchors import Run
from asdelivered.align.heard_word import HeardWord

_LONGEST = 4000 // FRAME_MS
"""Frames of one run that are looked at: many runs tell of more voices than a long one does."""
_FRINGE = 1
"""Words at each end of a run that may be there by chance."""


def surely_heard(
    model: AcousticModel,
    slots: Sequence[Slot | None],
    owners: Sequence[int],
    runs: Sequence[Run],
    heard: Sequence[HeardWord],
    normaliser: Normaliser,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int32]]]:
    """Yield the features (frames, 39) of anchored words, and the senone (frames,) of each frame.

    `slots` has one entry a token, None where it makes no sound; `owners` (words,) is the token of each word of the
    text. The runs come in an order that goes through the whole recording again and again, so that the first minutes
    yielded are of all its parts.
    """
    for run in _in_passes(runs):
        first, last = run.heard + _FRINGE, run.heard + run.length - 1 - _FRINGE
        while last > first and heard[last].end - heard[first].start > _LONGEST:
            last -= 1
        if last <= first:
            continue
        texts = range(run.text + first - run.heard, run.text + last - run.heard + 1)
        # A token of several words counts only whole.
        tokens = sorted({owners[word] for word in texts})
        inside = [slot for token in tokens if (slot := slots[token]) is not None]
        features = with_deltas(normaliser.cepstra(heard[first].start, heard[last].end))
        forced = force(model, features, inside)
        if forced is not None:
            sounding = forced >= 0
            yield features[sounding], forced[sounding]


def _in_passes(runs: Sequence[Run], passes: int = 8) -> Iterator[Run]:
    for number in range(passes):
        yield from runs[number::passes]
