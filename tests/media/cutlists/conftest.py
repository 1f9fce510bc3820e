"""Cut-lists made on the spot: any rate, any start timecode, clips on frames."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import strategies as st

from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.text import one_line
from asdelivered.media.timecode import FrameRate, can_drop

RATES = [Fraction(n) for n in (24, 25, 30, 50, 60)] + [Fraction(1000 * n, 1001) for n in (24, 30, 60)]
TEXT = st.text(max_size=60).map(one_line)


@st.composite
def cut_lists(draw: st.DrawFn, rates: list[Fraction] = RATES) -> CutList:
    """Cut-lists of a recording in which every clip's edges lie on frames."""
    fps = draw(st.sampled_from(rates))
    rate = FrameRate(fps, drop=draw(st.booleans()) and can_drop(fps))
    frames = draw(st.integers(100, 12 * 3600 * rate.nominal))
    source = EditSource(
        recording=Recording(
            path=Path("/recordings") / f"{draw(st.sampled_from(['a, b=c; #1', 'Größe', 'town hall']))}.mov",
            duration=frames * 1000,
            start_time=0,
            audio=AudioStream(1, "aac", 48_000, draw(st.integers(1, 2)), None),
            video=draw(st.sampled_from([None, VideoStream(0, "h264", 640, 360, fps, fps, Fraction(0))])),
            timecode=None,
        ),
        rate=rate,
        # Labels that run past midnight are a reader's own affair.
        first=draw(st.integers(0, rate.frames_a_day - frames - 1)),
        start=draw(st.sampled_from([Fraction(0), Fraction(1, 3)])),
        frames=frames,
    )
    clips = []
    room = 22 * 3600 * rate.nominal  # the edit begins at 01:00:00:00, and its labels end before midnight, too
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, frames - 2))
        last = draw(st.integers(first + 1, max(first + 1, min(frames - 1, first + room))))
        room -= last - first
        start, end = (source.start + frame / fps for frame in (first, last))
        clips.append(Clip(draw(TEXT), start, end, draw(st.none() | TEXT), draw(TEXT), (draw(TEXT),)))
    return CutList(draw(TEXT), source, tuple(clips))


@pytest.fixture(scope="session")
def any_cuts():
    return cut_lists
