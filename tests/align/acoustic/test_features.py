"""Frames of sound: the same however the samples come, and what they say is how it sounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import (
    CEPSTRA,
    FRAME_LENGTH,
    FRAME_SHIFT,
    FRAME_WIDTH,
    LOUDNESS,
    SAMPLE_RATE,
    Floats,
    frames_of,
    warping,
    with_deltas,
)

Samples = NDArray[np.int16]


def sound(samples: int) -> Samples:
    """Noise that swells and fades, as syllables do."""
    swell = 1 + np.sin(np.arange(samples) / 2_000)
    return np.asarray(np.random.default_rng(samples).normal(0, 3_000, samples) * swell, np.int16)


def frames(*blocks: Samples) -> Floats:
    return np.concatenate([np.zeros((0, FRAME_WIDTH), np.float32), *frames_of(blocks)])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 60_000), st.lists(st.integers(0, 20_000), max_size=8))
def test_blocks_of_any_length_make_the_same_frames(samples: int, sizes: list[int]) -> None:
    whole = sound(samples)
    expected = frames(whole)
    assert expected.shape == (max(0, (samples - FRAME_LENGTH) // FRAME_SHIFT + 1), FRAME_WIDTH)
    found = frames(*np.split(whole, np.minimum(np.cumsum(sizes, dtype=int), samples)))
    np.testing.assert_allclose(found, expected, atol=1e-2)


@pytest.mark.parametrize("size", [1, 159, 160, 409, 410, 411])
def test_tiny_blocks_make_the_same_frames(size: int) -> None:
    whole = sound(5_000)
    blocks = [whole[at : at + size] for at in range(0, len(whole), size)]
    np.testing.assert_allclose(frames(*blocks), frames(whole), atol=1e-2)


def test_digital_silence_and_full_scale_are_finite() -> None:
    loud = np.full(SAMPLE_RATE, 32_767, np.int16)
    loud[::2] = -32_768
    assert np.isfinite(frames(np.zeros(SAMPLE_RATE, np.int16), loud)).all()


def test_loudness_is_in_decibels_and_falls_where_the_sound_does() -> None:
    whole = sound(SAMPLE_RATE)
    loud, soft = frames(whole)[:, LOUDNESS], frames(whole // 10)[:, LOUDNESS]
    np.testing.assert_allclose(np.median(loud - soft), 20, atol=0.5)


def test_frame_i_begins_at_ten_milliseconds_times_i() -> None:
    click = np.zeros(SAMPLE_RATE, np.int16)
    click[8_000:8_050] = 20_000
    heard = np.flatnonzero(frames(click)[:, LOUDNESS] > 20)
    first, last = 8_000 / FRAME_SHIFT - FRAME_LENGTH / FRAME_SHIFT, 8_050 / FRAME_SHIFT
    assert first <= heard[0] <= first + 2
    assert last - 1 <= heard[-1] <= last


def test_differences_are_taken_over_two_frames_and_three() -> None:
    ramp = np.arange(20, dtype=np.float32)[:, None] * np.ones((1, CEPSTRA), np.float32)
    full = with_deltas(ramp)
    assert full.shape == (20, 39)
    assert np.array_equal(full[:, :CEPSTRA], ramp)
    assert (full[2:-2, CEPSTRA : 2 * CEPSTRA] == 4).all()
    assert (full[3:-3, 2 * CEPSTRA :] == 0).all()
    parabola = with_deltas(ramp**2)
    # (x + 3)^2 - (x - 1)^2 - (x + 1)^2 + (x - 3)^2
    assert (parabola[3:-3, 2 * CEPSTRA :] == 16).all()


def test_a_warp_of_nothing_changes_nothing() -> None:
    np.testing.assert_allclose(warping(1.0), np.eye(CEPSTRA), atol=1e-5)


@pytest.mark.parametrize("height", [0.85, 1.2, 1.4])
def test_a_warp_brings_formants_back_to_where_they_were(height: float) -> None:
    def voice(factor: float) -> Floats:
        """The mean cepstra of noise with formants at 600, 1,400 and 2,600 Hz, times a factor."""
        hertz = np.fft.rfftfreq(SAMPLE_RATE // 2, 1 / SAMPLE_RATE)
        formants = factor * np.array([600.0, 1_400.0, 2_600.0])
        gains = (1.0 / (1.0 + ((hertz[:, None] - formants) / (0.15 * formants)) ** 2)).sum(axis=1)
        noise = np.random.default_rng(2).normal(0.0, 1.0, SAMPLE_RATE // 2)
        shaped = np.fft.irfft(np.fft.rfft(noise) * gains)
        return frames((shaped / np.abs(shaped).max() * 20_000).astype(np.int16))[:, 1:CEPSTRA].mean(axis=0)

    def difference(one: Floats) -> float:
        return float(np.abs(one - voice(1.0)).mean())

    higher = np.concatenate([[0.0], voice(height)]).astype(np.float32)
    back = (higher @ warping(height))[1:]
    assert difference(back) <= 0.5 * difference(voice(height)) + 0.2
