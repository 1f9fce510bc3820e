"""What a word keeps of a phone that the search stretched over other sound, and what is searched in each window."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.forced_alignment import slots_in_windows, without_stretched

LONG, POOR = 160, -3.0
"""Frames that no phone lasts, and how other sound fits it."""

phones = st.lists(st.tuples(st.integers(1, 200), st.floats(-8.0, 0.0)), min_size=1, max_size=8)


def word(*runs: tuple[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the phone of each frame and how well it fits: `runs` are the frames and the fit of each phone."""
    lengths = [length for length, _ in runs]
    lead = np.repeat(np.array([fit for _, fit in runs], np.float32), lengths)
    return np.repeat(np.arange(len(runs), dtype=np.int32), lengths), lead


def test_a_word_loses_what_its_last_phone_was_stretched_over():
    start, end = without_stretched(*word((13, -0.1), (6, -2.4), (LONG, POOR)))
    assert start == 0
    assert 19 < end < 19 + 30


def test_a_word_loses_what_its_first_phone_was_stretched_over():
    start, end = without_stretched(*word((LONG, POOR), (12, -1.0)))
    assert LONG - 30 < start < LONG
    assert end == LONG + 12


def test_a_vowel_that_is_drawn_out_stays_whole():
    assert without_stretched(*word((4, -0.5), (LONG, -0.6), (6, -1.0))) == (0, LONG + 10)
    assert without_stretched(*word((LONG, -0.6))) == (0, LONG)


def test_a_short_phone_that_fits_badly_stays_whole():
    assert without_stretched(*word((10, -7.0), (12, -7.0))) == (0, 22)


@given(phones)
def test_a_word_keeps_a_part_of_its_first_phone_and_of_its_last(runs):
    of, lead = word(*runs)
    start, end = without_stretched(of, lead)
    assert 0 <= start < runs[0][0]
    assert len(of) - runs[-1][0] < end <= len(of)
    assert start < end


@given(phones)
def test_what_is_cut_is_long_and_fits_badly(runs):
    of, lead = word(*runs)
    start, end = without_stretched(of, lead)
    for cut, (length, fit) in ((start, runs[0]), (len(of) - end, runs[-1])):
        assert cut == 0 or (length >= 50 and fit < -2.0)


places = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=12).map(
    lambda gaps: [
        (
            sum(a for a, _ in gaps[: at + 1]),
            sum(a for a, _ in gaps[: at + 1]) + 40 + sum(b for _, b in gaps[: at + 1]),
        )
        for at in range(len(gaps))
    ]
)


@given(places, st.integers(0, 3_000), st.integers(1, 150))
def test_each_window_has_the_slots_that_are_looked_for_in_it(where, frames, window):
    found = slots_in_windows(where, frames, window)
    assert len(found) == frames // window + 1
    for number, (first, last) in enumerate(found):
        assert 0 <= first < last <= len(where)
        begin, end = number * window, (number + 1) * window
        inside = {at for at, (start, stop) in enumerate(where) if start < end and stop >= begin}
        assert inside <= set(range(first, last))
        # A window in which none is looked for has the next one, before which there may be silence.
        assert set(range(first, last)) <= inside | {min(first, len(where) - 1)}
    for (first, last), (later_first, later_last) in pairwise(found):
        assert first <= later_first <= last <= later_last
