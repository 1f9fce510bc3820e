"""Files joined from parts that each count from zero: the times run on, wherever they are read."""

import subprocess
from fractions import Fraction

import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.decode import decode_speech
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.joined import JoinedClock
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.picture import can_copy, picture_start

LENGTHS = (3, 5, 4)
"""Seconds."""


@given(
    st.lists(st.integers(10, 200), min_size=1, max_size=5),
    st.lists(st.integers(0, 1), min_size=1, max_size=10),
)
def test_times_run_on_through_all_parts(lengths, order):
    """Two streams of packets of 0.2 s, read in any order, but never a part ahead of each other."""
    clock = JoinedClock()
    before = 0.0
    for length in lengths:
        waiting = [[*range(length)], [*range(length)]]
        turn = 0
        while any(waiting):
            stream = order[turn % len(order)] if all(waiting) else int(bool(waiting[1]))
            turn += 1
            packet = waiting[stream].pop(0)
            assert clock.time(stream, packet / 5, 0.2) == pytest.approx(before + packet / 5)
        before += length / 5
    assert len(clock.offsets) == len(lengths)


def test_pictures_out_of_order_are_no_new_part():
    clock = JoinedClock()
    for at in (0.0, 0.16, 0.08, 0.04, 0.12, 0.32, 0.24, 5.0, 4.9, 2.0, 1.1):
        assert clock.time(0, at) == at
    assert clock.offsets == (0.0,)


@pytest.fixture
def chained(make, make_clicks, tmp_path):
    """An Ogg file of three streams one after the other, as `cat` and internet radio make them, a click each second."""
    parts = [
        make(
            f"{number}.opus",
            make_clicks(length, [second + 0.5 for second in range(length)]),
            codec="libopus",
        ).read_bytes()
        for number, length in enumerate(LENGTHS)
    ]
    whole = tmp_path / "chained.opus"
    whole.write_bytes(b"".join(parts))
    return open_recording(whole)


CLICKS = np.arange(sum(LENGTHS)) + 0.5
NEAR = 0.07
"""Seconds: each part ends with a whole packet."""


def click_times(samples, sample_rate):
    loud = np.flatnonzero(np.abs(samples.astype(float)) > 0.2 * np.abs(samples.astype(float)).max())
    return loud[np.diff(loud, prepend=-sample_rate) > sample_rate / 4] / sample_rate


def test_the_length_is_that_of_all_parts(chained):
    assert chained.parts == len(LENGTHS)
    assert chained.duration / 1000 == pytest.approx(sum(LENGTHS), abs=NEAR)


def test_all_parts_are_decoded_on_one_clock(chained):
    samples = np.concatenate(list(decode_speech(chained)))
    assert click_times(samples, 16_000) == pytest.approx(CLICKS, abs=NEAR)
    part = np.concatenate(list(decode_speech(chained, TimeSpan(2000, 9000))))
    assert click_times(part, 16_000) == pytest.approx(CLICKS[:7], abs=NEAR)


def test_excerpts_come_from_where_they_are_heard(chained):
    with open_audio(chained) as reader:
        for start, end in ((9, 11), (0, 1), (2, 4), (7, 12)):
            samples = reader.read(Fraction(start), Fraction(end)).samples[:, 0]
            assert click_times(samples, 48_000) == pytest.approx(CLICKS[: end - start], abs=NEAR)


def test_parts_of_a_transport_stream_run_on(make, make_clicks, tmp_path):
    parts = [
        make(
            f"{number}.ts",
            make_clicks(length, [second + 0.5 for second in range(length)]),
            codec="mp2",
            picture=length,
        ).read_bytes()
        for number, length in enumerate(LENGTHS)
    ]
    whole = tmp_path / "joined.ts"
    whole.write_bytes(b"".join(parts))
    recording = open_recording(whole)
    assert recording.parts == len(LENGTHS)
    assert recording.duration / 1000 == pytest.approx(sum(LENGTHS), abs=0.3)
    heard = click_times(np.concatenate(list(decode_speech(recording))), 16_000)
    assert heard == pytest.approx(CLICKS, abs=0.3)
    alone = open_recording(tmp_path / "1.ts")
    assert alone.parts == 1
    assert alone.duration / 1000 == pytest.approx(LENGTHS[1], abs=0.1)


def test_the_picture_of_a_joined_stream_is_refused(make, make_clicks, tmp_path):
    part = make("part.ts", make_clicks(4, [1]), codec="mp2", picture=4).read_bytes()
    whole = tmp_path / "joined.ts"
    whole.write_bytes(part + part)
    source = as_edit_source(open_recording(whole))
    assert not can_copy(source, 0, 25)
    with pytest.raises(MediaError, match="joined from 2 parts"):
        picture_start(source, 0, 25, tmp_path)


@given(
    st.lists(st.integers(20, 60), min_size=2, max_size=4),
    st.lists(st.sampled_from([-90_000.0, -400.0, 5000.0, 95_443.7 - 900]), min_size=4, max_size=4),
)
def test_times_run_on_where_a_clock_jumps(lengths, jumps):
    """Packets of a second; the clock of each part begins elsewhere, and is the same for whoever reads it again."""
    clock, at, expected = JoinedClock(), 100_000.0, 100_000.0
    stored = []
    for length, jump in zip(lengths, jumps, strict=False):
        for _ in range(length):
            assert clock.time(0, at, 1.0) == pytest.approx(expected)
            stored.append((at, expected))
            at, expected = at + 1, expected + 1
        at += jump
    assert len(clock.offsets) == len(lengths)
    again = JoinedClock(clock.offsets)
    for at, expected in stored:
        assert again.time("frames", at) == pytest.approx(expected)


@pytest.mark.parametrize("begins", [(1000, 100, 5000), (90_000, 10, 70_000), (0, 50_000, 20)])
def test_a_transport_stream_whose_clock_jumps_runs_on(begins, make, make_clicks, tmp_path):
    parts = []
    for begin, length in zip(begins, LENGTHS, strict=True):
        part, clicks = tmp_path / f"{begin}.ts", [second + 0.5 for second in range(length)]
        plain = make(f"{begin}.mkv", make_clicks(length, clicks), codec="mp2", picture=length)
        offset = ["-codec", "copy", "-output_ts_offset", str(begin)]
        program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(plain), *offset, str(part)]
        subprocess.run(program, check=True)
        parts.append(part.read_bytes())
    whole = tmp_path / "joined.ts"
    whole.write_bytes(b"".join(parts))
    recording = open_recording(whole)
    assert recording.parts == len(LENGTHS)
    assert recording.duration / 1000 == pytest.approx(sum(LENGTHS), abs=0.3)
    heard = click_times(np.concatenate(list(decode_speech(recording))), 16_000)
    assert heard == pytest.approx(CLICKS, abs=0.3)
    with open_audio(recording) as reader:
        samples = reader.read(Fraction(0), Fraction(12)).samples[:, 0]
    assert click_times(samples, reader.sample_rate) == pytest.approx(heard, abs=0.02)
