import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import pytest

from asdelivered.media.edit_source import as_edit_source, editing_rate
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import AudioStream, Recording, VideoStream, open_recording
from asdelivered.media.timecode import FrameRate, TimecodeError, to_label

NTSC = Fraction(30_000, 1001)
PICTURE = VideoStream(0, "h264", 640, 360, NTSC, NTSC, Fraction(0))
MOVIE = Recording(Path("a.mov"), 10_010, 0, AudioStream(1, "aac", 48_000, 2, None), PICTURE, "01:00:00;00")
SOUND = replace(MOVIE, path=Path("a.wav"), video=None, timecode=None)


def test_a_movie_as_an_editor_sees_it():
    source = as_edit_source(MOVIE)
    assert source.path == Path("a.mov").absolute()
    assert source.rate == FrameRate(NTSC, drop=True)
    assert (source.first, source.frames, source.size, source.start) == (107_892, 300, (640, 360), 0)


def test_timecode_is_drop_frame_only_where_the_file_says_so():
    assert as_edit_source(replace(MOVIE, timecode="01:00:00:00")).rate == FrameRate(NTSC)
    assert as_edit_source(replace(MOVIE, timecode=None)).rate == FrameRate(NTSC)
    pal = replace(PICTURE, frame_rate=Fraction(25), base_rate=Fraction(25))
    assert as_edit_source(replace(MOVIE, video=pal)).rate == FrameRate(Fraction(25))


def test_another_rate_and_timecode_on_request():
    source = as_edit_source(MOVIE, FrameRate(Fraction(25)), "10:00:00:00")
    assert source.rate == FrameRate(Fraction(25))
    assert to_label(source.first, source.rate) == "10:00:00:00"


@pytest.mark.parametrize(
    ("fps", "label", "first"), [(120, "01:00:00:100", 216_050), (240, "00:00:01:239", 120)]
)
def test_a_camera_for_slow_motion_counts_its_own_frames(fps, label, first):
    fast = replace(PICTURE, frame_rate=Fraction(fps), base_rate=Fraction(fps))
    source = as_edit_source(replace(MOVIE, video=fast, timecode=label))
    assert (source.rate.fps, source.first) == (60, first)
    assert as_edit_source(replace(MOVIE, video=fast), timecode="00:00:01:59").first == 119


def test_sound_alone_has_the_usual_rate_and_begins_at_zero():
    source = as_edit_source(SOUND)
    assert source.rate == FrameRate(Fraction(25))
    assert (source.first, source.size, source.frames) == (0, None, 250)


def test_a_broadcast_wav_begins_at_its_time_reference(make, make_noise):
    path = make(
        "a.wav",
        make_noise(2),
        codec="pcm_s16le",
        options={"write_bext": "1"},
        tags={"time_reference": str(48_000 * 36_000 + 1920)},
    )
    recording = open_recording(path)
    assert recording.samples_since_midnight == 48_000 * 36_000 + 1920
    source = as_edit_source(recording)
    assert to_label(source.first, source.rate) == "10:00:00:01"


def test_a_timecode_that_cannot_be_is_told_with_the_file():
    with pytest.raises(TimecodeError, match=r"start timecode of a\.mov: .*does not exist in drop-frame"):
        as_edit_source(replace(MOVIE, timecode="00:01:00;00"))


@pytest.mark.parametrize("name", ["a\nb.mov", "a\udcffb.mov", "a\x1b[31m.mov"])
def test_a_name_that_no_list_could_hold(name):
    with pytest.raises(MediaError, match="rename the recording"):
        as_edit_source(replace(MOVIE, path=Path("/") / name))


@pytest.mark.parametrize(
    ("mean", "base", "expected"),
    [
        (NTSC, NTSC, NTSC),
        (Fraction(2997, 100), Fraction(2997, 100), NTSC),
        (Fraction(23976, 1000), None, Fraction(24_000, 1001)),
        (Fraction(24), Fraction(24), Fraction(24)),
        (Fraction(25), Fraction(50), Fraction(25)),
        (Fraction(2483, 100), Fraction(25), Fraction(25)),
        (Fraction(2983, 100), Fraction(90_000), NTSC),
        (Fraction(15), Fraction(15), Fraction(15)),
        (Fraction(1), Fraction(1), Fraction(25)),  # a still picture, as podcasts have
        (Fraction(1, 60), Fraction(90_000), Fraction(25)),
        (Fraction(500), Fraction(500), Fraction(60)),
        (None, None, Fraction(25)),
    ],
)
def test_rates_that_files_state(mean, base, expected):
    assert editing_rate(mean, base) == expected


@pytest.mark.parametrize(
    ("pixel_aspect", "turned", "size", "aspect", "displayed"),
    [
        (Fraction(1), False, (640, 360), 1, (640, 360)),
        (Fraction(64, 45), False, (640, 360), Fraction(64, 45), (910, 360)),
        (Fraction(8, 9), False, (640, 360), Fraction(8, 9), (640, 404)),
        (Fraction(1), True, (360, 640), 1, (360, 640)),
        (Fraction(4, 3), True, (360, 640), Fraction(3, 4), (360, 852)),
    ],
)
def test_the_size_is_that_of_the_picture_as_players_show_it(pixel_aspect, turned, size, aspect, displayed):
    video = replace(PICTURE, pixel_aspect=pixel_aspect, turned=turned)
    source = as_edit_source(replace(MOVIE, video=video))
    assert (source.size, source.pixel_aspect, source.displayed) == (size, aspect, displayed)


@pytest.mark.parametrize(("fps", "first", "rate"), [(30, 1_793_106, "30 drop-frame"), (24, 1_435_922, "24")])
def test_a_camera_that_flags_drop_frame_at_a_whole_rate(fps, first, rate, tmp_path):
    path = tmp_path / "camera.mov"
    label = ("-timecode", "16:37:10:02")
    inputs = ("-f", "lavfi", "-i", f"testsrc2=r={fps}:d=1:s=64x64", "-f", "lavfi", "-i", "sine=d=1")
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *label, path]
    subprocess.run(program, check=True)
    data = bytearray(path.read_bytes())
    entry = data.index(b"tmcd" + bytes(7) + b"\x01")
    data[entry + 19] |= 1  # the flag
    number = data.index(((16 * 3600 + 37 * 60 + 10) * fps + 2).to_bytes(4, "big"))
    data[number : number + 4] = first.to_bytes(4, "big")
    path.write_bytes(data)
    source = as_edit_source(open_recording(path))
    assert (source.first, str(source.rate)) == (first, rate)
    assert to_label(source.first, source.rate).replace(";", ":") == "16:37:10:02"
