"""A copy for players that can't choose has the chosen sound, on the same clock, with the same picture."""

import numpy as np
import pytest

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.one_sound import plays_as_heard, write_with_one_sound
from asdelivered.media.sound import SoundChoice, hearing


@pytest.fixture(scope="module")
def event(tmp_path_factory, write_tracks, make_track):
    random = np.random.default_rng(5)
    tracks = [make_track(random.integers(-9000, 9000, (32_000, 2), np.int16), tag) for tag in ("deu", "eng")]
    return open_recording(write_tracks(tmp_path_factory.mktemp("event") / "event.mp4", tracks, True))


@pytest.mark.parametrize("choice", [SoundChoice(2), SoundChoice(2, 2), SoundChoice(1, 1)])
def test_the_copy_has_one_sound(event, choice, tmp_path):
    heard = hearing(event, choice)
    assert not plays_as_heard(heard)
    target = tmp_path / "copy.mp4"
    write_with_one_sound(heard, target)
    copy = open_recording(target)
    assert len(copy.tracks) == 1
    assert copy.video is not None
    assert abs(copy.duration - event.duration) < 50
    expected, got = (np.concatenate(list(decode_speech(one))) for one in (heard, copy))
    length = min(len(expected), len(got))
    assert length > 30_000
    assert np.corrcoef(expected[:length], got[:length])[0, 1] > 0.9


def test_the_first_track_needs_no_copy(event):
    assert plays_as_heard(event)
