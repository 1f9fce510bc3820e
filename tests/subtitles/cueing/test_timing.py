"""Schedules: in with the speech, out when read, on frames, around shot changes."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.cueing.timing import REACH, Speech, schedule
from asdelivered.subtitles.style import Kind
from asdelivered.subtitles.style_file import named_style

NETFLIX, BBC = named_style("netflix"), named_style("bbc")
NTSC = Fraction(30000, 1001)
PLAIN = Clock()


def speech(start: int, end: int, needed: int = 834, wished: int = 0) -> Speech:
    return Speech(start, end, needed, max(needed, wished))


def test_with_time_enough_cues_stand_with_their_speech() -> None:
    said = [speech(1000, 3000), speech(4000, 6000), speech(9000, 11_000)]
    assert schedule(said, 60_000, NETFLIX, PLAIN) == [TimeSpan(s.start, s.end) for s in said]


def test_a_cue_stays_into_the_silence_to_be_read() -> None:
    assert schedule([speech(1000, 2000, 2500)], 60_000, NETFLIX, PLAIN) == [TimeSpan(1000, 3500)]


def test_wished_time_is_taken_from_silence_as_far_as_a_cue_may_hang() -> None:
    (span,) = schedule([speech(1000, 2000, 900, 5000)], 60_000, BBC, PLAIN)
    assert span.end == 3500
    assert 500 < span.start <= 1000


def fast_speech(seed: int) -> list[Speech]:
    """Cues that go by a little faster than the BBC allows, with a pause here and there."""
    random.seed(seed)
    clock, said = 5_000, []
    for _ in range(random.randint(5, 30)):
        needed = max(834, random.randint(3, 15) * 300)
        lasts = int(needed * random.uniform(0.75, 1.12))
        said.append(speech(clock, clock + lasts, needed))
        clock += lasts + random.choice([0, 0, 0, 100, 400])
    return said


def can_be_read(said: list[Speech]) -> bool:
    """Whether each cue can have its time: come in as early as it may, and one after the other."""
    free = 0
    for cue in said:
        start = max(cue.start - 1_500 - REACH, free)
        if start > cue.start + 2_000 + REACH:
            return False
        free = start + cue.required
    return True


def test_where_each_cue_can_be_read_it_can() -> None:
    tried = [said for said in map(fast_speech, range(50)) if can_be_read(said)]
    assert len(tried) > 25
    for said in tried:
        spans = schedule(said, 600_000, BBC, PLAIN)
        assert all(span.duration >= cue.required for span, cue in zip(spans, said, strict=True))


def test_a_short_gap_is_closed() -> None:
    first, second = schedule([speech(1000, 2500), speech(2900, 5000)], 60_000, NETFLIX, PLAIN)
    assert (first.end, second.start) == (2816, 2900)
    first, second = schedule([speech(1000, 2500), speech(2900, 5000)], 60_000, BBC, PLAIN)
    assert (first.end, second.start) == (2900, 2900)


def test_a_gap_that_cannot_be_closed_is_widened() -> None:
    """Nothing may stay longer than seven seconds; what has been said and read by then can go sooner."""
    first, second = schedule([speech(0, 6400, 6700, 6750), speech(7200, 9000)], 60_000, NETFLIX, PLAIN)
    assert (first.end, second.start) == (6700, 7200)


def test_who_needs_more_time_takes_it_from_both_sides() -> None:
    """Two frames early, two frames late, and no more: the style's own tolerance is enough."""
    first, second, third = schedule(
        [speech(1000, 3000), speech(3000, 5000, 2000), speech(5000, 8000)], 60_000, NETFLIX, PLAIN
    )
    assert second.duration >= 2000
    assert abs(second.start - 3000) <= 84
    assert abs(third.start - 5000) <= 84
    assert first.end + 84 <= second.start
    assert second.end + 84 <= third.start


