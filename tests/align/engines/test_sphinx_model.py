"""The recogniser's smaller models: moments against sums, files against PocketSphinx."""

from pathlib import Path

import numpy as np
import pytest
from pocketsphinx import Config, Decoder

from asdelivered.align.acoustic.acoustic_model import AcousticModel, read_model
from asdelivered.align.engines.sphinx import CAREFUL, QUICK, Hearing
from asdelivered.align.engines.sphinx_model import (
    EVERY,
    ModelSize,
    heard_features,
    write_model,
)


@pytest.fixture(scope="module")
def written(model: AcousticModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "small"
    write_model(model, ModelSize(gaussians=12, triphones=True), folder)
    return folder


def test_merged_gaussians_keep_the_mean_and_the_variance_of_the_whole(
    model: AcousticModel, written: Path
) -> None:
    small = read_model(written)
    assert small.means.shape == (*model.means.shape[:2], 12, *model.means.shape[3:])
    # The mixture of one senone, before and after; weights are stored in steps of a tenth.
    for senone in (0, 100, 4_000):
        codebook = model.codebooks[senone]
        for stream in range(3):
            mean, spread = _moments(model, codebook, stream, senone)
            smaller, other = _moments(small, codebook, stream, senone)
            assert np.abs(smaller - mean).max() < 0.35 * np.sqrt(spread).max()
            assert np.allclose(np.log(other), np.log(spread), atol=0.6)


def _moments(model: AcousticModel, codebook: int, stream: int, senone: int) -> tuple[np.ndarray, np.ndarray]:
    weights = np.exp(-1024 * np.log(1.0001) * model.weights[stream][:, senone].astype(float))
    weights /= weights.sum()
    means, variances = model.means[codebook, stream], 0.5 / model.precisions[codebook, stream]
    mean = weights @ means
    return mean, weights @ (variances + means.astype(float) ** 2) - mean**2


def test_each_weight_is_the_sum_of_those_that_it_stands_for(model: AcousticModel, written: Path) -> None:
    small = read_model(written)
    for one in (small, model):
        shares = np.exp(-1024 * np.log(1.0001) * one.weights.astype(np.float64)).sum(axis=1)
        # What is stored of each is rounded to a tenth, so the sums are near one.
        assert np.percentile(shares, 1) > 0.8
        assert np.percentile(shares, 99) < 1.2


def test_a_state_may_be_passed_by_in_two_frames(model: AcousticModel, written: Path) -> None:
    data = (written / "transition_matrices").read_bytes()
    odds = np.frombuffer(data[-4 * len(model.phones) * 12 :], "<f4").reshape(-1, 3, 4)
    assert np.allclose(odds.sum(axis=2), 1.0, atol=1e-5)
    assert np.allclose(odds[:, [0, 1, 2], [0, 1, 2]], np.exp(2 * model.stay), atol=1e-6)
    assert np.allclose(odds[:, 0, 2], np.exp(model.leave[:, 0] + model.leave[:, 1]), atol=1e-6)


@pytest.mark.parametrize("hearing", [QUICK, CAREFUL])
def test_pocketsphinx_reads_what_is_written(model: AcousticModel, hearing: Hearing, tmp_path: Path) -> None:
    write_model(model, hearing.size, tmp_path / "small")
    (tmp_path / "words.dict").write_text("pier P IH R\nharbour HH AA R B ER\n")
    (tmp_path / "words.jsgf").write_text("#JSGF V1.0; grammar all; public <all> = (pier | harbour)*;")
    places = {"dict": str(tmp_path / "words.dict"), "jsgf": str(tmp_path / "words.jsgf")}
    decoder = Decoder(Config(hmm=str(tmp_path / "small"), loglevel="FATAL", **places, **hearing.decoder))
    decoder.start_utt()
    silence = heard_features(np.zeros((200, 13), np.float32))
    decoder.process_cep(silence.tobytes(), False, True)
    decoder.end_utt()
    assert len(silence) <= decoder.n_frames() <= len(silence) + 1


def test_every_second_frame_is_heard() -> None:
    cepstra = np.random.default_rng(2).normal(size=(101, 13)).astype(np.float32)
    heard = heard_features(cepstra)
    assert heard.shape == (51, 39)
    assert np.allclose(heard[:, :13], (cepstra - cepstra.mean(axis=0))[::EVERY])
    # Differences are those of the frames beside, not of those heard.
    assert np.allclose(heard[5, 13:26], cepstra[12] - cepstra[8], atol=1e-6)
