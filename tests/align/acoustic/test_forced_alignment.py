"""What a word keeps of a phone that the search stretched over other sound."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.forced_alignment import without_stretched

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
