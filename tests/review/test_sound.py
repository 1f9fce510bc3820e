"""A review plays the sound that was aligned, where the recording has several."""

from dataclasses import replace

import numpy as np
import pytest

from asdelivered.align.document.alignment_json import load, save
from asdelivered.base.files import sha256_of
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import SoundChoice

from .conftest import Server, example


@pytest.fixture
def of_two_tracks(tmp_path, speech, write_tracks, make_track):
    """The example's alignment, as of the second track of a file."""
    path = example(tmp_path)
    floor = np.ascontiguousarray(speech[::-1])
    event = write_tracks(
        tmp_path / "event.mkv", [make_track(floor[:, None], "deu"), make_track(speech[:, None], "eng")], False
    )
    alignment = load(path)
    recording = replace(
        alignment.recording,
        path=str(event),
        sha256=sha256_of(event),
        sound=SoundChoice(2, None, "eng"),
    )
    save(replace(alignment, recording=recording), path)
    return path


def test_the_page_plays_the_aligned_track(of_two_tracks, speech, tmp_path):
    server = Server(of_two_tracks)
    try:
        status, content = server.raw("media")
        assert status == 200
        notes = server.ask("api/lines")["notes"]
    finally:
        server.stop()
    assert any("track 2 (eng)" in note for note in notes)
    played = tmp_path / "played.mkv"
    played.write_bytes(content)
    recording = open_recording(played)
    assert len(recording.tracks) == 1
    heard = np.concatenate(list(decode_speech(recording)))
    assert np.array_equal(heard[: len(speech)], speech)


def test_a_published_page_says_that_browsers_play_another_sound(of_two_tracks, command):
    run = command("page", of_two_tracks)
    assert run.returncode == 0, run.stderr
    assert "track 2 (eng) was aligned" in " ".join(run.stderr.split())
    named = command("page", of_two_tracks, "--force", "--recording", "https://example.org/event-en.mp4")
    assert "was aligned" not in named.stderr
