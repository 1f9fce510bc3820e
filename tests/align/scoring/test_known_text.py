"""A text laid on sound by a scorer that knows where each word is, and errs where windows make scorers err."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from asdelivered.align.engines.scorer import WordFit
from asdelivered.align.scoring.known_text import Piece, choose_windows, fit_pieces
from asdelivered.base.span import TimeSpan
from asdelivered.media.windows import cut_windows

SECOND = 16_000
WORD = 400
"""Milliseconds of each word; the sound has its number as the value of its samples."""


@dataclass(frozen=True)
class Counting:
    """Puts word "7" where the samples are 7; the first word of a window takes all that comes before it."""

    name: str = "counting"
    longest: int = 28_000

    def listen(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        return samples

    def fit(self, heard: NDArray[np.int16], words: Sequence[str]) -> tuple[WordFit, ...]:
        fits, at = [], 0
        for word in words:
            there = np.flatnonzero(heard == int(word)) // 16
            start = int(there[0]) if len(there) else at
            end = int(there[-1]) + 1 if len(there) else at
            fits.append(WordFit(start if fits else 0, max(start, end), -1.0 if len(there) else -4.0, 1))
            at = max(at, end)
        return tuple(fits)


def sound_of(words: int) -> NDArray[np.int16]:
    return np.repeat(np.arange(1, words + 1, dtype=np.int16), WORD * 16)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.integers(0, 5_000))
def test_every_piece_is_found_though_its_place_is_seconds_off(seed: int, words: int, off: int) -> None:
    chance = np.random.default_rng(seed)
    sound = sound_of(words)
    cuts = [0, *sorted({*chance.integers(1, words + 1, words // 6).tolist(), words} - {0})]
    pieces = [
        Piece(
            tuple(str(at + 1) for at in range(first, last)),
            TimeSpan(max(0, first * WORD + off), max(0, last * WORD + off)),
        )
        for first, last in itertools.pairwise(cuts)
        if last - first <= 20
    ]
    duration = len(sound) // 16
    windows = choose_windows(pieces, 28_000, duration)
    views = fit_pieces(Counting(), pieces, windows, cut_windows([sound], windows))
    for piece, view in zip(pieces, views, strict=True):
        truth = int(piece.words[-1]) * WORD
        if view is not None and view.off_middle < 8_000:
            assert view.place.end == truth
            assert view.evidence > 0
    if off == 0 and pieces:
        middle = [view for view in views if view is not None]
        assert middle


@given(st.lists(st.tuples(st.integers(0, 8_000), st.booleans()), max_size=60), st.integers(0, 120_000))
def test_every_wanted_piece_is_near_the_middle_of_a_window(
    lengths: list[tuple[int, bool]], extra: int
) -> None:
    edges = np.cumsum([0, *(length for length, _ in lengths)]).tolist()
    pieces = [
        Piece(("a",), TimeSpan(start, end), wanted)
        for start, end, (_, wanted) in zip(edges[:-1], edges[1:], lengths, strict=True)
    ]
    duration = edges[-1] + extra
    windows = choose_windows(pieces, 28_000, duration)
    assert [window.start for window in windows] == sorted(window.start for window in windows)
    assert all(0 <= window.start <= window.end <= max(duration, 28_000) for window in windows)
    for piece in pieces:
        if piece.wanted:
            middle = (piece.place.start + piece.place.end) // 2
            assert any(
                window.start <= piece.place.start
                and piece.place.end <= window.end
                and (
                    abs(middle - (window.start + window.end) // 2) <= 4_751
                    or window.start == 0
                    or window.end == duration
                )
                for window in windows
            )


def test_nothing_wanted_is_no_work() -> None:
    pieces = [Piece(("a",), TimeSpan(0, 1000), wanted=False)]
    assert choose_windows(pieces, 28_000, 60_000) == []
    assert fit_pieces(Counting(), pieces, [], []) == [None]


def test_where_all_windows_overlap_there_is_one_of_other_speech() -> None:
    pieces = [Piece(("a",), TimeSpan(at * 5000, at * 5000 + 4000), at == 1) for at in range(20)]
    windows = choose_windows(pieces, 28_000, 100_000)
    assert len(windows) == 2
    assert not windows[0].overlap(windows[1])
