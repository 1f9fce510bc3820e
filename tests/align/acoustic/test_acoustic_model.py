"""The acoustic model: read whole, scored as a mixture of Gaussians is by definition, or refused."""

from pathlib import Path

import numpy as np
import pytest
from pocketsphinx import get_model_path

from asdelivered.align.acoustic.acoustic_model import UNSCORED, AcousticModel, Position, read_model
from asdelivered.align.errors import AlignError

FILES = ("mdef", "means", "variances", "sendump", "transition_matrices")
STEP = 1024 * np.log(1.0001)


def test_its_arrays_fit_together(model: AcousticModel) -> None:
    phones, senones = len(model.phones), len(model.codebooks)
    assert phones == 42
    assert {"SIL", "AH", "ZH", "+SPN+"} < set(model.phones)
    assert model.means.shape == model.precisions.shape == (phones, 3, 128, 13)
    assert model.offsets.shape == (phones, 3, 128)
    assert model.weights.shape == (3, 128, senones)
    assert model.stay.shape == model.leave.shape == (phones, 3)
    assert model.sequences.shape[1] == 3
    assert model.sequences.min() == 0
    assert model.sequences.max() == senones - 1
    assert model.codebooks.min() == 0
    assert model.codebooks.max() == phones - 1
    assert model.triphone_keys.shape == model.triphone_sequences.shape
    assert (np.diff(model.triphone_keys) > 0).all()
    assert model.triphone_sequences.max() < len(model.sequences)
    assert (model.precisions > 0).all()


def test_weights_and_transitions_are_probabilities(model: AcousticModel) -> None:
    sums = np.exp(-STEP * model.weights.astype(float)).sum(axis=1)
    # Each weight was rounded to a step of 10 %.
    np.testing.assert_allclose(sums, 1.0, atol=0.1)
    # The transitions of a phone stay, go on, or (not used) jump over a state.
    odds = np.exp(model.stay) + np.exp(model.leave)
    assert (odds > 0.5).all()
    assert (odds <= 1.0001).all()


def test_a_triphone_has_the_codebook_of_its_phone(model: AcousticModel) -> None:
    for phone, name in enumerate(model.phones):
        assert (model.codebooks[model.phone_senones[phone]] == phone).all(), name
        for left, right in [("SIL", "SIL"), ("AH", "T"), ("S", "IY")]:
            for place in Position:
                found = model.senones(phone, model.index[left], model.index[right], place)
                assert found.shape == (3,)
                assert (model.codebooks[found] == phone).all()


def test_an_unknown_triphone_is_taken_from_inside_a_word_or_without_context(model: AcousticModel) -> None:
    count = len(model.phones)
    known = set(model.triphone_keys.tolist())

    def key(phone: int, left: int, right: int, place: Position) -> int:
        return ((phone * count + left) * count + right) * 4 + place

    inside = bare = 0
    for phone in range(0, count, 3):
        for left in range(0, count, 5):
            for right in range(0, count, 5):
                if key(phone, left, right, Position.SINGLE) in known:
                    continue
                found = model.senones(phone, left, right, Position.SINGLE)
                if key(phone, left, right, Position.INSIDE) in known:
                    inside += 1
                    usual = model.senones(phone, left, right, Position.INSIDE)
                else:
                    bare += 1
                    usual = model.phone_senones[phone]
                assert np.array_equal(found, usual)
    assert inside > 0
    assert bare > 0


def test_a_pronunciation_has_the_triphones_of_its_phones(model: AcousticModel) -> None:
    words = (("S", "EH", "V"), ("AH",))
    before, after = model.index["T"], model.index["SIL"]
    s, eh, v, ah = (model.index[phone] for phone in ("S", "EH", "V", "AH"))
    expected = np.concatenate(
        [
            model.senones(s, before, eh, Position.BEGIN),
            model.senones(eh, s, v, Position.INSIDE),
            model.senones(v, eh, ah, Position.END),
            model.senones(ah, v, after, Position.SINGLE),
        ]
    )
    for _ in range(2):
        assert np.array_equal(model.pronounced(words, "T", "SIL"), expected)
    assert not np.array_equal(model.pronounced(words, "SIL", "T"), expected)


