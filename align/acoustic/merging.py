"""Codebooks with fewer Gaussians than the acoustic model has: each one stands for several that are near each other.

They are merged by k-means (S. Lloyd, "Least squares quantization in PCM", IEEE Trans. Information Theory 28(2), 1982)
from centres as far apart as can be (T. Gonzalez, "Clustering to minimize the maximum intercluster distance",
Theoretical Computer Science 38, 1985), and keep mean and variance of those that they replace.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import STREAM_WIDTH, STREAMS, WEIGHT_STEP, AcousticModel

Floats = NDArray[np.float32]

_ROUNDS = 20
_LEAST_WEIGHT = 1e-30
_NOWHERE = np.float32(1e4)
"""Where a Gaussian lies that no other one is part of: no sound is near it."""


@dataclass(frozen=True)
class MergedGaussians:
    """P codebooks of K Gaussians for each of three streams of features, and the weights that S senones give them."""

    means: Floats
    variances: Floats
    """(P, 3, K, 13)"""
    weights: NDArray[np.uint8]
    """(3, K, S), as the model stores them: minus log, in steps of `WEIGHT_STEP`."""


def merge_gaussians(model: AcousticModel, gaussians: int, senones: NDArray[np.int32]) -> MergedGaussians:
    """Return the codebooks of `model` with so many Gaussians each, for these `senones` (S,)."""
    phones, codewords = len(model.phones), model.means.shape[2]
    codebooks = model.codebooks[senones]
    stored = model.weights[:, :, senones].astype(np.float32)
    odds = np.exp(-WEIGHT_STEP * stored).astype(np.float64)
    # How often each Gaussian is used: (P, 3, K).
    counts = np.stack([odds[:, :, codebooks == phone].sum(axis=2) for phone in range(phones)]) + _LEAST_WEIGHT
    variances = 0.5 / model.precisions.astype(np.float64)
    scaled = model.means / np.sqrt(variances.mean(axis=2, keepdims=True))
    owners = clusters(
        scaled.reshape(phones * STREAMS, codewords, STREAM_WIDTH),
        counts.reshape(phones * STREAMS, codewords),
        gaussians,
    ).reshape(phones, STREAMS, codewords)
    # (P, 3, gaussians, K): the share that each old Gaussian has in a new one.
    belongs = (owners[:, :, None] == np.arange(gaussians)[:, None]).astype(np.float64)
    shares = belongs * counts[:, :, None]
    total = shares.sum(axis=3, keepdims=True)
    shares /= np.maximum(total, _LEAST_WEIGHT)
    means = shares @ model.means
    spread = shares @ (variances + np.square(model.means, dtype=np.float64)) - np.square(means)
    unused = total == 0.0
    weights = np.empty((STREAMS, gaussians, len(senones)))
    for phone in range(phones):
        own = codebooks == phone
        weights[:, :, own] = belongs[phone] @ odds[:, :, own]
    kept = np.round(-np.log(np.maximum(weights, _LEAST_WEIGHT)) / WEIGHT_STEP)
    return MergedGaussians(
        np.where(unused, _NOWHERE, means).astype(np.float32),
        np.where(unused, 1.0, spread).astype(np.float32),
        np.clip(kept, 0, 255).astype(np.uint8),
    )


def clusters(points: NDArray[np.floating], weights: NDArray[np.floating], number: int) -> NDArray[np.intp]:
    """Return to which of `number` clusters each point belongs, (B, K), in each of B sets of K points (B, K, D).

    `weights` (B, K) say how much each point counts: for where the centres are at first, and where their means lie.
    """
    sets = np.arange(len(points))
    chosen = [weights.argmax(axis=1)]
    nearest = np.full(weights.shape, np.inf)
    while len(chosen) < number:
        apart = np.square(points - points[sets, chosen[-1]][:, None]).sum(axis=2)
        nearest = np.minimum(nearest, apart)
        chosen.append((nearest * weights).argmax(axis=1))
    centres = points[sets[:, None], np.stack(chosen, axis=1)]
    owners = np.zeros(weights.shape, np.intp)
    for _ in range(_ROUNDS):
        before = owners
        # The squared distance, less that of the point from nothing.
        apart = np.square(centres).sum(axis=2)[:, None] - 2.0 * points @ centres.swapaxes(1, 2)
        owners = apart.argmin(axis=2)
        if (owners == before).all():
            break
        belongs = (owners[:, None] == np.arange(number)[:, None]) * weights[:, None]
        total = belongs.sum(axis=2, keepdims=True)
        centres = np.where(total > 0.0, belongs @ points / np.maximum(total, _LEAST_WEIGHT), centres)
    return owners
