"""Sets of blocks as bytes, against Python's own sets; words' times as bytes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.document.alignment import AlignedWord, Status
from asdelivered.archive.postings import SHARD, count, count_within, pack, unpack, with_blocks, without_blocks
from asdelivered.archive.word_times import aligned_words, pack_times, unpack_times
from asdelivered.base.span import TimeSpan

FEW = st.sets(st.integers(0, SHARD - 1), max_size=50)


def array(blocks: set[int]) -> np.ndarray:
    return np.array(sorted(blocks), dtype=np.int64)


@given(FEW, st.integers(0, SHARD - 1), st.integers(0, 6000))
def test_blocks_come_back(some: set[int], first: int, length: int) -> None:
    blocks = some | set(range(first, min(SHARD, first + length)))
    data = pack(array(blocks))
    assert set(unpack(data).tolist()) == blocks
    assert count(data) == len(blocks)
    assert len(data) <= SHARD // 8


@given(FEW, FEW, st.booleans())
def test_added_and_taken_away_as_from_a_set(one: set[int], other: set[int], many: bool) -> None:
    one = one | set(range(0, SHARD, 16)) if many else one
    added = with_blocks(pack(array(one)), array(other)) if other else pack(array(one))
    assert set(unpack(added).tolist()) == one | other
    assert set(unpack(without_blocks(added, array(other))).tolist()) == one - other


@given(FEW, st.integers(0, SHARD), st.integers(0, SHARD), st.booleans())
def test_counted_within(some: set[int], one: int, other: int, many: bool) -> None:
    blocks = some | set(range(0, SHARD, 16)) if many else some
    first, last = min(one, other), max(one, other)
    assert count_within(pack(array(blocks)), first, last) == sum(first <= block < last for block in blocks)


def test_nothing_left_is_no_bytes() -> None:
    assert without_blocks(pack(array({3, 4})), array({3, 4, 5})) == b""


WORDS = st.builds(
    lambda start, length, thousandths: AlignedWord(
        "word", Status.MATCHED, TimeSpan(start, start + length), thousandths / 1000
    ),
    st.integers(0, 2**30),
    st.integers(0, 2**20),
    st.integers(0, 1000),
) | st.just(AlignedWord("word", Status.UNSPOKEN, None, None))


@given(st.lists(WORDS, max_size=40))
def test_times_come_back(words: list[AlignedWord]) -> None:
    assert aligned_words(["word"] * len(words), unpack_times(pack_times(words))) == tuple(words)
