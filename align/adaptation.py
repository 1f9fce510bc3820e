"""Adaptation to the recording's voices and room: fMLLR, estimated from the words that are certain to have been said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.aligning_model import model_in_worker
from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import FRAME_MS, with_deltas
from asdelivered.align.acoustic.fmllr import Adaptation, estimate_fmllr
from asdelivered.align.acoustic.forced_alignment import force_align_states
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.anchors import Anchor, Anchors
from asdelivered.align.script import Script
from asdelivered.base.processes import in_order
from asdelivered.base.timeline import stage

_LONGEST = 4000 // FRAME_MS
"""Frames of one anchor that are used: many anchors cover more voices than a long one does."""
_FRINGE = 1
"""Words at each end of an anchor that may be there by chance; one that is changes the estimate next to nothing."""
_ROUNDS = 8
"""Every eighth anchor is used in each round, so that the first minutes of speech come from the whole recording."""


def adapt(script: Script, anchors: Anchors, normaliser: Normaliser, pool: Executor) -> Adaptation:
    """Estimate the transform that brings the features nearest to the acoustic model, in the processes of `pool`."""
    found = in_order(pool, adaptation_frames, _anchored_sounds(script, anchors, normaliser))
    return estimate_fmllr(pool, (frames for frames in found if frames is not None))


def adaptation_frames(
    cepstra: NDArray[np.float32], slots: Sequence[Slot]
) -> tuple[NDArray[np.float32], NDArray[np.int32]] | None:
    """Return the features (frames, 39) of the words of `slots`, and the senone (frames,) of each frame.

    The normalised `cepstra` (frames, 13) hold these words and nothing else. None: they are too short for them.
    """
    with stage("adaptation"):
        features = with_deltas(cepstra)
        senones = force_align_states(model_in_worker().acoustic, features, slots)
        if senones is None:
            return None
        sounding = senones >= 0
        return features[sounding], senones[sounding]


def _anchored_sounds(
    script: Script, anchors: Anchors, normaliser: Normaliser
) -> Iterator[tuple[NDArray[np.float32], list[Slot]]]:
    """Yield the cepstra of anchored words, and the words."""
    slots, words = script.slots, anchors.words
    for run in _in_rounds(anchors.recognised):
        first, last = run.recognised + _FRINGE, run.recognised + run.length - 1 - _FRINGE
        while last > first and words[last].end - words[first].start > _LONGEST:
            last -= 1
        if last <= first:
            continue
        texts = range(run.text + first - run.recognised, run.text + last - run.recognised + 1)
        # A token of several words is used whole, though only some of its words may be anchored.
        tokens = sorted({script.owners[word] for word in texts})
        inside = [slot for token in tokens if (slot := slots[token]) is not None]
        yield normaliser.cepstra(words[first].start, words[last].end), inside


def _in_rounds(runs: Sequence[Anchor]) -> Iterator[Anchor]:
    for number in range(_ROUNDS):
        yield from runs[number::_ROUNDS]
