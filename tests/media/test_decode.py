import itertools
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import BLOCK, SAMPLE_RATE, decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording

TIMES = (0.1, 1.0, 2.5, 3.9)


def decoded(path):
    return np.concatenate(list(decode_speech(open_recording(path))))


def click_times(sound, near, reach=0.1):
    """Where the loudest sample is around each of `near`, in seconds; silence has none."""
    loud = np.abs(sound.astype(np.int32))
    found = []
    for time in near:
        first = max(0, round((time - reach) * SAMPLE_RATE))
        window = loud[first : round((time + reach) * SAMPLE_RATE)]
        if window.size and window.max() > 2000:
            found.append((first + int(window.argmax())) / SAMPLE_RATE)
    return found


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.wav", {"codec": "pcm_s16le"}),
        ("a.wav", {"codec": "pcm_s24le", "sample_rate": 96_000, "layout": "stereo"}),
        ("a.wav", {"codec": "pcm_s16le", "sample_rate": 16_000}),
        ("a.wav", {"codec": "pcm_mulaw", "sample_rate": 8_000}),
        ("a.wav", {"codec": "pcm_u8", "sample_rate": 11_025}),
        ("a.flac", {"codec": "flac", "sample_rate": 44_100, "layout": "5.1"}),
        ("a.opus", {"codec": "libopus", "layout": "stereo"}),
        ("a.mp3", {"codec": "libmp3lame", "sample_rate": 44_100}),
        ("a.m4a", {"codec": "aac", "sample_rate": 44_100, "layout": "stereo"}),
        ("a.mp4", {"codec": "aac", "picture": 5}),
        ("a.mp4", {"codec": "aac", "picture": 5, "layout": "5.1"}),
        ("a.mov", {"codec": "pcm_s16le", "picture": 5}),
        ("a.mkv", {"codec": "libopus", "picture": 5}),
        ("a.mkv", {"codec": "libmp3lame", "picture": 5}),
        ("a.webm", {"codec": "libopus", "options": {"live": "1"}}),
    ],
)
def test_clicks_are_heard_when_they_sound(make, make_clicks, name, making):
    rate = making.get("sample_rate", 48_000)
    sound = decoded(make(name, make_clicks(5, TIMES, rate), **making))
    assert click_times(sound, TIMES) == pytest.approx(TIMES, abs=0.001)
    assert len(sound) == pytest.approx(5 * SAMPLE_RATE, abs=0.05 * SAMPLE_RATE)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mp4", "aac"),
        ("a.mov", "pcm_s16le"),
        ("a.mkv", "libopus"),
        ("a.mkv", "flac"),
        ("a.mkv", "aac"),
        ("a.ts", "aac"),
    ],
)
def test_sound_that_begins_after_the_picture_is_on_the_clock_of_the_picture(make, make_clicks, name, codec):
    sound = decoded(make(name, make_clicks(5, TIMES), codec=codec, picture=6, delay=0.5))
    times = [time + 0.5 for time in TIMES]
    assert click_times(sound, times) == pytest.approx(times, abs=0.002)
    assert click_times(sound, [0.25], 0.2) == []


def test_a_clock_that_begins_late_is_counted_from_its_beginning(make, make_clicks):
    sound = decoded(make("a.mka", make_clicks(5, TIMES), codec="flac", delay=100.0))
    assert click_times(sound, TIMES) == pytest.approx(TIMES, abs=0.001)


@pytest.mark.parametrize("codec", ["pcm_s16le", "flac", "libopus"])
def test_a_hole_in_the_timestamps_is_silence(make, make_clicks, codec):
    sound = decoded(make("a.mkv", make_clicks(5, TIMES), codec=codec, picture=9, holes={2.0: 3.0, 3.0: 0.04}))
    times = (0.1, 1.0, 5.5, 6.94)
    assert click_times(sound, times) == pytest.approx(times, abs=0.002)
    assert not np.abs(sound[3 * SAMPLE_RATE : 4 * SAMPLE_RATE]).max() > 50


def test_sound_that_overlaps_is_dropped(make, make_clicks):
    """The second sound begins a second before the first ends: the clock goes on, so do the times after it."""
    first = make("first.ts", make_clicks(5, (1.0, 4.5)), codec="aac", picture=6, delay=0.5)
    second = make("second.ts", make_clicks(5, (0.5, 3.0)), codec="aac", picture=6, delay=4.5)
    with first.open("ab") as file:
        file.write(second.read_bytes())
    sound = decoded(first)
    assert click_times(sound, (1.5, 5.0, 7.5)) == pytest.approx((1.5, 5.0, 7.5), abs=0.002)
    assert len(sound) == pytest.approx(9.5 * SAMPLE_RATE, abs=0.05 * SAMPLE_RATE)