def test_a_chain_of_hurried_cues_shares_what_slack_there_is() -> None:
    said = [speech(1000 * at, 1000 * at + 1000, 1050) for at in range(10, 30)]
    shown = schedule(said, 60_000, BBC, PLAIN)
    assert all(span.duration >= 1050 for span in shown)
    assert max(abs(span.start - s.start) for span, s in zip(shown, said, strict=True)) <= 1500


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), NTSC, Fraction(60000, 1001)])
def test_times_lie_on_frames(rate: Fraction) -> None:
    said = [speech(1234, 2345), speech(2346, 4999, 3000), speech(7001, 9123)]
    shown = schedule(said, 60_000, NETFLIX, Clock(rate))
    for span in shown:
        for time in (span.start, span.end):
            frame = round(time * rate / 1000)
            assert abs(frame * 1000 / rate - time) <= Fraction(1, 2)
    for before, after in pairwise(shown):
        frames = round((after.start - before.end) * rate / 1000)
        assert frames >= 2
    assert all(round(span.duration * rate / 1000) >= rate * 5 / 6 for span in shown)


def test_an_in_time_near_a_shot_change_lies_on_it() -> None:
    (span,) = schedule([speech(10_200, 13_000)], 60_000, NETFLIX, PLAIN, shots=[10_000])
    assert span.start == 10_000
    (span,) = schedule([speech(9_800, 13_000)], 60_000, NETFLIX, PLAIN, shots=[10_000])
    assert span.start == 10_000
    (span,) = schedule([speech(9_600, 13_000)], 60_000, NETFLIX, PLAIN, shots=[10_000])
    assert span.start == 9_500
    (span,) = schedule([speech(9_400, 13_000)], 60_000, NETFLIX, PLAIN, shots=[10_000])
    assert span.start == 9_400


def test_an_out_time_near_a_shot_change_leaves_two_frames_before_it() -> None:
    (span,) = schedule([speech(10_000, 12_700)], 60_000, NETFLIX, Clock(Fraction(24)), shots=[13_000])
    assert span.end == 12_917
    # The speech runs on for long after the change: so does the cue.
    (span,) = schedule([speech(10_000, 13_450)], 60_000, NETFLIX, PLAIN, shots=[13_000])
    assert span.end == 13_500


def test_nothing_to_schedule() -> None:
    assert schedule([], 60_000, NETFLIX, PLAIN) == []


@st.composite
def talks(draw: st.DrawFn) -> list[Speech]:
    clock = draw(st.integers(0, 3000))
    said = []
    for _ in range(draw(st.integers(1, 12))):
        length = draw(st.integers(0, 4000))
        needed = draw(st.integers(834, 4000))
        said.append(Speech(clock, clock + length, needed, needed + draw(st.integers(0, 1500))))
        clock += length + draw(st.just(0) | st.integers(0, 600) | st.integers(0, 5000))
    return said


RATES = st.sampled_from([None, Fraction(24), Fraction(25), NTSC])


@given(
    talks(),
    RATES,
    st.sampled_from(["netflix", "bbc", "dcmp", "ard"]),
    st.lists(st.integers(0, 30_000), max_size=5),
)
def test_cues_run_forward_and_keep_the_gap(
    said: list[Speech], rate: Fraction | None, name: str, shots: list[int]
) -> None:
    style = named_style(name)
    end = said[-1].end + 2000
    shown = schedule(said, end, style, Clock(rate), shots)
    assert len(shown) == len(said)
    gap = style.time(Kind.GAP, rate) or 0
    for before, after in pairwise(shown):
        assert before.start < after.start
        assert before.end <= after.start
        room = after.start - before.start
        assert after.start - before.end + 1 >= min(gap, room - 1000 / (rate or 1000))
    assert all(span.duration >= 1 for span in shown)


@given(talks(), st.sampled_from(["netflix", "bbc", "dcmp"]))
def test_no_gap_flickers(said: list[Speech], name: str) -> None:
    style = named_style(name)
    least, short = style.time(Kind.GAP) or 0, style.time(Kind.SHORT_GAP) or 0
    for before, after in pairwise(schedule(said, said[-1].end + 2000, style, PLAIN)):
        gap = after.start - before.end
        stays = before.duration >= style.max_duration - 1
        assert gap < least + 1 or gap >= short or stays
