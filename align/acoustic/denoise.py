"""Denoising: removes noise from mel spectra, as was done when the acoustic model was trained.

The noise of each band is followed by its lower envelope (G. Doblinger, "Computationally efficient speech enhancement
by spectral minima tracking in subbands", Eurospeech 1995), what rises above it is kept, what falls right after a peak
is masked, and the gain is smoothed over neighbouring bands (C. Kim and R. Stern, "Power-normalized cepstral
coefficients (PNCC) for robust speech recognition", ICASSP 2012). Constants are those of the model's front end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_POWER_MEMORY = np.float32(0.7)
_RISE, _FALL = 1 - np.float32(0.995), 1 - np.float32(0.5)
_PEAK_DECAY, _MASKED = np.float32(0.85), np.float32(0.2)
_LEAST_SIGNAL = np.float32(1.0)
_MOST_GAIN = np.float32(20.0)
_LEAST_GAIN = 1 / _MOST_GAIN
_NEIGHBOURS = 4

# The recursion takes one step of Python per frame, so many pieces run side by side. Each is warmed up on the frames
# before it, long enough for the slow envelope to forget its initial value.
_WARM_UP = 1000
_PIECE = 1000
_SIDE_BY_SIDE = 24


@dataclass
class _Tracker:
    """The running estimates, each (pieces, bands)."""

    power: Floats
    noise: Floats
    floor: Floats
    peak: Floats

    def gain(self, spectrum: Floats) -> Floats:
        """Follow one frame of every piece, and return the gain of each band."""
        self.power += (1 - _POWER_MEMORY) * (spectrum - self.power)
        _follow(self.noise, self.power)
        signal = self.power - self.noise
        np.maximum(signal, _LEAST_SIGNAL, out=signal)
        _follow(self.floor, signal)
        self.peak *= _PEAK_DECAY
        masked = np.where(signal < _PEAK_DECAY * self.peak, self.peak * _MASKED, signal)
        np.maximum(self.peak, signal, out=self.peak)
        np.maximum(masked, self.floor, out=masked)
        masked /= self.power
        np.maximum(masked, _LEAST_GAIN, out=masked)
        return np.minimum(masked, _MOST_GAIN, out=masked)


def _follow(envelope: Floats, values: Floats) -> None:
    """Move the lower envelope slowly up or quickly down towards `values`."""
    change = values - envelope
    change *= np.where(change >= 0, _RISE, _FALL)
    envelope += change


def denoise(powers: Iterable[Floats]) -> Iterator[tuple[Floats, Floats]]:
    """Yield power spectra (frames, bands) as they came in, and again without their noise."""
    before: Floats | None = None
    for batch in _batches(powers, _PIECE * _SIDE_BY_SIDE):
        if before is None:
            before = np.repeat(batch[:1], _WARM_UP, axis=0)
        whole = np.concatenate([before, batch])
        yield batch, batch * _gains(whole)
        before = whole[-_WARM_UP:]


def _batches(powers: Iterable[Floats], frames: int) -> Iterator[Floats]:
    kept: list[Floats] = []
    held = 0
    for block in powers:
        kept.append(block)
        held += len(block)
        if held >= frames:
            whole = np.concatenate(kept)
            yield whole[:frames]
            kept = [whole[frames:]]
            held -= frames
    if held:
        yield np.concatenate(kept)


def _gains(whole: Floats) -> Floats:
    """`whole` begins with the frames to warm up on; return the gains (frames, bands) of the rest."""
    frames, bands = len(whole) - _WARM_UP, whole.shape[1]
    pieces = -(-frames // _PIECE)
    padded = np.pad(whole, ((0, pieces * _PIECE - frames), (0, 0)), mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, _WARM_UP + _PIECE, axis=0)[::_PIECE]
    along = np.ascontiguousarray(views.transpose(2, 0, 1))
    first = along[0]
    tracker = _Tracker(first.copy(), first / _MOST_GAIN, first / _MOST_GAIN, np.zeros_like(first))
    gains = np.empty((_PIECE, pieces, bands), np.float32)
    for number, spectrum in enumerate(along):
        gain = tracker.gain(spectrum)
        if number >= _WARM_UP:
            gains[number - _WARM_UP] = gain
    return _smooth(gains.transpose(1, 0, 2).reshape(-1, bands)[:frames])


def _smooth(gains: Floats) -> Floats:
    """Average each band with up to four neighbours on either side."""
    bands = gains.shape[1]
    sums = np.cumsum(np.pad(gains, ((0, 0), (1, 0))), axis=1)
    low = np.maximum(np.arange(bands) - _NEIGHBOURS, 0)
    high = np.minimum(np.arange(bands) + _NEIGHBOURS, bands - 1) + 1
    return np.asarray((sums[:, high] - sums[:, low]) / (high - low).astype(np.float32), np.float32)
