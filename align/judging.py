"""What to believe of what was placed: a confidence for each token, and none at all for text that was not spoken.

A token's evidence is how well its sound fits against how the surely heard ones of this recording fit, how well its
neighbours fit, whether the recogniser heard it, and how much of the text around it found a place. The weights are a
logistic regression; docs/decisions says on what it was fitted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.placing import Placed

Floats = NDArray[np.float64]

_AROUND = 5
"""Tokens on either side that count as neighbours."""
_BIAS = 3.0
_WEIGHTS = np.array([0.5, 0.8, 1.5, 3.0])
_MOST, _LEAST = 0.99, 0.01


def confidences(tokens: Sequence[Placed | None], heard: Sequence[bool]) -> list[float | None]:
    """Return how likely each token stands where it was placed, 0 to 1; None where it has no place.

    `heard` says of each token whether the recogniser heard it, within an anchor.
    """
    evidence = gather_evidence(tokens, heard)
    odds = 1.0 / (1.0 + np.exp(-(_BIAS + evidence @ _WEIGHTS)))
    return [
        None if token is None else float(np.clip(chance, _LEAST, _MOST))
        for token, chance in zip(tokens, odds, strict=True)
    ]


def gather_evidence(tokens: Sequence[Placed | None], heard: Sequence[bool]) -> Floats:
    """Return the evidence (tokens, 4): own fit, neighbours' fit, heard, share placed around less one."""
    placed = np.array([token is not None for token in tokens], bool)
    fits = np.array([token.fit if token else 0.0 for token in tokens])
    known = np.array(heard, bool) & placed
    typical = float(np.median(fits[known])) if known.any() else 0.0
    own = np.where(placed, np.clip(fits - typical, -8.0, 2.0), 0.0)
    lengths = np.array([token.end - token.start if token else 0 for token in tokens], float)
    near_fit = _around(own * lengths) / np.maximum(_around(lengths), 1.0)
    share = _around(placed.astype(float)) / _around(np.ones(len(tokens)))
    return np.stack([own, near_fit, known.astype(float), share - 1.0], axis=1)


def _around(values: Floats) -> Floats:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return np.asarray(sums[np.minimum(at + _AROUND + 1, len(values))] - sums[np.maximum(at - _AROUND, 0)])
