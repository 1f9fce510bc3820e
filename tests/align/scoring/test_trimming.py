"""Edges moved inward to the sound of a line, in noise that is even."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.room import plain_levels
from asdelivered.align.scoring.trimming import trim


def sound(*parts: tuple[int, float]) -> np.ndarray:
    """Frames of loudness, in dB, of (frames, level) one after the other."""
    return np.concatenate([np.full(frames, level, np.float32) for frames, level in parts])


def test_a_pause_that_the_first_word_took_is_cut_off() -> None:
    levels = plain_levels(sound((100, 50.0), (100, 70.0), (100, 50.0)))
    ((start, _), (_, end)) = trim([(20, 130), (130, 200)], (5, 5), levels)
    assert 97 <= start <= 101
    assert end == 200


def test_so_is_one_that_the_last_word_took() -> None:
    levels = plain_levels(sound((100, 50.0), (100, 70.0), (200, 50.0)))
    ((start, _), (_, end)) = trim([(100, 150), (150, 290)], (5, 5), levels)
    assert start == 100
    assert 199 <= end <= 203


def test_a_click_in_the_pause_before_a_line_is_not_the_line() -> None:
    levels = plain_levels(sound((50, 50.0), (5, 70.0), (60, 50.0), (100, 70.0), (100, 50.0)))
    assert trim([(20, 150)], (8, 8), levels)[0][0] >= 112


def test_a_closure_within_the_first_word_stays() -> None:
    levels = plain_levels(sound((100, 50.0), (10, 70.0), (8, 50.0), (60, 70.0), (100, 50.0)))
    assert trim([(100, 150), (150, 178)], (5, 5), levels)[0][0] == 100


def test_a_long_word_with_a_pause_in_it_keeps_what_its_letters_take() -> None:
    levels = plain_levels(sound((100, 50.0), (60, 70.0), (20, 50.0), (60, 70.0), (100, 50.0)))
    assert trim([(100, 240)], (31, 31), levels)[0][0] == 100


@given(
    st.lists(st.floats(40, 80), min_size=30, max_size=300),
    st.lists(st.integers(1, 40), min_size=1, max_size=6),
    st.integers(1, 20),
)
def test_words_stay_in_order_within_what_they_were(
    loudness: list[float], lengths: list[int], letters: int
) -> None:
    edges = np.cumsum([0, *lengths]).clip(max=len(loudness)).tolist()
    words = [(start, end) for start, end in itertools.pairwise(edges) if end > start]
    trimmed = trim(words, (letters, letters), plain_levels(np.array(loudness, np.float32)))
    assert len(trimmed) == len(words)
    for (start, end), (was_start, was_end) in zip(trimmed, words, strict=True):
        assert was_start <= start <= end <= was_end
    assert trimmed[1:-1] == words[1:-1]
