"""What to believe of what was placed: a confidence for each token, and none at all for text that was not spoken.

A token's evidence is how well its sound fits against how the surely heard ones of this recording fit, how well its
neighbours fit, whether the recogniser heard it, and how much of the text around it found a place. docs/decisions says
what the weights were set on, and what they give.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.forced_alignment import Placed

Floats = NDArray[np.float64]

_AROUND = 5
"""Tokens on either side that count as neighbours."""
_BIAS = 3.0
_WEIGHTS = np.array([0.5, 0.8, 1.5, 3.0])
_MOST, _LEAST = 0.99, 0.01


_BELOW_TYPICAL = 2.6
"""How much less than is typical of its recording a phrase that was spoken may fit."""
_LEAST_FIT = -3.75
_LEAST_FIT_EVER = -4.4
"""The mean fit that a phrase must have is between these: true text has -0.5 in clear speech, -2 where it is accented or
over a telephone; text that is not there has -4 to -6. See docs/decisions."""
_LEAST_FIT_OF_WORD = -6.0
_MISSING = 3.5
"""What it costs of that if all its words are missing."""


def least_fit(tokens: Sequence[Placed | None]) -> float:
    """Return the mean fit that a phrase must have to be taken for spoken, in a recording where `tokens` were placed."""
    fits = [token.fit for token in tokens if token is not None]
    typical = float(np.median(fits)) if fits else 0.0
    return float(np.clip(typical - _BELOW_TYPICAL, _LEAST_FIT_EVER, _LEAST_FIT))


def was_spoken(phrase: Sequence[Placed | None], least: float) -> bool:
    """Tell whether a phrase was spoken, of whose sounding words these were placed; `least` is from `least_fit`."""
    placed = [token for token in phrase if token is not None]
    if not placed:
        return False
    frames = sum(token.end - token.start for token in placed)
    # One word said quite differently says little of the others.
    fit = sum(max(token.fit, _LEAST_FIT_OF_WORD) * (token.end - token.start) for token in placed) / frames
    return fit - _MISSING * (1.0 - len(placed) / len(phrase)) >= least


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
