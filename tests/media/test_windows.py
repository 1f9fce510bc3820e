"""A window has the samples of its times, wherever the blocks end."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.windows import cut_windows


@given(
    st.lists(st.integers(1, 50_000), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 9_000)), max_size=6),
)
def test_windows_have_the_samples_of_their_times(blocks: list[int], spans: list[tuple[int, int]]) -> None:
    sound = np.arange(sum(blocks), dtype=np.int64).astype(np.int16)
    edges = np.cumsum([0, *blocks])
    pieces = [sound[a:b] for a, b in itertools.pairwise(edges)]
    windows = [TimeSpan(start, start + length) for start, length in sorted(spans)]
    for window, cut in zip(windows, cut_windows(pieces, windows), strict=True):
        np.testing.assert_array_equal(cut, sound[window.start * 16 : window.end * 16])