def test_many_small_holes_do_not_add_up(make, make_clicks):
    """The clock of a live capture: every second is 15 ms late."""
    late = {float(second): 0.015 for second in range(1, 60)}
    clicks = [second + 0.5 for second in range(60)]
    path = make("a.mkv", make_clicks(60, clicks), codec="pcm_s16le", picture=61, holes=late)
    times = [second + 0.5 + 0.015 * second for second in range(60)]
    assert click_times(decoded(path), times) == pytest.approx(times, abs=0.011)


def test_blocks_have_one_length_and_type(make, make_noise):
    blocks = list(decode_speech(open_recording(make("a.flac", make_noise(23), codec="flac"))))
    assert [len(block) for block in blocks] == [BLOCK, BLOCK, 3 * SAMPLE_RATE]
    assert all(block.dtype == np.int16 and block.ndim == 1 for block in blocks)


def test_loudness_is_kept(make):
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(96_000) / 48_000, dtype=np.float32)
    for layout in ("mono", "stereo"):
        sound = decoded(make(f"{layout}.wav", tone, codec="pcm_s16le", layout=layout))
        middle = sound[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2].astype(np.float64) / 32768
        assert np.sqrt((middle**2).mean()) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.wav", "pcm_s16le"), ("a.wav", "pcm_u8"), ("a.m4a", "aac"), ("a.opus", "libopus")]
)
def test_a_channel_that_is_the_negative_of_the_other_is_heard(tmp_path, make, make_clicks, name, codec):
    tone = np.sin(np.arange(48_000 * 5) / 20).astype(np.float32) * 0.3
    plain = make("plain.wav", tone, codec="pcm_s16le")
    program = imageio_ffmpeg.get_ffmpeg_exe()
    inverted = tmp_path / name
    subprocess.run(
        [program, "-v", "error", "-i", plain, "-af", "pan=stereo|c0=c0|c1=-1*c0", "-c:a", codec, inverted],
        check=True,
    )
    recording = open_recording(inverted)
    assert recording.audio.channels == 2
    level = np.abs(decoded(plain).astype(float)).mean()
    assert np.abs(decoded(inverted).astype(float)).mean() == pytest.approx(level, rel=0.05)
    (part,) = decode_speech(recording, TimeSpan(1000, 3000))
    assert np.abs(part.astype(float)).mean() == pytest.approx(level, rel=0.05)


def test_nothing_above_8_khz_folds_down(make):
    tone = 0.5 * np.sin(2 * np.pi * 15_000 * np.arange(96_000) / 48_000, dtype=np.float32)
    sound = decoded(make("a.wav", tone, codec="pcm_s16le"))
    assert np.abs(sound[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]).max() < 0.01 * 0.5 * 32768  # 40 dB down


def refusal(path):
    with pytest.raises(MediaError) as refused:
        decoded(path)
    message = str(refused.value)
    assert str(path) in message
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.mp4", {"codec": "aac", "picture": 60, "options": {"movflags": "faststart"}}),
        ("a.mkv", {"codec": "libopus", "picture": 60}),
        ("a.mkv", {"codec": "flac"}),
        ("a.flac", {"codec": "flac"}),
        ("a.mp3", {"codec": "libmp3lame"}),
        ("a.aiff", {"codec": "pcm_s16be"}),
    ],
)
def test_a_truncated_recording_is_refused_at_its_end(make, make_noise, name, making):
    path = make(name, make_noise(60), **making)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    message = refusal(path)
    assert "truncated" in message
    ends, states = (float(word) for word in message.split(" ends at ")[1].split() if word[0].isdigit())
    assert ends == pytest.approx(20, abs=3)
    assert states == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.mp4", {"codec": "aac"}),
        ("a.mkv", {"codec": "libopus", "picture": 60}),
        ("a.opus", {"codec": "libopus"}),
        ("a.flac", {"codec": "flac"}),
        ("a.mp3", {"codec": "libmp3lame"}),
    ],
)
def test_a_damaged_recording_is_refused_where_it_breaks(make, make_noise, name, making):
    path = make(name, make_noise(60), **making)
    data = bytearray(path.read_bytes())
    tenth = len(data) // 10
    data[5 * tenth : 6 * tenth] = np.random.default_rng(5).bytes(tenth)
    path.write_bytes(data)
    message = refusal(path)
    assert "damaged at" in message or "truncated" in message


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "aac"), ("a.opus", "libopus"), ("a.mp3", "libmp3lame")]
)
def test_a_scratch_does_not_stop_it(make, make_clicks, name, codec):
    """A few bytes: what every player skips. The clock goes on."""
    sound = make_clicks(20, (2.0, 18.0)) + 0.01 * np.sin(np.arange(960_000, dtype=np.float32) / 17)
    path = make(name, sound, codec=codec)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 16] = bytes(range(240, 256))
    path.write_bytes(data)
    assert click_times(decoded(path), (2.0, 18.0)) == pytest.approx((2.0, 18.0), abs=0.002)


