"""Mix channels to one, without losing what is opposite in them.

A cable wired the wrong way round, or a "wide" effect, makes one channel the negative of another: in the mean of both
nothing is left, though it plays well on two speakers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LEAST_KEPT = 0.1
"""A mix of two channels has half the power of the louder one if they are unrelated, a quarter if one is silent. A mix
of `n` channels with less than this divided by `n` has lost something: of two, they correlate by less than -0.9."""


def channel_lost_in_mix(samples: NDArray[Any]) -> int | None:
    """Return the loudest channel where the mean of all channels loses it; None where the mean is good.

    `samples` (samples, channels) are numbers of any type.
    """
    channels = samples.shape[1]
    if channels < 2 or not len(samples):
        return None
    centred = samples.astype(np.float32)
    centred -= centred.mean(axis=0)
    powers = np.square(centred).mean(axis=0)
    loudest = int(powers.argmax())
    mixed = float(np.square(centred.mean(axis=1)).mean())
    return loudest if mixed < float(powers[loudest]) * _LEAST_KEPT / channels else None


def mixed(samples: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean (samples,) of all channels of `samples` (samples, channels), or the loudest if that is lost."""
    lost = channel_lost_in_mix(samples)
    return samples.mean(axis=1) if lost is None else samples[:, lost].astype(np.float64)
