import os
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import av.stream
import imageio_ffmpeg
import numpy as np
import pytest

from asdelivered.media.decode import decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import AudioStream, VideoStream, open_recording


def test_sound_picture_and_timecode_of_a_movie(make, make_noise):
    path = make("a.mov", make_noise(2), codec="aac", picture=3, timecode="10:00:00:00", language="ger")
    recording = open_recording(path)
    assert recording.path == path
    assert recording.duration == 3000
    assert recording.start_time == 0
    assert recording.audio == AudioStream(1, "aac", 48_000, 1, "ger")
    assert recording.video == VideoStream(0, "mpeg4", 64, 64, Fraction(25), Fraction(25), Fraction(0))
    assert recording.timecode == "10:00:00:00"


def test_sound_alone(make, make_noise):
    recording = open_recording(make("a.wav", make_noise(2), codec="pcm_s16le", layout="stereo"))
    assert (recording.duration, recording.start_time) == (2000, 0)
    assert recording.audio == AudioStream(0, "pcm_s16le", 48_000, 2, None)
    assert recording.video is None
    assert recording.timecode is None


@pytest.mark.parametrize(
    ("name", "timecode", "frame_rate", "duration"),
    [
        ("excerpt-25fps-tc10h.mp4", "10:00:00:00", Fraction(25), 300_000),
        ("excerpt-2997df-tc1h.mov", "01:00:00;00", Fraction(30_000, 1001), 240_006),
    ],
)
def test_embedded_timecode_and_exact_frame_rate(corpus, name, timecode, frame_rate, duration):
    recording = open_recording(corpus / name)
    assert recording.timecode == timecode
    assert recording.video is not None
    assert recording.video.frame_rate == frame_rate
    assert recording.duration == duration


def test_timecode_as_a_tag_of_the_whole_file(make, make_noise):
    path = make("a.mkv", make_noise(1), codec="flac", picture=1, timecode="09:59:58;02")
    assert open_recording(path).timecode == "09:59:58;02"


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.wav", {"codec": "pcm_s16le"}),
        ("a.flac", {"codec": "flac"}),
        ("a.opus", {"codec": "libopus"}),
        ("a.mp3", {"codec": "libmp3lame"}),
        ("a.mp3", {"codec": "libmp3lame", "options": {"write_xing": "0"}}),  # no length in the file
        ("a.aac", {"codec": "aac"}),  # no length
        ("a.ac3", {"codec": "ac3"}),  # no length
        ("a.m4a", {"codec": "aac"}),
        ("a.webm", {"codec": "libopus"}),
        ("a.webm", {"codec": "libopus", "options": {"live": "1"}}),  # as browsers record: no length
        ("a.mka", {"codec": "pcm_s16le", "options": {"live": "1"}}),  # no length, and a guess to be had
        ("a.ts", {"codec": "aac", "delay": 1.0}),
        ("a.mp4", {"codec": "aac", "options": {"movflags": "frag_keyframe+empty_moov"}}),
    ],
)
def test_length_of_every_container(make, make_noise, name, making):
    """Loud noise after silence: a guess from the bit rate of the beginning would be far off."""
    sound = np.concatenate([np.zeros(48_000 * 5, dtype=np.float32), make_noise(7)])
    recording = open_recording(make(name, sound, **making))
    # Codecs pad a frame or two (up to 1152 samples each) that a container may or may not subtract.
    assert recording.duration == pytest.approx(12_000, abs=60)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mka", "flac"), ("a.opus", "libopus"), ("a.mp4", "flac"), ("a.mov", "pcm_s16le")]
)
def test_a_clock_that_begins_late_does_not_lengthen_the_recording(make, make_noise, name, codec):
    recording = open_recording(make(name, make_noise(2), codec=codec, delay=1.5))
    assert recording.start_time == 1500
    assert recording.duration == pytest.approx(2000, abs=7)


def test_of_an_ogg_file_with_a_late_clock_the_end_alone_is_read(make, make_noise, monkeypatch):
    monkeypatch.setattr("asdelivered.media.recording.LAST_SECONDS", 3)
    monkeypatch.setattr(
        "asdelivered.media.recording._counted_duration", lambda *_: pytest.fail("all packets were counted")
    )
    recording = open_recording(make("a.ogg", make_noise(8), codec="libopus", delay=1.5))
    assert recording.start_time == 1500
    assert recording.duration == pytest.approx(8000, abs=7)


@pytest.mark.parametrize(
    "bit_rates", [("320k", "24k"), ("24k", "320k"), ("320k", "24k", "320k"), ("64k", "64k")]
)
def test_length_of_an_mp3_joined_from_parts(tmp_path, make, make_noise, bit_rates):
    """An advert before a podcast: the header is the advert's, and states its length."""
    plain = make("plain.wav", make_noise(5), codec="pcm_s16le")
    program = imageio_ffmpeg.get_ffmpeg_exe()
    joined = tmp_path / "joined.mp3"
    parts = []
    for number, bit_rate in enumerate(bit_rates):
        part = tmp_path / f"{number}.mp3"
        subprocess.run(
            [program, "-v", "error", "-i", plain, "-c:a", "libmp3lame", "-b:a", bit_rate, part], check=True
        )
        parts.append(part.read_bytes())
    joined.write_bytes(b"".join(parts))
    recording = open_recording(joined)
    assert recording.duration == pytest.approx(5000 * len(parts), abs=60 * len(parts))
    assert sum(map(len, decode_speech(recording))) / 16 == pytest.approx(recording.duration, abs=60)


