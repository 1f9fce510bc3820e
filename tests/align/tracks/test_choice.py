"""Which sound is taken: the one that the text fits, wherever it is."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from note_taker import NoteTaker

from asdelivered.align.script import Script, write_script
from asdelivered.align.tracks.choice import TextToPlace, choose_sound, choose_sounds
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import SoundChoice, sound_of
from asdelivered.transcripts.read import parse_transcript, read_transcript


@pytest.fixture(scope="session")
def script(page: Path) -> Script:
    return write_script(read_transcript(page))


@pytest.fixture
def chosen(tmp_path, write_tracks, make_track, script):
    """Choose a sound of a recording with these tracks; return it and what was said."""

    def choose(*tracks, wanted="auto", language="en"):
        written = [make_track(np.stack(channels, axis=1), tag) for tag, channels in tracks]
        recording = open_recording(write_tracks(tmp_path / "event.mkv", written, False))
        observer = NoteTaker()
        return sound_of(choose_sound(recording, wanted, script, language, observer).recording), observer.notes

    return choose


def test_of_two_languages_the_one_of_the_text_is_taken(chosen, speech, other):
    choice, said = chosen(("ger", [other]), ("eng", [speech]))
    assert choice == SoundChoice(2, None, "eng")
    assert len(said) == 1
    assert "track 2 (eng)" in said[0]


def test_without_pocketsphinx_the_tag_decides(chosen, speech, other, monkeypatch):
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    choice, said = chosen(("ger", [speech]), ("eng", [other]))
    assert choice == SoundChoice(2, None, "eng")
    assert "PocketSphinx, which would listen to all, is not installed" in said[0]


def test_where_the_text_is_heard_counts_more_than_the_tag(chosen, speech, other):
    choice, _ = chosen(("eng", [other]), ("ger", [speech]))
    assert choice == SoundChoice(2, None, "ger")


def test_without_tags_the_text_decides(chosen, speech, other):
    choice, _ = chosen((None, [other]), (None, [other]), (None, [speech]))
    assert choice == SoundChoice(3)


def test_an_empty_first_track_is_passed_over(chosen, speech):
    hiss = np.random.default_rng(1).integers(-3, 4, len(speech), np.int16)
    for empty in (np.zeros_like(speech), hiss):
        choice, said = chosen((None, [empty]), (None, [speech]))
        assert choice == SoundChoice(2)
        assert "silent" in said[0] or "%" in said[0]


def test_the_channel_of_the_interpreter_is_taken(chosen, speech, other):
    choice, said = chosen((None, [other, speech]))
    assert choice == SoundChoice(1, 2)
    assert said[0].startswith("the right channel of track 1")
    assert chosen((None, [speech, other]))[0] == SoundChoice(1, 1)


def test_a_plain_stereo_mix_is_left_alone(chosen, speech):
    later = np.roll(speech, 40)
    quiet = (speech // 4).astype(np.int16)
    for channels in ([speech, speech], [speech, -speech], [speech, later], [quiet, speech]):
        assert chosen((None, channels)) == (SoundChoice(1), [])


def test_one_silent_channel_is_no_choice(chosen, speech):
    assert chosen((None, [speech, np.zeros_like(speech)])) == (SoundChoice(1), [])


def test_speakers_with_a_channel_each_are_heard_by_themselves(
    tmp_path, write_tracks, make_track, speech, script
):
    # They take turns: each channel has its part of the text.
    half = len(speech) // 2
    left, right = speech.copy(), speech.copy()
    left[half:] = 0
    right[:half] = 0
    track = make_track(np.stack([left, right], axis=1))
    recording = open_recording(write_tracks(tmp_path / "event.mkv", [track], False))
    observer = NoteTaker()
    chosen = choose_sound(recording, "auto", script, "en", observer)
    assert sound_of(chosen.recording) == SoundChoice(1)
    assert chosen.channels == (SoundChoice(1, 1), SoundChoice(1, 2))
    assert "left channel and the right channel" in observer.notes[0]


def test_the_texts_of_two_sounds_have_one_each(tmp_path, write_tracks, make_track, floor_and_interpreter):
    (_, floor_sound), (_, interpreters_sound) = floor_and_interpreter
    texts = [
        TextToPlace(
            write_script(parse_transcript(text, path="text.txt", sha256="0" * 64, language="en")), "en"
        )
        for text, _ in floor_and_interpreter
    ]
    tracks = [make_track(one[:, None], "eng") for one in (interpreters_sound, floor_sound)]
    recording = open_recording(write_tracks(tmp_path / "tracks.mkv", tracks, False))
    found = choose_sounds(recording, texts)
    assert [sound_of(one.recording).track for one in found] == [2, 1]
    assert "track 2 (eng), one of 2 audio tracks, is aligned: of the words heard" in found[0].told
    channels = make_track(np.stack([floor_sound, interpreters_sound], axis=1))
    recording = open_recording(write_tracks(tmp_path / "channels.mkv", [channels], False))
    assert [sound_of(one.recording) for one in choose_sounds(recording, texts)] == [
        SoundChoice(1, 1),
        SoundChoice(1, 2),
    ]
    # Where the first is given the sound of the second, which is heard nowhere else, they share it.
    given = [replace(texts[0], wanted="right"), texts[1]]
    assert [sound_of(one.recording).channel for one in choose_sounds(recording, given)] == [2, 2]


def test_of_two_copies_the_one_that_players_play_is_taken(chosen, speech):
    choice, said = chosen((None, [speech]), (None, [speech, speech]))
    assert choice == SoundChoice(1)
    assert "sound like it" in said[0]


def test_what_the_user_asks_for_is_taken(chosen, speech, other):
    tracks = [("ger", [other]), ("eng", [speech, other])]
    assert chosen(*tracks, wanted="2") == (SoundChoice(2, None, "eng"), [])
    assert chosen(*tracks, wanted="de")[0] == SoundChoice(1, None, "ger")
    assert chosen(*tracks, wanted="en:right")[0] == SoundChoice(2, 2, "eng")
    assert chosen(*tracks, wanted="mix")[0] == SoundChoice(1, None, "ger")


def test_a_sound_that_is_not_there_is_an_error(chosen, speech, other):
    tracks = [("ger", [other]), ("eng", [speech])]
    for wanted in ("3", "fr", "2:right", "left:2", "loud", "", "0", "1:0"):
        with pytest.raises(MediaError):
            chosen(*tracks, wanted=wanted)
