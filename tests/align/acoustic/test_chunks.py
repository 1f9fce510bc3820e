"""Chunks: joined they are what came in, and they end where it is quiet."""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.chunks import Floats, cut_chunks
from asdelivered.align.acoustic.features import LOUDNESS

SECOND = 100


def sound(seed: int, frames: int) -> Floats:
    return np.random.default_rng(seed).normal(50, 10, (frames, LOUDNESS + 1)).astype(np.float32)


def in_blocks(whole: Floats, sizes: list[int]) -> Iterator[Floats]:
    at = 0
    for size in sizes:
        yield whole[at : at + size]
        at += size
    yield whole[at:]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 9_000), st.lists(st.integers(0, 4_000), max_size=8))
def test_joined_chunks_are_the_blocks_and_all_but_the_last_are_10_to_20_s(
    seed: int, frames: int, sizes: list[int]
) -> None:
    whole = sound(seed, frames)
    pieces = list(cut_chunks(in_blocks(whole, sizes)))
    assert np.array_equal(np.concatenate([whole[:0], *pieces]), whole)
    assert all(10 * SECOND <= len(piece) <= 20 * SECOND for piece in pieces[:-1])
    assert all(0 < len(piece) <= 20 * SECOND for piece in pieces[-1:])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.integers(0, 4_000), max_size=8))
def test_the_blocks_make_no_difference(seed: int, sizes: list[int]) -> None:
    whole = sound(seed, 7_000)
    one = [len(piece) for piece in cut_chunks([whole])]
    assert [len(piece) for piece in cut_chunks(in_blocks(whole, sizes))] == one


def test_a_chunk_ends_in_the_pause() -> None:
    whole = sound(1, 50 * SECOND)
    pauses = (14 * SECOND, 26 * SECOND, 43 * SECOND)
    for pause in pauses:
        whole[pause : pause + 40, LOUDNESS] = 10
    ends = np.cumsum([len(piece) for piece in cut_chunks([whole])])[:-1]
    assert len(ends) == 3
    for end, pause in zip(ends, pauses, strict=True):
        assert pause <= end <= pause + 40


def test_an_end_is_no_pause() -> None:
    """Nothing beyond the twentieth second may look quieter than the sound before it."""
    whole = np.full((30 * SECOND, LOUDNESS + 1), 50, np.float32)
    whole[12 * SECOND : 12 * SECOND + 30, LOUDNESS] = 49
    assert 12 * SECOND <= len(next(cut_chunks([whole]))) <= 12 * SECOND + 30


def test_nothing_is_no_chunk() -> None:
    assert list(cut_chunks([])) == []
    assert list(cut_chunks([sound(0, 0)])) == []
