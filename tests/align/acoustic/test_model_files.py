"""The model's files: those of PocketSphinx's package, or of another that has the same."""

import sys

import pytest

from asdelivered.align.acoustic.acoustic_model import AcousticModel, embedded_model, read_model
from asdelivered.align.acoustic.lexicon import pronounce
from asdelivered.align.acoustic.model_files import model_files
from asdelivered.align.errors import AlignError


def test_both_packages_have_the_same_model(model: AcousticModel) -> None:
    other = read_model(model_files(("speech_recognition",)).acoustic)
    assert other.phones == model.phones
    for part in ("means", "precisions", "weights", "sequences", "triphone_keys", "stay", "leave"):
        assert (getattr(other, part) == getattr(model, part)).all(), part


def test_without_pocketsphinx_the_other_package_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = model_files()
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    assert model_files() != usual
    assert "speech_recognition" in model_files().acoustic.parts
    assert pronounce(["harbour", "aaliyah"], "en").keys() == {"harbour", "aaliyah"}
    assert len(embedded_model().phones) == 42


def test_without_any_it_is_said() -> None:
    with pytest.raises(AlignError, match="model of speech is not installed"):
        model_files(())
