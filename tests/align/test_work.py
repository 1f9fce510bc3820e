"""How much work an alignment is: counted, for the seconds that it takes differ from machine to machine."""

import json
from pathlib import Path

import pytest
from accuracy import Event
from speed import Stages, profile

from asdelivered.align.acoustic.acoustic_model import AcousticModel
from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.media.recording import Recording

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def stages() -> Stages:
    truth = json.loads((EXAMPLES / "harbour.truth.json").read_text(encoding="utf-8"))
    return profile(Event("harbour", EXAMPLES / "harbour.opus", EXAMPLES / "harbour.txt", truth, "en"))


def test_no_sound_is_heard_scored_or_searched_more_than_is_needed(
    stages: Stages, model: AcousticModel, harbour_sound: Recording
) -> None:
    frames = harbour_sound.duration // FRAME_MS
    # The introduction and the applause, which are not in the text, are heard a second time.
    assert stages.work["recognition"] <= 1.3 * frames
    # Only phones that are likely, or in the text about there; some words are also scored for the adaptation.
    assert stages.work["scores of senones"] <= 0.55 * frames * len(model.phones)
    # Two searches, each over the states of the words that may be said in a window.
    assert stages.work["Viterbi search"] <= 250 * frames
