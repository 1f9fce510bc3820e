"""Loud stretches: what is loud for 1.5 s while nobody talks, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.pauses.loud_stretches import loud_without_speech
from asdelivered.base.span import TimeSpan

ROOM, CLAPS = 40.0, 60.0
TALK = [TimeSpan(1_000, 3_000)]


@pytest.mark.parametrize(
    ("loud", "found"),
    [
        ([(300, 500)], [(301, 500)]),
        ([(300, 440)], []),  # too short
        ([(300, 380), (400, 500)], [(301, 500)]),  # a moment of quiet within
        ([(100, 300)], []),  # somebody talks
        ([(200, 500)], [(301, 500)]),
    ],
)
def test_loud_stretches(loud: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    loudness = np.full(1_000, ROOM, np.float32)
    for start, end in loud:
        loudness[start:end] = CLAPS
    assert loud_without_speech(loudness, TALK, []) == found


@given(
    st.lists(st.sampled_from([ROOM, CLAPS]), min_size=20, max_size=60),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 1_000)), max_size=4),
)
def test_they_are_in_order_and_never_over_speech_or_words(
    levels: list[float], spans: list[tuple[int, int]]
) -> None:
    loudness = np.repeat(np.array(levels, np.float32), 10)
    talk = [TimeSpan(start, start + length) for start, length in spans]
    for speech, words in ((talk, []), ([], talk)):
        found = loud_without_speech(loudness, speech, words)
        assert found == sorted(found)
        assert all(end - start >= 150 for start, end in found)
        taken = {at for span in talk for at in range(span.start // 10, span.end // 10 + 1)}
        assert not any(taken & set(range(start, end)) for start, end in found)
