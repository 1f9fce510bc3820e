"""Mel cepstra of speech, as the acoustic model expects them.

Follows S. Davis and P. Mermelstein, "Comparison of parametric representations for monosyllabic word recognition",
IEEE ASSP 28(4), 1980, with the parameters in the model's `feat.params`: 25 filters from 130 to 6800 Hz, 13 cepstra,
lifter 22, noise removed, and the CMU Sphinx deltas ("1s_c_d_dd").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.denoise import denoise

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

SAMPLE_RATE = 16_000
FRAME_SHIFT = 160
"""Samples from one frame to the next."""
FRAME_MS = 1000 * FRAME_SHIFT // SAMPLE_RATE
FRAME_LENGTH = 410
CEPSTRA = 13
LOUDNESS = CEPSTRA
"""The column after the cepstra: how loud the frame is, noise included, in dB."""
CHANGE = CEPSTRA + 1
"""The column after that: how much the bands differ from those of the frame before, in dB."""
FRAME_WIDTH = CEPSTRA + 2

EDGE_MS = round(1000 * (FRAME_LENGTH - FRAME_SHIFT) / 2 / SAMPLE_RATE)
"""From the start of a frame to the middle of what it shares with the frame before it."""

_FFT = 512
_FILTERS = 25
_LOWEST, _HIGHEST = 130.0, 6800.0
PER_DECIBEL = math.sqrt(_FILTERS) * math.log(10.0) / 10.0
"""By how much the first cepstrum grows where all is a decibel louder."""
_KNEE = 0.875
"""The share of the frequency axis, from below, that a warp stretches evenly; the rest makes up for it."""
_PREEMPHASIS = 0.97
_LIFTER = 22


def moment_of(frame: int) -> int:
    """Return the millisecond between a frame and the one before it."""
    return frame * FRAME_MS + EDGE_MS if frame else 0


def frame_at(moment: int) -> int:
    """Return the frame that begins nearest to a millisecond."""
    return max(0, round((moment - EDGE_MS) / FRAME_MS))


def frames_of(blocks: Iterable[NDArray[np.int16]]) -> Iterator[Floats]:
    """Turn 16 kHz mono blocks of any length into frames (frames, 15), some minutes of them at a time.

    The first 13 columns are the cepstra, noise removed; LOUDNESS and CHANGE come after them. Frame i of all begins at
    10 ms * i. An hour is 22 MB.
    """
    last: Floats | None = None
    for power, clean in denoise(_mel_powers(blocks)):
        loudness = 10.0 * np.log10(power.sum(axis=1, keepdims=True))
        bands = 10.0 * np.log10(power)
        change = np.abs(np.diff(bands, axis=0, prepend=bands[:1] if last is None else last))
        # The louder a band, the more it counts: between the tones of music there is nothing but the room.
        change = (change * power).sum(axis=1, keepdims=True) / power.sum(axis=1, keepdims=True)
        last = np.asarray(bands[-1:], np.float32)
        yield np.concatenate([np.log(clean) @ _liftered_cosines(), loudness, change], axis=1)


def _mel_powers(blocks: Iterable[NDArray[np.int16]]) -> Iterator[Floats]:
    """Yield the power in each filter, (frames, 25), as samples come."""
    # The sample before the first one: pre-emphasis looks one back.
    kept = np.zeros(1, np.float32)
    window = np.hamming(FRAME_LENGTH).astype(np.float32)
    for block in blocks:
        kept = np.concatenate([kept, block.astype(np.float32)])
        frames = (len(kept) - 1 - FRAME_LENGTH) // FRAME_SHIFT + 1
        if frames <= 0:
            continue
        emphasised = kept[1:] - np.float32(_PREEMPHASIS) * kept[:-1]
        windows = np.lib.stride_tricks.sliding_window_view(emphasised, FRAME_LENGTH)[::FRAME_SHIFT][:frames]
        spectrum = np.fft.rfft(windows * window, _FFT)
        # One count of power on the 16-bit scale keeps the logarithm of digital silence finite.
        yield (spectrum.real**2 + spectrum.imag**2).astype(np.float32) @ _mel_filters() + np.float32(1.0)
        kept = kept[frames * FRAME_SHIFT :]


@cache
def _mel_filters() -> Floats:
    """Triangles of unit area, shape (257, 25), their edges on bins of the transform."""
    spacing = SAMPLE_RATE / _FFT
    edges = np.round(_edges() / spacing) * spacing
    bins = np.arange(_FFT // 2 + 1)[:, None] * spacing
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    rising = (bins - left) / (centre - left)
    falling = (right - bins) / (right - centre)
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)) * 2.0 / (right - left), np.float32)


def _edges() -> Doubles:
    """Return where each filter begins, in Hz, and the last two end: as far from each other in mel, shape (27,)."""
    low, high = _mel(np.array([_LOWEST, _HIGHEST]))
    return np.asarray(700.0 * (10.0 ** (np.linspace(low, high, _FILTERS + 2) / 2595.0) - 1.0))


def _mel(hertz: Doubles) -> Doubles:
    return np.asarray(2595.0 * np.log10(1.0 + hertz / 700.0))


@cache
def _liftered_cosines() -> Floats:
    """The cosine transform with liftering folded in, shape (25, 13)."""
    order = np.arange(CEPSTRA)
    cosines = np.cos(np.pi * order * (np.arange(_FILTERS)[:, None] + 0.5) / _FILTERS)
    cosines *= np.where(order == 0, np.sqrt(1.0 / _FILTERS), np.sqrt(2.0 / _FILTERS))
    return np.asarray(cosines * (1.0 + _LIFTER / 2 * np.sin(np.pi * order / _LIFTER)), np.float32)


@cache
def warping(warp: float) -> Floats:
    """Return the matrix (13, 13) that turns cepstra, (frames, 13) @ it, into those of formants `warp` times lower.

    A shorter vocal tract has higher formants: a child's by up to two fifths. To warp the frequency axis is to mix the
    filters, which is linear in the cepstra (M. Pitz and H. Ney, "Vocal tract normalization equals linear transformation
    in cepstral space", IEEE Transactions on Speech and Audio Processing 13(5), 2005).
    """
    edges = _edges()
    knee = _KNEE * _HIGHEST / max(warp, 1.0)
    heard = np.interp(edges, [0.0, knee, _HIGHEST], [0.0, warp * knee, _HIGHEST])
    # The number of the filter, in parts, that has in the sound what each of the filters is to have.
    places = np.interp(_mel(heard), _mel(edges), np.arange(-1.0, _FILTERS + 1))[1:-1]
    mixing = np.stack([np.interp(places, np.arange(_FILTERS), one) for one in np.eye(_FILTERS)])
    cosines = _liftered_cosines().astype(np.float64)
    return np.asarray(np.linalg.pinv(cosines) @ mixing @ cosines, np.float32)


def with_deltas(static: Floats) -> Floats:
    """Append first and second differences: (frames, 13) becomes (frames, 39); the end frames are repeated."""
    padded = np.pad(static, ((3, 3), (0, 0)), mode="edge")
    count = len(static)

    def at(offset: int) -> Floats:
        return padded[3 + offset : 3 + offset + count]

    first = at(2) - at(-2)
    second = (at(3) - at(-1)) - (at(1) - at(-3))
    return np.asarray(np.concatenate([static, first, second], axis=1), np.float32)
