"""The room between lines: planted speech over floors that step, gates that close, music that never stops."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of, spans_of
from asdelivered.align.acoustic.room import (
    WORD_DIP,
    Floats,
    Levels,
    is_own,
    levels_between,
    plain_levels,
)
from asdelivered.align.line_edges import LINE_DIP, share_pauses, sound_end, widen

ZEROS, QUIET, ROOM, BREATH, SPEECH = 14.0, 30.0, 45.0, 55.0, 80.0
NEAR = 3
"""Frames over which loudness is smoothed: no edge is more precise."""
LINES = [(500 * number + 200, 500 * number + 350) for number in range(8)]
"""Eight lines of 1.5 s, with 3.5 s between them."""


def floor_of(level: float, count: int = 4_200) -> Floats:
    """Return the loudness in dB (frames,) of room noise: even, as noise is, to 0.6 dB."""
    return np.random.default_rng(1).normal(level, 0.6, count).astype(np.float32)


def with_speech(loudness: Floats, lines: list[FrameSpan]) -> Floats:
    """Return the loudness with speech in `lines`, which is as uneven as speech is."""
    for start, end in lines:
        loudness[start:end] = np.random.default_rng(start).normal(SPEECH, 5.0, end - start)
    return loudness


def settled(levels: Levels, lines: list[FrameSpan]) -> list[FrameSpan]:
    """Return where lines end up whose edges were found where they are."""
    words = widen(lines, [], levels, WORD_DIP)
    return share_pauses(widen(words, [], levels, LINE_DIP), [], levels)


def farthest(found: list[FrameSpan], expected: list[FrameSpan]) -> int:
    return int(np.abs(np.array(found) - np.array(expected)).max())


@given(st.integers(1, 2_000), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 900)), max_size=4))
def test_the_quietest_moment_near_a_frame_is_that_of_two_seconds_before_and_after(
    count: int, silent: list[tuple[int, int]]
) -> None:
    loudness = np.random.default_rng(count).normal(QUIET + 20, 5.0, count).astype(np.float32)
    for start, length in silent:
        loudness[start : start + length] = ZEROS
    put_in = mask_of([run for run in spans_of(loudness < QUIET) if run[1] - run[0] >= 200], count)
    windows = [slice(max(0, at - 5), at + 5) for at in range(count)]
    repeated = np.pad(loudness, 5, mode="edge")
    steady = np.array([repeated[at : at + 10].mean() for at in range(count)])
    heard = np.array([np.inf if put_in[near].any() else steady[at] for at, near in enumerate(windows)])
    lowest = np.array([heard[max(0, at - 200) : at + 200].min() for at in range(count)])
    expected = np.where(np.isinf(lowest), steady, lowest)
    np.testing.assert_allclose(plain_levels(loudness).quietest, expected, rtol=1e-5)


@pytest.mark.parametrize("lines", [LINES, LINES[:1]])
@pytest.mark.parametrize("between", [ZEROS, QUIET])
def test_a_room_that_lasts_beside_a_line_is_no_part_of_it(between: float, lines: list[FrameSpan]) -> None:
    loudness = floor_of(between)
    for start, end in lines:
        loudness[start - 40 : end + 40] = floor_of(ROOM)[: end - start + 80]
    levels = levels_between(with_speech(loudness, lines), lines, [])
    assert farthest(settled(levels, lines), lines) <= NEAR


def test_a_gate_that_closes_soon_after_each_line_leaves_no_tail_on_it() -> None:
    loudness = floor_of(QUIET)
    for number, (start, end) in enumerate(LINES):
        loudness[start - 5 : end + 15 + number] = floor_of(ROOM)[start - 5 : end + 15 + number]
    levels = levels_between(with_speech(loudness, LINES), LINES, [])
    ends = [end for _, end in settled(levels, LINES)]
    assert max(abs(found - end) for found, (_, end) in zip(ends, LINES, strict=True)) <= NEAR


def test_a_breath_as_short_belongs_to_its_line() -> None:
    loudness = floor_of(QUIET)
    start, end = LINES[3]
    loudness[start - 25 : start] = floor_of(ROOM)[:25]
    levels = levels_between(with_speech(loudness, LINES), LINES, [])
    assert farthest([settled(levels, LINES)[3]], [(start - 25, end)]) <= NEAR


def test_two_pauses_do_not_tell_what_comes_back() -> None:
    loudness = floor_of(QUIET)
    lines = LINES[:2]
    for _, end in lines:
        loudness[end : end + 20] = floor_of(ROOM)[:20]
    levels = levels_between(with_speech(loudness, lines), lines, [])
    assert farthest(settled(levels, lines), [(start, end + 20) for start, end in lines]) <= NEAR


def test_a_breath_in_a_room_that_is_loud_belongs_to_its_line() -> None:
    loudness = floor_of(ROOM)
    loudness[:100] = QUIET
    start, end = LINES[0]
    loudness[start - 25 : start] = BREATH
    levels = levels_between(with_speech(loudness, LINES), LINES, [])
    assert farthest([settled(levels, LINES)[0]], [(start - 25, end)]) <= NEAR


def test_a_room_a_little_louder_beside_a_line_is_no_part_of_it_if_it_is_too_loud_for_a_breath() -> None:
    loudness = floor_of(66.0)
    for start, end in LINES:
        loudness[start - 45 : end] += 3.6
    levels = levels_between(with_speech(loudness, LINES), LINES, [])
    assert farthest(widen(LINES, [], levels, LINE_DIP), LINES) <= NEAR


def test_a_click_where_the_room_becomes_louder_is_the_step() -> None:
    loudness = floor_of(ROOM)
    for _, end in LINES:
        loudness[end : end + 20] = floor_of(QUIET)[:20]
        loudness[end + 20 : end + 23] = SPEECH
    levels = levels_between(with_speech(loudness, LINES), LINES, [])
    assert farthest(settled(levels, LINES), LINES) <= NEAR


def test_no_edge_moves_through_music() -> None:
    # Struck strings: 7 dB up at each beat of 0.33 s, and down again until the next.
    beats = (70.0 - 7.0 * (np.arange(4_200) % 33) / 33 + np.repeat(np.arange(128) % 5, 33)[:4_200]).astype(
        np.float32
    )
    levels = levels_between(with_speech(beats, LINES), LINES, [])
    assert settled(levels, LINES) == LINES


def test_what_forced_alignment_takes_for_a_soft_ending_is_cut_off_where_it_is_the_room() -> None:
    levels = levels_between(with_speech(floor_of(ROOM), [(200, 350)]), [(200, 370)], [])
    assert abs(sound_end((200, 370), (320, 370), levels) - 350) <= NEAR
    # Never more than half of the word.
    assert sound_end((200, 370), (345, 370), levels) >= 358
    # Nothing is known of a word that nowhere exceeds the room.
    assert sound_end((200, 420), (400, 420), levels) == 420


def test_a_soft_ending_above_the_room_stays() -> None:
    loudness = floor_of(ROOM)
    loudness[350:370] = BREATH
    levels = levels_between(with_speech(loudness, [(200, 350)]), [(200, 370)], [])
    assert sound_end((200, 370), (320, 370), levels) == 370


@given(
    edges=st.lists(st.integers(0, 999), min_size=2, max_size=12, unique=True).map(sorted),
    loudness=st.lists(st.sampled_from([ZEROS, QUIET, ROOM, BREATH, SPEECH]), min_size=100, max_size=100),
)
def test_the_room_is_known_between_lines_and_lines_never_overlap(
    edges: list[int], loudness: list[float]
) -> None:
    lines = list(zip(edges[::2], edges[1::2], strict=False))
    levels = levels_between(np.repeat(np.array(loudness, np.float32), 10), lines, [])
    assert len(levels.smooth) == len(levels.quietest) == len(levels.even) == 1_000
    assert np.isfinite(levels.smooth).all()
    assert np.isfinite(levels.quietest).all()
    assert not np.isnan(levels.even).any()
    for start, end in lines:
        assert np.isneginf(levels.even[start:end]).all()
    found = settled(levels, lines)
    assert all(new[0] <= old[0] and old[1] <= new[1] for new, old in zip(found, lines, strict=True))
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(st.lists(st.sampled_from([QUIET, ROOM, SPEECH]), min_size=1, max_size=60))
def test_the_end_of_a_line_stays_in_the_latter_half_of_its_last_word(loudness: list[float]) -> None:
    count = 5 * len(loudness)
    levels = levels_between(np.repeat(np.array(loudness, np.float32), 5), [(0, count)], [])
    last = (count // 3, count)
    assert count - (count - last[0]) // 2 <= sound_end((0, count), last, levels) <= count


def own_after(tail: Floats) -> int:
    """Return how many frames of what follows a line of 80 dB, over a room of 62 dB, may be the line's own."""
    quiet, line = np.full(100, 62, np.float32), np.full(200, 80, np.float32)
    sound = np.concatenate([quiet, line, tail])
    quietest = np.full(len(sound), 62, np.float32)
    even = np.concatenate([quiet, line, tail])
    found = is_own(
        (100, 300), slice(300, len(sound)), Levels(sound, quietest, even, np.full_like(even, -np.inf))
    )
    return int(np.count_nonzero(found))


def test_what_gain_raises_is_the_room_and_what_falls_away_is_the_lines_own() -> None:
    assert own_after(np.linspace(65.8, 67, 60, dtype=np.float32)) == 0
    falling = np.concatenate([np.full(10, 66, np.float32), np.linspace(66, 63, 50, dtype=np.float32)])
    assert own_after(falling) >= 10
