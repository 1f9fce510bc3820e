"""Which phones are likely, by broad Gaussians: against all Gaussians, on real speech."""

import numpy as np
import pytest
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel
from asdelivered.align.acoustic.aligning_model import AligningModel, aligning_model
from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA, frames_of, with_deltas
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording

FROM, TO = 1_990, 4_360
"""Frames of the example in which somebody speaks."""


@pytest.fixture(scope="module")
def features(harbour_sound: Recording) -> NDArray[np.float32]:
    frames = np.concatenate(list(frames_of(decode_speech(harbour_sound))))
    return with_deltas(Normaliser(frames[:, :CEPSTRA]).cepstra(FROM, TO))


@pytest.fixture(scope="module")
def aligning(model: AcousticModel) -> AligningModel:
    return aligning_model(model)


def test_few_phones_are_likely_and_the_likeliest_is_mostly_among_them(
    aligning: AligningModel, features: NDArray[np.float32]
) -> None:
    model = aligning.acoustic
    speech = np.array([at for phone, at in model.index.items() if phone != SILENCE])
    likely = aligning.likely_phones(features, speech)
    assert likely.shape == (len(model.phones), len(features))
    assert not likely[model.index[SILENCE]].any()
    assert likely.any(axis=0).all()
    assert likely.sum(axis=0).mean() < 8
    exact = model.scores(features, model.phone_senones.reshape(-1))
    exact = exact.reshape(len(features), -1, STATES).max(axis=2).T
    best = exact[speech].max(axis=0)
    among = np.where(likely, exact, -np.inf).max(axis=0)
    assert (among == best).mean() > 0.8
    assert (best - among).mean() < 0.3


def test_others_are_not_looked_at(aligning: AligningModel, features: NDArray[np.float32]) -> None:
    among = np.array([3, 17, 30])
    likely = aligning.likely_phones(features[:100], among)
    assert likely[among].any(axis=0).all()
    assert not np.delete(likely, among, axis=0).any()
