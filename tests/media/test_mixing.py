import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.media.mixing import channel_lost_in_mix, mixed

NOISE = np.random.default_rng(1).normal(0, 1000, (4_000, 8)).astype(np.int32)


@given(st.integers(0, 3), st.integers(1, 3), st.floats(0.7, 1.4))
def test_an_opposite_of_about_the_same_loudness_is_lost(first, apart, loudness):
    samples = np.zeros((4_000, 2), np.int32)
    samples[:, 0] = NOISE[:, first]
    samples[:, 1] = -loudness * NOISE[:, first] + 0.05 * NOISE[:, first + apart]
    lost = channel_lost_in_mix(samples)
    assert lost is not None
    assert mixed(samples) == pytest.approx(samples[:, lost])


@pytest.mark.parametrize("channels", range(1, 9))
def test_unrelated_channels_are_mixed(channels):
    samples = NOISE[:, :channels]
    assert channel_lost_in_mix(samples) is None
    assert mixed(samples) == pytest.approx(samples.mean(axis=1))


@pytest.mark.parametrize("channels", [2, 6, 8])
def test_one_channel_beside_silent_ones_is_mixed(channels):
    samples = np.zeros((4_000, channels), np.int32)
    samples[:, -1] = NOISE[:, 0]
    assert channel_lost_in_mix(samples) is None


def test_silence_loses_nothing():
    assert channel_lost_in_mix(np.zeros((100, 2), np.int32)) is None
    assert channel_lost_in_mix(np.zeros((0, 2), np.int32)) is None
