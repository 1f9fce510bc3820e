"""Ticks: planted clocks, and short sounds that are none."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest

from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.pauses.ticking import clicks_beside, ticks_between
from asdelivered.align.acoustic.room import Levels, levels_between

ROOM, SPEECH = 40.0, 80.0
LINES = [(400 * number + 200, 400 * number + 450) for number in range(12)]
"""Twelve lines of 2.5 s, with 1.5 s between them."""
PAUSES = [(before[1], after[0]) for before, after in pairwise(LINES)]


def levels(sounds: Sequence[tuple[int, int, float]], lines: list[FrameSpan] = LINES) -> Levels:
    """Return the levels of lines in a quiet room, with sounds: frames [start, end) and how loud, in dB."""
    chance = np.random.default_rng(1)
    loudness = chance.normal(ROOM, 0.6, LINES[-1][1] + 200).astype(np.float32)
    for start, end in LINES:
        loudness[start:end] = chance.normal(SPEECH, 5.0, end - start)
    for start, end, level in sounds:
        loudness[start:end] = level
    return levels_between(loudness, lines, [])


def in_pauses(level: Callable[[int], float], every: int = 1, length: int = 3) -> list[tuple[int, int, float]]:
    """Return a sound in each pause, or in every second one and so on, of which each has a level of its own."""
    return [
        (start + 40 + number, start + 40 + number + length, level(number))
        for number, (start, _) in enumerate(PAUSES)
        if number % every == 0
    ]


def assert_found(planted: list[tuple[int, int, float]], found: list[tuple[int, int]]) -> None:
    """Each planted sound is found, and little beside it."""
    assert len(found) == len(planted)
    for (start, end, _), (first, last) in zip(planted, found, strict=True):
        assert first <= start < end <= last
        assert last - first <= 9


@pytest.mark.parametrize("level", [52.0, 70.0, 95.0])
@pytest.mark.parametrize("every", [1, 2])
def test_what_comes_back_as_loud_in_most_pauses_ticks(level: float, every: int) -> None:
    planted = in_pauses(lambda number: level + number % 3, every)
    found = ticks_between(levels(planted), LINES)
    assert_found(planted, found)


@pytest.mark.parametrize(
    "sounds",
    [
        [],
        in_pauses(lambda _: 70.0, every=3),
        in_pauses(lambda number: 52.0 + 37 * number % 30),
        in_pauses(lambda _: 70.0, length=15),
    ],
    ids=["nothing", "in few pauses", "each as loud as it is", "too long"],
)
def test_other_sounds_do_not(sounds: list[tuple[int, int, float]]) -> None:
    assert ticks_between(levels(sounds), LINES) == []


def test_a_louder_sound_among_ticks_is_none() -> None:
    planted = in_pauses(lambda number: 90.0 if number == 4 else 60.0)
    found = ticks_between(levels(planted), LINES)
    assert len(found) == len(planted) - 1
    assert not any(first <= planted[4][0] < last for first, last in found)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_so_few_pauses_tell_nothing(count: int) -> None:
    lines = LINES[:count]
    assert ticks_between(levels(in_pauses(lambda _: 70.0)[:count], lines), lines) == []


REACH = 60


def bursts(after: int, apart: int, count: int = 4, level: float = SPEECH) -> list[tuple[int, int, float]]:
    """Return clicks of 30 ms, so many frames after each line and then `apart`, of a shutter or a keyboard."""
    first = [end + after for _, end in LINES]
    return [(at + apart * n, at + apart * n + 3, level) for at in first for n in range(count)]


@pytest.mark.parametrize("apart", [8, 15, 30])
def test_clicks_in_quick_succession_beside_a_line_are_found(apart: int) -> None:
    planted = bursts(6, apart, count=2)
    found = clicks_beside(levels(planted), LINES, REACH)
    assert_found(planted, found)


@pytest.mark.parametrize(
    "sounds",
    [
        bursts(6, 10, count=1),
        bursts(6, 40),
        bursts(6, 10, level=SPEECH - 25.0),
        bursts(70, 10, count=2),
        [(at, at + 12, SPEECH) for _, end in LINES for at in (end + 6, end + 26)],
    ],
    ids=["one", "slow", "the lips", "far away", "syllables"],
)
def test_other_sounds_beside_a_line_are_no_clicks(sounds: list[tuple[int, int, float]]) -> None:
    assert clicks_beside(levels(sounds), LINES, REACH) == []


def test_clicks_are_told_from_nothing_in_no_sound_at_all() -> None:
    assert clicks_beside(levels([]), [], REACH) == []
    assert clicks_beside(levels([]), [(0, LINES[-1][1] + 200)], REACH) == []
