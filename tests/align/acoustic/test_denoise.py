"""Noise removal: the same however the frames come, steady noise down, sound kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.denoise import Floats, denoise

BANDS = 25


def spectra(frames: int) -> Floats:
    rng = np.random.default_rng(frames)
    return (rng.gamma(2.0, 1e5, (frames, BANDS)) * rng.gamma(0.3, 3.0, (frames, 1)) + 1).astype(np.float32)


def clean(blocks: list[Floats]) -> tuple[Floats, Floats]:
    pairs = list(denoise(blocks))
    return np.concatenate([before for before, _ in pairs]), np.concatenate([after for _, after in pairs])


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 6_000), st.lists(st.integers(0, 3_000), max_size=6))
def test_small_blocks_are_cleaned_as_one_is(frames: int, sizes: list[int]) -> None:
    whole = spectra(frames)
    kept, cleaned = clean([whole])
    again, recleaned = clean(np.split(whole, np.minimum(np.cumsum(sizes, dtype=int), frames)))
    assert np.array_equal(kept, whole)
    assert np.array_equal(again, whole)
    assert np.array_equal(cleaned, recleaned)


@pytest.mark.parametrize("size", [997, 24_000, 30_000])
def test_minutes_of_sound_are_cleaned_the_same_in_blocks(size: int) -> None:
    whole = spectra(30_500)
    _, cleaned = clean([whole])
    _, again = clean([whole[at : at + size] for at in range(0, len(whole), size)])
    np.testing.assert_allclose(again, cleaned, rtol=1e-3)


def test_one_long_stretch_is_cleaned_as_by_a_recursion_from_its_start() -> None:
    """Stretches run side by side; each has to forget how it was started before its frames count."""
    whole = spectra(6_000)
    _, cleaned = clean([whole])
    # From frame 500 on, the stretches begin elsewhere: what is found must not depend on it.
    _, shifted = clean([whole[500:]])
    off = np.abs(np.log(cleaned[2_500:] / shifted[2_000:]))
    assert np.percentile(off, 99) < 0.05


def test_steady_noise_goes_down_and_what_rises_above_it_stays() -> None:
    rng = np.random.default_rng(3)
    noise = rng.gamma(8.0, 1e4, (2_000, BANDS)).astype(np.float32)
    sound = np.zeros_like(noise)
    sound[1_500:1_530] = 1e8
    _, cleaned = clean([noise + sound])
    quiet = np.log10(cleaned[1_000:1_400].mean() / noise[1_000:1_400].mean())
    loud = np.log10(cleaned[1_505:1_530].mean() / 1e8)
    assert quiet < -0.5
    assert -0.1 < loud < 0.1


def test_nothing_is_nothing() -> None:
    assert list(denoise([])) == []
    assert list(denoise([np.zeros((0, BANDS), np.float32)])) == []
