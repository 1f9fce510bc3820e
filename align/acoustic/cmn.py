"""What speaker, microphone and room add to cepstra, taken out of them."""

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
"""Of an exponent, from which on a weight is nothing."""


@dataclass(frozen=True)
class _Voices:
    """How loud speech is in some minutes of a recording: `loud` (13,) is its mean cepstra against that of all sound."""

    middle: float
    steepness: float
    loud: Doubles

    def weights(self, static: NDArray[np.floating]) -> Doubles:
        """How much each frame counts, by its loudness."""
        quieter = np.minimum(self.steepness * (self.middle - static[:, 0].astype(np.float64)), _MOST)
        return 1.0 / (1.0 + np.exp(quieter)) + 0.05


class Normaliser:
    """Takes the mean over six seconds out of cepstra.

    The mean is over what is loud, so that a pause does not pass for a speaker; how loud speech is against all sound of
    the minutes around is put back, so that silence stays silent. After B. Atal, "Effectiveness of linear prediction
    characteristics of the speech wave for automatic speaker identification and verification", JASA 55, 1974.
    """

    def __init__(self, static: Floats) -> None:
        """Look through the cepstra (frames, 13) of a whole recording."""
        self._static = static
        self._voices = [_voices(static[around]) for around in minutes_around(len(static))]

    def cepstra(self, start: int, end: int) -> Floats:
        """Return the normalised cepstra (end - start, 13) of the frames [start, end)."""
        first, last = max(0, start - _NEAR), min(len(self._static), end + _NEAR)
        around = self._static[first:last].astype(np.float64)
        voices = self._voices[(start + end) // 2 // MINUTE]
        weights = voices.weights(around)
        sums = np.zeros((len(around) + 1, CEPSTRA + 1))
        np.cumsum(around * weights[:, None], axis=0, out=sums[1:, :CEPSTRA])
        np.cumsum(weights, out=sums[1:, CEPSTRA])
        at = np.arange(start - first, end - first)
        near = sums[np.minimum(at + _NEAR, len(around))] - sums[np.maximum(at - _NEAR, 0)]
        mean = near[:, :CEPSTRA] / near[:, CEPSTRA:]
        return np.asarray(around[at] - mean + voices.loud, np.float32)


def _voices(static: Floats) -> _Voices:
    # The first cepstrum follows the loudness of what is left when the noise is gone.
    low, high = np.percentile(static[:, 0], [10, 90])
    even = _Voices(float(low + high) / 2, 8.0 / float(high - low + 1e-6), np.zeros(CEPSTRA))
    weights = even.weights(static)
    return _Voices(even.middle, even.steepness, weights @ static / weights.sum() - static.mean(axis=0))
