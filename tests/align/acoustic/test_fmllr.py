"""Adaptation: a transform that was planted is found again, and speech becomes likelier by it."""

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np
import pytest
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import STREAM_WIDTH, STREAMS, AcousticModel
from asdelivered.align.acoustic.fmllr import IDENTITY, LEAST_FRAMES, Adaptation, estimate_fmllr
from asdelivered.base.processes import processes

Sample = tuple[NDArray[np.float32], NDArray[np.int32]]


@pytest.fixture(scope="module")
def spoken(model: AcousticModel) -> Sample:
    """Features as the model itself would say them: of random phones, each frame from one of its Gaussians."""
    chance = np.random.default_rng(11)
    senones = chance.choice(model.phone_senones[3:].reshape(-1), 2 * LEAST_FRAMES).astype(np.int32)
    features = np.empty((len(senones), STREAMS * STREAM_WIDTH), np.float32)
    for at, senone in enumerate(senones):
        codebook = model.codebooks[senone]
        for stream in range(STREAMS):
            weights = np.exp(-0.1 * model.weights[stream][:, senone].astype(np.float64))
            gaussian = chance.choice(len(weights), p=weights / weights.sum())
            spread = np.sqrt(0.5 / model.precisions[codebook, stream, gaussian])
            columns = slice(stream * STREAM_WIDTH, (stream + 1) * STREAM_WIDTH)
            features[at, columns] = chance.normal(model.means[codebook, stream, gaussian], spread)
    return features, senones


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with processes(2) as workers:
        yield workers


def in_pieces(sample: Sample, size: int = 100) -> Iterator[Sample]:
    features, senones = sample
    for start in range(0, len(senones), size):
        yield features[start : start + size], senones[start : start + size]


def test_what_a_room_did_is_undone(pool: Executor, spoken: Sample) -> None:
    features, senones = spoken
    # A room and a microphone that make everything duller, louder and flatter.
    scale, shift = np.float32(1.3), np.linspace(-2, 2, STREAMS * STREAM_WIDTH).astype(np.float32)
    heard = (features - shift) / scale
    adaptation = estimate_fmllr(pool, in_pieces((heard, senones)))
    before = np.abs(heard - features).mean()
    after = np.abs(adaptation.apply(heard) - features).mean()
    assert after < 0.35 * before


def test_speech_is_likelier_by_it(model: AcousticModel, pool: Executor, spoken: Sample) -> None:
    features, senones = spoken
    heard = features * np.float32(0.8) + np.float32(0.5)
    adaptation = estimate_fmllr(pool, in_pieces((heard, senones)))
    columns = np.unique(senones, return_inverse=True)

    def likelihood(by: Adaptation) -> float:
        """Of what was heard: a transform that shrinks it must answer for the room that it takes away."""
        scores = model.scores(by.apply(heard), columns[0])
        shrunk = np.log(np.abs(np.linalg.det(by.matrix))).sum()
        return float(scores[np.arange(len(senones)), columns[1]].mean() + shrunk)

    assert likelihood(adaptation) > likelihood(IDENTITY) + 0.5


def test_too_little_speech_changes_nothing(pool: Executor, spoken: Sample) -> None:
    features, senones = spoken
    few = features[: LEAST_FRAMES - 1], senones[: LEAST_FRAMES - 1]
    assert estimate_fmllr(pool, in_pieces(few)) is IDENTITY
    assert estimate_fmllr(pool, iter([])) is IDENTITY


def test_unchanged_is_that() -> None:
    features = np.random.default_rng(1).normal(size=(50, STREAMS * STREAM_WIDTH)).astype(np.float32)
    np.testing.assert_allclose(IDENTITY.apply(features), features, atol=1e-5)
    assert isinstance(IDENTITY, Adaptation)
