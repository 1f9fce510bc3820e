"""Gaussians that stand for several: clusters against planted ones; what is merged, against sums over what it was."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.acoustic_model import WEIGHT_STEP, AcousticModel
from asdelivered.align.acoustic.merging import clusters, merge_gaussians


@given(st.integers(0, 1_000), st.integers(2, 6))
@settings(max_examples=30, deadline=None)
def test_points_around_planted_centres_are_put_together(seed: int, number: int) -> None:
    chance = np.random.default_rng(seed)
    planted = chance.integers(number, size=(3, 40))
    planted[:, :number] = np.arange(number)
    centres = 100.0 * np.arange(number)[:, None] + np.zeros(4)
    points = centres[planted] + chance.normal(size=(3, 40, 4))
    found = clusters(points, chance.uniform(0.1, 1.0, (3, 40)), number)
    same = planted[:, :, None] == planted[:, None, :]
    assert (same == (found[:, :, None] == found[:, None, :])).all()


def test_as_many_clusters_as_points_keep_each_point_apart() -> None:
    points = np.random.default_rng(1).normal(size=(2, 8, 3))
    found = clusters(points, np.ones((2, 8)), 8)
    assert [sorted(set(one)) for one in found.tolist()] == [[*range(8)]] * 2


def test_as_many_gaussians_as_there_were_are_the_same_ones(model: AcousticModel) -> None:
    senones = model.phone_senones.reshape(-1)
    merged = merge_gaussians(model, model.means.shape[2], senones)
    for book in (0, 20, 41):
        for stream in range(3):
            before, after = (
                sorted(map(tuple, one[book, stream].round(3).tolist())) for one in (model.means, merged.means)
            )
            assert after == before


def test_merged_gaussians_have_the_weights_of_those_that_they_stand_for(model: AcousticModel) -> None:
    senones = model.phone_senones.reshape(-1)
    merged = merge_gaussians(model, 16, senones)
    assert merged.means.shape == merged.variances.shape == (42, 3, 16, 13)
    assert merged.weights.shape == (3, 16, len(senones))
    sums = np.exp(-WEIGHT_STEP * merged.weights.astype(float)).sum(axis=1)
    np.testing.assert_allclose(sums, 1.0, atol=0.15)
