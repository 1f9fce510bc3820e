"""Parts of recordings whose every sample is known."""

import subprocess
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from asdelivered.media.audio_reader import open_audio
from asdelivered.media.decode import decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording

CLICKS = [0.5, 7.25, 29.0, 61.5, 61.75, 89.5]


def first_click(samples: np.ndarray, sample_rate: int) -> float:
    """Where the first click begins, in seconds."""
    loud = np.abs(samples[:, 0].astype(np.float64))
    return float(np.argmax(loud > loud.max() / 2)) / sample_rate


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.wav", {"codec": "pcm_s16le"}),
        ("a.flac", {"codec": "flac", "sample_rate": 44_100, "layout": "stereo"}),
        ("a.mp3", {"codec": "libmp3lame", "sample_rate": 44_100}),
        ("a.opus", {"codec": "libopus"}),
        ("a.ogg", {"codec": "libopus"}),
        ("a.m4a", {"codec": "aac", "sample_rate": 16_000}),
        ("a.mkv", {"codec": "aac"}),
        ("a.mp4", {"codec": "aac", "picture": 90.0}),
        ("late.mp4", {"codec": "aac", "picture": 92.0, "delay": 1.5}),
    ],
)
def test_a_part_is_where_the_clock_has_it(make, make_clicks, name, making):
    sample_rate = making.get("sample_rate", 48_000)
    recording = open_recording(make(name, make_clicks(90, CLICKS, sample_rate), **making))
    delay = making.get("delay", 0.0)
    with open_audio(recording) as reader:
        for click in CLICKS[::-1]:
            start = Fraction(round((click + delay) * 1000) - 100, 1000)
            sound = reader.read(start, start + Fraction(1, 5))
            assert sound.first == round(start * sample_rate)
            assert sound.samples.shape == (round(sample_rate / 5), recording.audio.channels)
            assert first_click(sound.samples, sample_rate) == pytest.approx(0.1, abs=0.003)


def test_it_is_the_clock_that_the_recogniser_hears(make, make_clicks):
    """MPEG-TS has no place to say that its sound begins with what the encoder put before: all hear it late alike."""
    recording = open_recording(make("a.ts", make_clicks(30, [9.0]), codec="aac", picture=30.0))
    heard = np.concatenate(list(decode_speech(recording)))[8 * 16_000 : 10 * 16_000, None]
    with open_audio(recording) as reader:
        sound = reader.read(Fraction(8), Fraction(10))
    assert first_click(sound.samples, 48_000) == pytest.approx(first_click(heard, 16_000), abs=0.001)


def test_beyond_the_recording_and_in_its_holes_is_silence(make, make_noise):
    path = make("a.mkv", make_noise(10), codec="pcm_s16le", holes={4.0: 2.0})
    with open_audio(open_recording(path)) as reader:
        assert not reader.read(Fraction(13), Fraction(14)).samples.any()
        assert not reader.read(Fraction(-1), Fraction(0)).samples.any()
        hole = reader.read(Fraction(41, 10), Fraction(59, 10)).samples
        assert not hole.any()
        assert reader.read(Fraction(3), Fraction(39, 10)).samples.all(axis=1).mean() > 0.99
        assert reader.read(Fraction(61, 10), Fraction(7)).samples.all(axis=1).mean() > 0.99


def test_lossless_sound_is_read_bit_by_bit(make, make_noise):
    sound = np.clip(make_noise(20), -1, 1)
    path = make("a.wav", sound, codec="pcm_s32le")
    with open_audio(open_recording(path)) as reader:
        samples = reader.read(Fraction(5), Fraction(6)).samples[:, 0]
    assert np.abs(samples / 2**31 - sound[5 * 48_000 : 6 * 48_000]).max() < 2e-7


def test_a_stream_has_no_seams(make, make_noise):
    path = make("a.flac", make_noise(30), codec="flac", layout="stereo")
    with open_audio(open_recording(path)) as reader:
        pieces = list(reader.stream(Fraction(2), Fraction(25)))
        assert max(map(len, pieces)) < 3 * 65_536
        assert np.array_equal(np.concatenate(pieces), reader.read(Fraction(2), Fraction(25)).samples)


def test_a_part_late_in_a_long_recording_takes_no_longer(make, make_noise, tmp_path):
    """Counted in what is decoded, which doesn't depend on the machine: a part at the end reads little more."""
    short = make("short.flac", make_noise(20), codec="flac")
    long = tmp_path / "long.mka"
    joined = tmp_path / "list.ffconcat"
    joined.write_text("ffconcat version 1.0\n" + f"file {short.name}\n" * 180)
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", joined, "-c", "copy", long], check=True
    )
    recording = open_recording(long)
    assert recording.duration == pytest.approx(3_600_000, abs=1000)
    with open_audio(recording) as reader:
        pieces = list(reader._pieces(Fraction(3500), Fraction(3501)))
    assert sum(len(piece) for _, piece in pieces) < 10 * 48_000


def test_a_recording_that_is_gone(make, make_noise):
    path = make("a.wav", make_noise(2), codec="pcm_s16le")
    recording = open_recording(path)
    Path(path).unlink()
    with pytest.raises(MediaError, match="there is no file"), open_audio(recording):
        pass
