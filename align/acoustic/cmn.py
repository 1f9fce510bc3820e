"""Cepstral mean normalisation (CMN) over six seconds: removes what speaker, microphone and room add to cepstra."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import CEPSTRA, FRAME_MS
from asdelivered.align.acoustic.minutes import MINUTE, minutes_around

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_NEAR = 3000 // FRAME_MS
_MOST = 100.0
"""The largest exponent: beyond it a weight is zero for all purposes."""


@dataclass(frozen=True)
class _SpeechLevel:
    """How loud speech is in some minutes of a recording: `loud` (13,) is its mean cepstrum less that of all sound."""

    middle: float
    steepness: float
    loud: Doubles

    def weights(self, static: NDArray[np.floating]) -> Doubles:
        """Return how much each frame counts, by its loudness."""
        quieter = np.minimum(self.steepness * (self.middle - static[:, 0].astype(np.float64)), _MOST)
        return 1.0 / (1.0 + np.exp(quieter)) + 0.05


class Normaliser:
    """Subtracts from cepstra their mean over six seconds.

    The mean is taken over what is loud, so that a pause is not mistaken for a speaker; how loud speech is compared with
    all sound of the minutes around is added again, so that silence stays silent. After B. Atal, "Effectiveness of
    linear prediction characteristics of the speech wave for automatic speaker identification and verification", JASA
    55, 1974.
    """

    def __init__(self, static: Floats) -> None:
        """Measure the cepstra (frames, 13) of a whole recording."""
        self._static = static
        self._speech_levels = [_speech_levels(static[around]) for around in minutes_around(len(static))]

    def cepstra(self, start: int, end: int) -> Floats:
        """Return the normalised cepstra (end - start, 13) of the frames [start, end)."""
        first, last = max(0, start - _NEAR), min(len(self._static), end + _NEAR)
        around = self._static[first:last].astype(np.float64)
        level = self._speech_levels[(start + end) // 2 // MINUTE]
        weights = level.weights(around)
        sums = np.zeros((len(around) + 1, CEPSTRA + 1))
        np.cumsum(around * weights[:, None], axis=0, out=sums[1:, :CEPSTRA])
        np.cumsum(weights, out=sums[1:, CEPSTRA])
        at = np.arange(start - first, end - first)
        near = sums[np.minimum(at + _NEAR, len(around))] - sums[np.maximum(at - _NEAR, 0)]
        mean = near[:, :CEPSTRA] / near[:, CEPSTRA:]
        return np.asarray(around[at] - mean + level.loud, np.float32)


def _speech_levels(static: Floats) -> _SpeechLevel:
    # The first cepstral coefficient follows the loudness that is left once the noise is removed.
    low, high = np.percentile(static[:, 0], [10, 90])
    even = _SpeechLevel(float(low + high) / 2, 8.0 / float(high - low + 1e-6), np.zeros(CEPSTRA))
    weights = even.weights(static)
    return _SpeechLevel(even.middle, even.steepness, weights @ static / weights.sum() - static.mean(axis=0))
