"""What a worker process aligns with: the acoustic model, and a few broad Gaussians that tell which phones are likely.

Most Gaussians need not be worked out: a phone that is far from likely by broad ones is not the likeliest by all of them
(E. Bocchieri, "Vector quantization for the efficient computation of continuous density likelihoods", ICASSP 1993).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import (
    STREAMS,
    WEIGHT_STEP,
    AcousticModel,
    embedded_model,
    factors_of,
    squares_of,
)
from asdelivered.align.acoustic.merging import merge_gaussians
from asdelivered.base.processes import kept
from asdelivered.base.timeline import stage

Floats = NDArray[np.float32]

_BROAD = 16
"""Gaussians a phone, for each stream of features."""
_NEAR = 3.0
"""By how much less likely than the likeliest phone another one may be, in log-likelihood. In six frames of seven the
likeliest by all Gaussians is among those; else one that is nearly as likely, by a seventh on average."""


@dataclass(frozen=True)
class AligningModel:
    """The acoustic model, and its P phones by broad Gaussians.

    `broad` (3, P x 16, 27) are what `factors_of` gives for each stream, with the weights of the phone's Gaussians.
    """

    acoustic: AcousticModel
    broad: Floats

    def likely_phones(self, features: Floats, among: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which phones are likely, (P, T), of those `among` which one is looked for in `features` (T, 39)."""
        phones = len(self.acoustic.phones)
        scores = np.zeros((phones, len(features)), np.float32)
        for factors, squares in zip(self.broad, squares_of(features).transpose(1, 2, 0), strict=True):
            # The best of them says enough; their sum would take three times as long.
            scores += (factors @ squares).reshape(phones, _BROAD, -1).max(axis=1)
        likely = np.zeros(scores.shape, bool)
        likely[among] = scores[among] >= scores[among].max(axis=0) - np.float32(_NEAR)
        return likely


def aligning_model(model: AcousticModel) -> AligningModel:
    """Return the model with its phones by broad Gaussians."""
    senones = model.phone_senones.reshape(-1)
    merged = merge_gaussians(model, _BROAD, senones)
    states = np.exp(-WEIGHT_STEP * merged.weights.astype(np.float64))
    # (3, K, P): the weight of each Gaussian in all states of a phone.
    weights = states.reshape(STREAMS, _BROAD, len(model.phones), -1).mean(axis=3)
    precisions = 0.5 / merged.variances
    offsets = -0.5 * np.log(2 * np.pi * merged.variances).sum(axis=3) + np.log(weights).transpose(2, 0, 1)
    broad = factors_of(merged.means, precisions, offsets.astype(np.float32))
    return AligningModel(
        model, np.ascontiguousarray(broad.swapaxes(0, 1)).reshape(STREAMS, -1, broad.shape[-1])
    )


def model_in_worker() -> AligningModel:
    """Return the model that is installed, for a worker process: it takes the place of a recogniser kept there."""
    with stage("loading the acoustic model"):
        model: AligningModel = kept(_installed)
        return model


def _installed() -> AligningModel:
    return aligning_model(embedded_model())
