"""Which sound is heard: what a user may ask for, and that decoding and reading keep to it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.decode import decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import AudioStream, Recording, open_recording
from asdelivered.media.sound import SoundChoice, describe, has, hearing, sound_of, wanted_sound

TRACKS = tuple(
    AudioStream(track, "aac", 48_000, 2, language, track, 2 * track - 2)
    for track, language in ((1, "ger"), (2, "eng"), (3, None), (4, "en-GB"))
)
EVENT = Recording(Path("event.mp4"), 60_000, 0, TRACKS[0], None, None, tracks=TRACKS)


@pytest.mark.parametrize(
    ("wanted", "choice"),
    [
        ("auto", None),
        ("2", SoundChoice(2, None, "eng")),
        ("en", SoundChoice(2, None, "eng")),
        ("ENG", SoundChoice(2, None, "eng")),
        ("deu", SoundChoice(1, None, "ger")),
        ("left", SoundChoice(1, 1, "ger")),
        ("right", SoundChoice(1, 2, "ger")),
        ("mix", SoundChoice(1, None, "ger")),
        ("3:right", SoundChoice(3, 2)),
        ("en:1", SoundChoice(2, 1, "eng")),
        ("3:mix", SoundChoice(3)),
    ],
)
def test_what_may_be_asked_for(wanted, choice):
    assert wanted_sound(EVENT, wanted) == choice


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("5", r"no audio track 5: it has 1 \(ger, stereo\), 2 \(eng, stereo\), 3 \(stereo\)"),
        ("fr", "no audio track fr"),
        ("2:3", "no channel 3"),
        ("0", "no audio track 0"),
        ("left:2", "not understood"),
        ("2:", "not understood"),
        ("", "not understood"),
        ("loudest", "not understood"),
    ],
)
def test_what_is_not_there_is_told(wanted, told):
    with pytest.raises(MediaError, match=told):
        wanted_sound(EVENT, wanted)


@given(st.text(max_size=8))
def test_any_text_is_a_sound_or_an_error(wanted):
    try:
        choice = wanted_sound(EVENT, wanted)
    except MediaError:
        return
    assert choice is None or has(EVENT, choice)


@given(st.integers(1, 4), st.none() | st.integers(1, 2))
def test_a_choice_reads_back(track, channel):
    choice = SoundChoice(track, channel, TRACKS[track - 1].language)
    assert sound_of(hearing(EVENT, choice)) == choice
    assert wanted_sound(EVENT, str(choice)) == choice
    assert describe(choice)


@pytest.fixture(scope="module")
def noises(tmp_path_factory, write_tracks, make_track):
    """Two tracks, the second with different noises left and right; returns the recording and the three noises."""
    random = np.random.default_rng(3)
    one, left, right = (random.integers(-9000, 9000, 3 * 16_000, np.int16) for _ in range(3))
    tracks = [make_track(one[:, None], "ger"), make_track(np.stack([left, right], axis=1), "eng")]
    path = write_tracks(tmp_path_factory.mktemp("noises") / "noises.mkv", tracks, False)
    return open_recording(path), one, left, right


def test_the_tracks_of_a_file_are_known(noises):
    recording, *_ = noises
    assert [(track.track, track.language, track.channels) for track in recording.tracks] == [
        (1, "ger", 1),
        (2, "eng", 2),
    ]
    assert [track.first_channel for track in recording.tracks] == [0, 1]
    assert recording.audio == recording.tracks[0]


def test_only_the_chosen_sound_is_decoded(noises):
    recording, one, left, right = noises
    middle = ((left.astype(int) + right) / 2).astype(np.int16)
    for choice, expected in (
        (SoundChoice(1), one),
        (SoundChoice(2), middle),
        (SoundChoice(2, 1), left),
        (SoundChoice(2, 2), right),
    ):
        heard = hearing(recording, choice)
        decoded = np.concatenate(list(decode_speech(heard)))
        assert len(decoded) == len(expected)
        assert np.corrcoef(decoded, expected)[0, 1] > 0.999
        part = np.concatenate(list(decode_speech(heard, TimeSpan(1000, 2000))))
        assert np.corrcoef(part, expected[16_000:32_000])[0, 1] > 0.999


def test_only_the_chosen_channel_is_read(noises):
    recording, _, left, right = noises
    with open_audio(hearing(recording, SoundChoice(2))) as reader:
        assert reader.read(Fraction(1), Fraction(2)).samples.shape == (16_000, 2)
    with open_audio(hearing(recording, SoundChoice(2, 2))) as reader:
        samples = reader.read(Fraction(-1), Fraction(2)).samples
    assert samples.shape == (48_000, 1)
    assert not samples[:16_000].any()
    assert np.array_equal(samples[16_000:, 0] >> 16, right[:32_000])
    assert not np.array_equal(left, right)
