"""Whisper as a drafter: with a model of random weights its form, with a trained one what it writes."""

from pathlib import Path

import numpy as np
import pytest
from tiny_whisper import write_tiny_whisper

from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.whisper_drafter import WhisperDrafter
from asdelivered.align.errors import AlignError
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_a_model_that_has_learnt_nothing_is_not_believed(tmp_path: Path) -> None:
    drafter = WhisperDrafter(EngineOptions(str(write_tiny_whisper(tmp_path))), "en-GB")
    noise = np.random.default_rng(1).normal(0, 1000, 16_000 * 3).astype(np.int16)
    assert drafter.draft(noise) is None
    assert drafter.draft(np.zeros(0, np.int16)) is None


def test_a_language_that_the_model_lacks_is_told(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match="knows English alone, not 'de'"):
        WhisperDrafter(EngineOptions(str(write_tiny_whisper(tmp_path))), "de")


@pytest.mark.weights
def test_a_trained_model_writes_what_is_said(tiny_english: str) -> None:
    sound = open_recording(EXAMPLES / "harbour.opus")
    heard = WhisperDrafter(EngineOptions(tiny_english), "en").draft(
        np.concatenate(list(decode_speech(sound, TimeSpan(20_000, 30_000))))
    )
    assert heard is not None
    assert len(heard.text.split()) > 10
    assert 0.5 < heard.confidence <= 1
