"""A movie with the floor on one track and the interpreter on another: what is aligned is what is cut and played."""

import json
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.clips import clip
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import SoundChoice, hearing


@pytest.fixture(scope="module")
def event(speech, write_tracks, make_track, tmp_path_factory) -> Path:
    """The floor in another language, then the text's with somebody else on its left."""
    floor = np.ascontiguousarray(speech[::-1])
    babble = np.roll(floor, 77_777)
    tracks = [make_track(floor[:, None], "deu"), make_track(np.stack([babble, speech], axis=1), "eng")]
    return write_tracks(tmp_path_factory.mktemp("event") / "event.mp4", tracks, True)


@pytest.fixture(scope="module")
def aligned(event, page, command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("aligned")
    run = command("align", page, event, "-o", folder, "--jobs", "2", "--json", "--no-fallback")
    assert run.returncode == 0, run.stderr
    return folder / "harbour.alignment.json", json.loads(run.stdout), run.stderr


def test_the_sound_of_the_text_is_found_and_told(aligned):
    path, summary, said = aligned
    assert load(path).recording.sound == SoundChoice(2, 2, "eng")
    assert summary["sound"] == "2:right"
    assert summary["lines_timed"] >= 6
    assert "the right channel of track 2 (eng), one of 2 audio tracks, is aligned" in " ".join(said.split())


def test_the_clip_and_the_lists_have_that_sound(aligned, event, tmp_path):
    lists = [tmp_path / f"cuts{ending}" for ending in (".xml", ".fcpxml", ".mlt")]
    report = clip(aligned[0], ["Three storms in five weeks"], lists=lists, folder=tmp_path / "made")
    assert report.failures == ()
    (movie,) = [path for path in report.files if path.suffix == ".mp4"]
    cut = report.clips[0].clip
    source = hearing(open_recording(event), SoundChoice(2, 2))
    got = np.concatenate(list(decode_speech(open_recording(movie))))
    with open_audio(source) as reader:
        start = Fraction(int(cut.start * 25), 25)
        expected = reader.read(start, start + Fraction(len(got), 16_000)).samples[:, 0]
    length = min(len(got), len(expected))
    assert length > 16_000
    # The encoder may shift the sound by some samples.
    spectrum = np.fft.rfft(got[:length], 2 * length) * np.conj(np.fft.rfft(expected[:length], 2 * length))
    peak = np.fft.irfft(spectrum).max()
    assert peak / np.linalg.norm(got[:length]) / np.linalg.norm(expected[:length].astype(float)) > 0.9
    fcp7, fcpxml, mlt = (Xml.fromstring(path.read_bytes()) for path in lists)
    tracks = {
        item.findtext("sourcetrack/trackindex"): item.findtext("enabled")
        for item in fcp7.iterfind(".//media/audio/track/clipitem")
    }
    assert tracks == {"1": "FALSE", "2": "FALSE", "3": None}  # without the element it is on
    on = {one.attrib["srcCh"]: one.attrib["enabled"] for one in fcpxml.iterfind(".//audio-channel-source")}
    assert on == {"1": "0", "2": "0", "3": "1"}
    assert mlt.findtext("producer[@id='recording']/property[@name='audio_index']") == "2"
    assert [one.get("hide") for one in mlt.iterfind("tractor/track")] == ["both", None]


def test_realigning_keeps_the_sound_and_refuses_another(aligned, event, page, command, tmp_path):
    again = ["align", page, event, "-o", tmp_path, "--jobs", "2", "--no-fallback", "--since", aligned[0]]
    assert command(*again).returncode == 0
    assert load(tmp_path / "harbour.alignment.json").recording.sound == SoundChoice(2, 2, "eng")
    run = command(*again, "--force", "--sound", "1")
    assert run.returncode == 1
    assert "another sound" in run.stderr


def test_a_sound_that_is_not_there_is_told(event, page, command, tmp_path):
    run = command("align", page, event, "-o", tmp_path, "--sound", "fr")
    assert run.returncode == 1
    assert "has no audio track fr: it has 1 (deu, mono), 2 (eng, stereo)" in " ".join(run.stderr.split())
    assert list(tmp_path.iterdir()) == []
