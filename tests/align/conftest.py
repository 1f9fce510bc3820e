"""The acoustic model and the bundled example, each read once."""

import json
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align.acoustic.acoustic_model import AcousticModel, embedded_model
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import read_transcript

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="session")
def model() -> AcousticModel:
    return embedded_model()


@pytest.fixture(scope="session")
def harbour() -> Transcript:
    return read_transcript(EXAMPLES / "harbour.txt")


@pytest.fixture(scope="session")
def harbour_sound() -> Recording:
    return open_recording(EXAMPLES / "harbour.opus")


@pytest.fixture(scope="session")
def harbour_truth() -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((EXAMPLES / "harbour.truth.json").read_text(encoding="utf-8"))
    return truth
