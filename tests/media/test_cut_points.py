"""Edges in sounds that are made up: words are tones, rooms are noise."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import AudioExcerpt, open_audio
from asdelivered.media.cut_points import SPARE, CutPoint, QuoteTiming, cut_points
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.recording import AudioStream, Recording, VideoStream, open_recording

RATE = 16_000
LENGTH = 20
NTSC = Fraction(30_000, 1001)


class Memory:
    """A sound in memory in place of a file's, read as a recording's is."""

    def __init__(self, samples: np.ndarray) -> None:
        self.samples = np.round(samples * 2**31 * 0.5).astype(np.int32)[:, None]

    def read(self, start: Fraction, end: Fraction) -> AudioExcerpt:
        first, last = round(start * RATE), round(end * RATE)
        padded = np.zeros((last - first, 1), dtype=np.int32)
        begin, stop = max(0, first), min(last, len(self.samples))
        if begin < stop:
            padded[begin - first : stop - first] = self.samples[begin:stop]
        return AudioExcerpt(padded, RATE, first)


def spoken(words: list[TimeSpan], room: float = 0.0003) -> np.ndarray:
    """A tone for each word, in a room with a little noise."""
    sound = np.random.default_rng(1).normal(0, room, LENGTH * RATE)
    for word in words:
        place = slice(word.start * RATE // 1000, word.end * RATE // 1000)
        time = np.arange(place.stop - place.start) / RATE
        sound[place] += 0.3 * np.sin(2 * np.pi * 220 * time) + 0.2 * np.sin(2 * np.pi * 1740 * time)
    return sound


def add_noise(sound: np.ndarray, start: int, end: int, level: float) -> None:
    place = slice(start * RATE // 1000, end * RATE // 1000)
    sound[place] += np.random.default_rng(2).normal(0, level, place.stop - place.start)


def source(fps: Fraction | None) -> EditSource:
    video = VideoStream(0, "h264", 640, 360, fps, fps, Fraction(0)) if fps else None
    return as_edit_source(
        Recording(Path("a.mov"), LENGTH * 1000, 0, AudioStream(1, "aac", RATE, 1, None), video, None)
    )


def edges(
    sound: np.ndarray, stretch: QuoteTiming, fps: Fraction | None = None, handles: int = 0
) -> tuple[CutPoint, CutPoint]:
    return cut_points(Memory(sound), source(fps), stretch, handles)  # type: ignore[arg-type]


BEFORE, WORDS, AFTER = TimeSpan(4000, 5000), TimeSpan(6000, 9000), TimeSpan(10_000, 11_000)
STRETCH = QuoteTiming(WORDS, BEFORE, AFTER)


def milliseconds(point: CutPoint) -> float:
    return float(point.time * 1000)


def test_a_little_silence_is_kept_on_both_sides():
    first, last = edges(spoken([BEFORE, WORDS, AFTER]), STRETCH)
    assert 5850 <= milliseconds(first) <= 5960
    assert 9040 <= milliseconds(last) <= 9150
    assert not any((first.tight, last.tight, first.applause, last.applause))


@pytest.mark.parametrize("breath", [(5700, 5990), (5600, 5900), (5500, 5750)])
def test_a_breath_is_left_whole_or_left_out(breath):
    sound = spoken([BEFORE, WORDS, AFTER])
    add_noise(sound, *breath, level=0.03)
    first, _ = edges(sound, STRETCH)
    assert not breath[0] + 10 < milliseconds(first) < breath[1] - 10
    assert not first.applause


def test_a_word_that_dies_away_slowly_is_waited_for():
    sound = spoken([BEFORE, WORDS, AFTER])
    tail = np.arange(RATE // 4)
    sound[9 * RATE : 9 * RATE + len(tail)] += 0.2 * np.exp(-tail / 900) * np.sin(tail)
    _, last = edges(sound, STRETCH)
    assert milliseconds(last) >= 9150


def test_a_sound_is_cut_where_it_crosses_zero():
    sound = spoken([BEFORE, WORDS, AFTER], room=0.01)
    for point in edges(sound, STRETCH):
        at = point.time * RATE
        assert at.denominator == 1
        assert (sound[int(at) - 1] < 0) != (sound[int(at)] < 0)


@pytest.mark.parametrize("fps", [Fraction(25), NTSC, Fraction(50)])
def test_a_movie_is_cut_on_frames(fps):
    for point in edges(spoken([BEFORE, WORDS, AFTER]), STRETCH, fps):
        assert (point.time * fps).denominator == 1


def test_where_words_run_into_each_other_the_quotes_own_stays_whole():
    near = QuoteTiming(WORDS, TimeSpan(5500, 6000), TimeSpan(9000, 9400))
    for fps in (None, Fraction(25), NTSC):
        first, last = edges(spoken([TimeSpan(5500, 9400)]), near, fps)
        assert first.tight
        assert last.tight
        assert 5920 <= milliseconds(first) <= 6000 - 30
        assert 9000 + 30 <= milliseconds(last) <= 9080


def test_handles_reach_as_far_as_asked_but_not_beyond_the_recording():
    sound = spoken([BEFORE, WORDS, AFTER])
    for fps in (None, Fraction(25)):
        plain, wide = edges(sound, STRETCH, fps), edges(sound, STRETCH, fps, handles=2000)
        assert milliseconds(plain[0]) - milliseconds(wide[0]) == pytest.approx(2000, abs=10)
        assert milliseconds(wide[1]) - milliseconds(plain[1]) == pytest.approx(2000, abs=10)
        first, last = edges(sound, STRETCH, fps, handles=60_000)
        assert milliseconds(first) == pytest.approx(0, abs=5)
        assert milliseconds(last) == pytest.approx(LENGTH * 1000, abs=5)


def test_a_quote_at_the_very_start_and_end():
    whole = TimeSpan(0, LENGTH * 1000)
    for fps in (None, Fraction(25)):
        first, last = edges(spoken([whole]), QuoteTiming(whole, None, None), fps)
        assert milliseconds(first) == 0
        assert milliseconds(last) == pytest.approx(LENGTH * 1000)


@pytest.mark.parametrize("room", [0.0003, 0.02])
def test_applause_over_an_edge_is_told(room):
    sound = spoken([BEFORE, WORDS, AFTER], room)
    add_noise(sound, 9050, 9950, level=0.15)
    first, last = edges(sound, STRETCH)
    assert not first.applause
    assert last.applause


@st.composite
def stretches(draw: st.DrawFn) -> QuoteTiming:
    """A quote between two words, with pauses of any length, or none."""
    begin = draw(st.integers(1500, 8000))
    end = begin + draw(st.integers(200, 8000))
    before = begin - draw(st.integers(0, 900))
    after = end + draw(st.integers(0, 900))
    return QuoteTiming(
        TimeSpan(begin, end),
        TimeSpan(before - draw(st.integers(160, 600)), before),
        TimeSpan(after, after + draw(st.integers(160, 600))),
    )


@given(
    stretch=stretches(),
    fps=st.sampled_from([None, Fraction(24), Fraction(25), NTSC, Fraction(50), Fraction(60)]),
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_the_quote_is_whole_and_no_other_word_is_heard(stretch, fps):
    words = [word for word in (stretch.before, stretch.span, stretch.after) if word]
    first, last = edges(spoken(words), stretch, fps)
    assert stretch.before is not None
    assert stretch.after is not None
    assert stretch.span.start - milliseconds(first) >= 30
    assert milliseconds(last) - stretch.span.end >= 30
    assert milliseconds(first) > (stretch.before.start + stretch.before.end) / 2
    assert milliseconds(last) < (stretch.after.start + stretch.after.end) / 2
    if stretch.span.start - stretch.before.end > SPARE + 45:  # a frame and more: then the pause has room
        assert milliseconds(first) >= stretch.before.end


@pytest.mark.parametrize("name", ["a.flac", "a.opus"])
def test_edges_in_a_file_are_those_in_memory(make, name):
    sound = spoken([BEFORE, WORDS, AFTER])
    codec = {"a.flac": "flac", "a.opus": "libopus"}[name]
    path = make(name, np.repeat(sound / 2, 3).astype(np.float32), codec=codec)
    recording = open_recording(path)
    with open_audio(recording) as reader:
        found = cut_points(reader, as_edit_source(recording), STRETCH)
    for point, expected in zip(found, edges(sound, STRETCH), strict=True):
        assert milliseconds(point) == pytest.approx(milliseconds(expected), abs=60)
