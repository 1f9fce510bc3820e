"""Clips, and the frames that hold them."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.text import one_line

NTSC = Fraction(30_000, 1001)
PICTURE = VideoStream(0, "h264", 640, 360, NTSC, NTSC, Fraction(0))
MOVIE = Recording(Path("a.mov"), 10_010, 0, AudioStream(1, "aac", 48_000, 2, None), PICTURE, "01:00:00;00")


def test_frames_of_clips_on_frames_and_between():
    source = as_edit_source(MOVIE)
    assert frame_span(Clip("on", 10 / NTSC, 20 / NTSC), source) == (10, 20)
    assert frame_span(Clip("between", Fraction(21, 2) / NTSC, Fraction(41, 2) / NTSC), source) == (10, 21)
    assert frame_span(Clip("short", 10 / NTSC, Fraction(101, 10) / NTSC), source) == (10, 11)
    assert frame_span(Clip("beyond", 290 / NTSC, 400 / NTSC), source) == (290, 300)
    late = replace(source, start=Fraction(1))
    assert frame_span(Clip("before the picture", Fraction(0), Fraction(2)), late) == (0, 30)


@pytest.mark.parametrize(("start", "end"), [(2, 1), (1, 1), (-1, 1)])
def test_clips_run_forward(start, end):
    with pytest.raises(ValueError, match="run forward"):
        Clip("a", Fraction(start), Fraction(end))


@pytest.mark.parametrize("text", ["two\nlines", "\x1b[31m", " blank ", "\ufffe", "\udc80"])
def test_texts_of_a_clip_are_one_line(text):
    with pytest.raises(ValueError, match="one line"):
        Clip("a", Fraction(0), Fraction(1), text=text)


@given(st.text())
def test_any_text_can_be_made_one_line(text):
    line = one_line(text)
    assert one_line(line) == line
    line.encode()
    Clip(line, Fraction(0), Fraction(1), line, line, (line,))