def test_known_triphones_differ_by_context(model: AcousticModel) -> None:
    ah = model.index["AH"]
    ways = {
        tuple(model.senones(ah, left, right, Position.INSIDE)) for left in range(42) for right in range(42)
    }
    assert len(ways) > 100


def test_scores_are_those_of_a_mixture_of_gaussians(model: AcousticModel) -> None:
    rng = np.random.default_rng(1)
    senones = rng.choice(len(model.codebooks), 60, replace=False).astype(np.int32)
    # Near the means of some codebook, as speech is, and far from all of them.
    near = model.means[rng.integers(0, 42, 6), :, rng.integers(0, 128, 6)].reshape(6, 39)
    features = np.concatenate([near + rng.normal(0, 0.2, near.shape), rng.normal(0, 3, (2, 39))]).astype(
        np.float32
    )
    scores = model.scores(features, senones)
    assert scores.shape == (8, 60)
    variances = 0.5 / model.precisions.astype(float)
    for frame, streams in enumerate(features.astype(float).reshape(8, 3, 13)):
        for column, senone in enumerate(senones):
            book = model.codebooks[senone]
            expected = 0.0
            for stream, values in enumerate(streams):
                spread = variances[book, stream]
                logs = -0.5 * (
                    (values - model.means[book, stream]) ** 2 / spread + np.log(2 * np.pi * spread)
                ).sum(axis=1)
                logs -= STEP * model.weights[stream, :, senone]
                expected += logs.max() + np.log(np.exp(logs - logs.max()).sum())
            assert scores[frame, column] == pytest.approx(expected, abs=1e-2, rel=1e-4)


def test_scores_are_the_same_in_any_order(model: AcousticModel) -> None:
    chance = np.random.default_rng(4)
    features = chance.normal(0, 2, (300, 39)).astype(np.float32)
    senones = chance.permutation(len(model.codebooks))[:200].astype(np.int32)
    ordered = senones[np.argsort(model.codebooks[senones], kind="stable")]
    columns = {senone: column for column, senone in enumerate(ordered)}
    mixed, sorted_ones = model.scores(features, senones), model.scores(features, ordered)
    np.testing.assert_array_equal(mixed, sorted_ones[:, [columns[senone] for senone in senones]])


def test_scores_do_not_depend_on_what_is_asked_beside_them(model: AcousticModel) -> None:
    rng = np.random.default_rng(2)
    features = rng.normal(0, 1, (1_100, 39)).astype(np.float32)
    senones = np.array([7, 7, 400, 3], np.int32)
    whole = model.scores(features, senones)
    assert np.array_equal(whole[:, 0], whole[:, 1])
    np.testing.assert_allclose(model.scores(features[500:600], senones[2:]), whole[500:600, 2:], atol=1e-2)


def test_only_what_is_wanted_is_scored(model: AcousticModel) -> None:
    chance = np.random.default_rng(3)
    features = chance.normal(0, 2, (700, 39)).astype(np.float32)
    senones = chance.permutation(len(model.codebooks))[:150].astype(np.int32)
    wanted = chance.random((len(model.phones), len(features))) < 0.3
    wanted[5], wanted[6] = False, True
    whole, some = model.scores(features, senones), model.scores(features, senones, wanted)
    asked = wanted[model.codebooks[senones]].T
    np.testing.assert_allclose(some[asked], whole[asked], atol=1e-2)
    assert (some[~asked] == UNSCORED).all()
    assert whole.max() > UNSCORED


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model whose files can be spoiled one by one."""
    for name in FILES:
        (tmp_path / name).symlink_to(Path(get_model_path("en-us/en-us")) / name)
    return tmp_path


def test_a_model_is_read_from_any_folder(copy: Path, model: AcousticModel) -> None:
    assert read_model(copy).phones == model.phones


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "cut short", "text"])
def test_a_damaged_model_is_refused_in_one_sentence(copy: Path, name: str, damage: str) -> None:
    file = copy / name
    whole = file.read_bytes()
    file.unlink()
    if damage != "missing":
        file.write_bytes(
            {
                "empty": b"",
                "cut": whole[: len(whole) // 2],
                "cut short": whole[:100],
                "text": b"This is no model.\n" * 100,
            }[damage]
        )
    with pytest.raises(AlignError, match=r"acoustic model in .* reinstall") as error:
        read_model(copy)
    assert "\n" not in str(error.value)