def test_cover_art_is_no_picture(tmp_path, make, make_noise):
    plain = make("plain.mp3", make_noise(2), codec="libmp3lame")
    path = tmp_path / "cover.mp3"
    with av.open(str(plain)) as source, av.open(str(path), "w") as target:
        sound = target.add_stream_from_template(source.streams.audio[0])
        cover = target.add_stream("png")
        cover.width = cover.height = 16
        cover.pix_fmt = "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = sound
                target.mux(packet)
        target.mux(cover.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), dtype=np.uint8))))
    with av.open(str(path)) as made:
        assert made.streams.video, "the fixture has no cover"
    recording = open_recording(path)
    assert recording.video is None
    assert recording.duration == pytest.approx(2000, abs=30)


def test_tags_in_an_old_encoding_are_no_obstacle(make, make_noise):
    path = make("a.wav", make_noise(1), codec="pcm_s16le", options={"write_id3v2": "0"})
    info = (
        b"LIST"
        + (4 + 8 + 6).to_bytes(4, "little")
        + b"INFO"
        + b"INAM"
        + (6).to_bytes(4, "little")
        + b"Gr\xfc\xdfe\0"
    )
    data = path.read_bytes() + info
    path.write_bytes(data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:])
    assert open_recording(path).duration == 1000


def refusal(path: Path) -> str:
    with pytest.raises(MediaError) as refused:
        open_recording(path)
    message = str(refused.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_missing(tmp_path):
    assert "there is no file" in refusal(tmp_path / "a.wav")


def test_folder(tmp_path):
    assert "is a folder" in refusal(tmp_path)


def test_not_a_regular_file(tmp_path):
    os.mkfifo(tmp_path / "a.wav")
    assert "not a regular file" in refusal(tmp_path / "a.wav")


def test_empty(tmp_path):
    (tmp_path / "a.wav").touch()
    assert "is empty" in refusal(tmp_path / "a.wav")


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_unreadable(tmp_path, make, make_noise, closed):
    path = make("a.wav", make_noise(1), codec="pcm_s16le")
    ours = [folder for folder in path.parents if "pytest" in str(folder)]
    root = os.geteuid() == 0  # root reads everything
    for folder in ours:
        folder.chmod(0o755)
    (path if closed == "file" else tmp_path).chmod(0)
    if root:
        os.seteuid(65534)
    try:
        assert "permissions" in refusal(path)
    finally:
        if root:
            os.seteuid(0)
        tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.txt", "Thank you very much, Rosa.\n" * 100),
        ("page.html", "<!DOCTYPE html><html><body><p>Thank you</p></body></html>"),
        ("cues.srt", "1\n00:00:01,000 --> 00:00:02,000\nThank you\n"),
        ("alignment.json", '{"schema": "asdelivered/alignment"}'),
        ("speech.wav", "Thank you very much, Rosa.\n" * 100),
    ],
)
def test_text_given_as_the_recording(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    message = refusal(path)
    assert "not a recording" in message or "can't be read as a recording" in message


def test_picture_without_sound(make):
    assert "no sound" in refusal(make("a.mp4", None, codec="aac", picture=2))


def test_still_picture(tmp_path):
    path = tmp_path / "a.png"
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width = stream.height = 16
        stream.pix_fmt = "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), dtype=np.uint8))))
        container.mux(stream.encode(None))
    assert "no sound" in refusal(path)


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.mp4", "a.opus", "a"])
def test_random_bytes(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(np.random.default_rng(3).bytes(100_000))
    refusal(path)


@pytest.mark.parametrize(
    ("name", "making"),
    [
        ("a.wav", {"codec": "pcm_s16le"}),
        ("a.opus", {"codec": "libopus"}),
        ("a.mp4", {"codec": "aac", "picture": 20}),  # its index is at the end
    ],
)
def test_files_that_are_seen_to_break_off(make, make_noise, name, making):
    path = make(name, make_noise(20), **making)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 5])
    message = refusal(path)
    assert "breaks off at" in message or "incomplete" in message


def test_a_wav_of_a_recorder_that_streams_states_no_size(make, make_noise):
    path = make("a.wav", make_noise(2), codec="pcm_s16le")
    data = path.read_bytes()
    at = data.index(b"data") + 4
    path.write_bytes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    assert open_recording(path).duration == pytest.approx(2000, abs=2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsound.ts\n#EXT-X-ENDLIST\n"),
        ("a.ffconcat", "ffconcat version 1.0\nfile sound.ts\n"),
    ],
)
def test_a_playlist_can_not_make_it_open_other_files(tmp_path, make, make_noise, name, text):
    make("sound.ts", make_noise(2), codec="aac", delay=1.0)
    path = tmp_path / name
    path.write_text(text)
    with av.open(str(path)) as naive:
        assert naive.streams.audio, "the fixture is no working playlist"
    refusal(path)


def test_a_truncated_recording_says_where_it_really_ends(make, make_noise):
    path = make("a.wav", make_noise(12), codec="pcm_s16le")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(MediaError, match=r"breaks off at (7\.\d|8\.0) s"):
        open_recording(path)


def test_standard_input_is_refused_in_words():
    with pytest.raises(MediaError, match="can't come from standard input"):
        open_recording("-")