@pytest.mark.parametrize(("name", "codec"), [("a.flac", "flac"), ("a.mka", "libopus")])
def test_a_good_header_and_garbage_after_it(make, make_noise, name, codec):
    path = make(name, make_noise(20), codec=codec)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:1000] + np.random.default_rng(5).bytes(size - 1000))
    assert "can be decoded" in refusal(path) or "truncated" in refusal(path)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("chapters.m4b", ["-i", "chapters.txt", "-map", "0:a", "-map_chapters", "1", "-c:a", "aac"]),
        (
            "sound_first.mov",
            [
                "-f",
                "lavfi",
                "-i",
                "color=size=64x64:rate=25:duration=3",
                "-map",
                "0:a",
                "-map",
                "1:v",
                "-c:v",
                "mpeg4",
                "-c:a",
                "aac",
                "-timecode",
                "10:00:00:00",
            ],
        ),
        ("attached.mka", ["-attach", "chapters.txt", "-metadata:s:t", "mimetype=text/plain", "-c:a", "flac"]),
    ],
)
def test_sound_that_is_the_first_stream_before_data_is_heard_whole(
    tmp_path, make, make_clicks, monkeypatch, name, made
):
    monkeypatch.chdir(tmp_path)
    sound = make("sound.wav", make_clicks(3, (0.1, 1.0, 2.5)), codec="pcm_s16le")
    Path("chapters.txt").write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=3\ntitle=One\n", encoding="utf-8"
    )
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-v", "error", "-i", sound, *made, name], check=True)
    with av.open(name) as container:
        assert container.streams[0].type == "audio"
        assert {"data", "attachment"} & {stream.type for stream in container.streams}
    assert click_times(decoded(tmp_path / name), (0.1, 1.0, 2.5)) == pytest.approx((0.1, 1.0, 2.5), abs=0.001)


def test_a_clock_that_runs_back_begins_another_part(make, make_noise):
    path = make("a.ts", make_noise(20), codec="aac", delay=1.0)
    later = make("b.ts", make_noise(20), codec="aac", delay=1.0, options={"output_ts_offset": "5"})
    path.write_bytes(path.read_bytes() + later.read_bytes())
    recording = open_recording(path)
    assert recording.parts == 2
    samples = np.concatenate(list(decode_speech(recording)))
    assert len(samples) / 16_000 == pytest.approx(40, abs=0.2)


def test_sound_that_ends_before_its_picture_is_whole(make, make_noise):
    for name in ("a.mp4", "a.mkv"):
        assert len(decoded(make(name, make_noise(3), codec="flac", picture=30))) == 3 * SAMPLE_RATE


def test_stopping_early_closes_the_file(make, make_noise):
    blocks = decode_speech(open_recording(make("a.wav", make_noise(40), codec="pcm_s16le")))
    assert isinstance(blocks, Generator)
    assert len(list(itertools.islice(blocks, 1))) == 1
    blocks.close()
    assert list(blocks) == []


PEAK = r"""
import re, sys
from pathlib import Path
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
samples = sum(len(block) for block in decode_speech(open_recording(Path(sys.argv[1]))))
# Not ru_maxrss, which a process inherits from the one that started it.
print(samples, re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()).group(1))
"""


def test_memory_does_not_grow_with_the_recording(make, make_noise):
    peaks = {}
    for minutes in (1, 20):
        sound = np.tile(make_noise(60, 16_000), minutes)
        path = make(f"{minutes}.flac", sound, codec="flac", sample_rate=16_000)
        measured = subprocess.run(
            [sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True
        )
        samples, peaks[minutes] = (int(word) for word in measured.stdout.split())
        assert samples == minutes * 60 * SAMPLE_RATE
    assert peaks[20] - peaks[1] < 8 * 1024  # KiB; 19 minutes of samples are 36 MB


def test_the_corpus_has_the_length_of_its_truth(corpus):
    recording = open_recording(corpus / "excerpt-2997df-tc1h.mov")
    samples = sum(len(block) for block in decode_speech(recording))
    assert samples / SAMPLE_RATE == pytest.approx(recording.duration / 1000, abs=0.05)
