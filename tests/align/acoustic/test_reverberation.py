"""Echoes after lines: a planted room that rings, the same without one, and sounds of a line's own within its echo."""

import numpy as np
import pytest

from asdelivered.align.acoustic.reverberation import with_echoes
from asdelivered.align.acoustic.room import LEAST_ABOVE, Floats, Levels, is_own, levels_between

ROOM, SPEECH = 30.0, 80.0
LINES = [(400 * number + 100, 400 * number + 300) for number in range(12)]
"""Twelve lines of 2 s, with 2 s between them."""
COUNT = LINES[-1][1] + 200
FALLS = [100.0, 75.0, 50.0]
"""Decibels a second: rooms of 0.6, 0.8 and 1.2 s."""


def heard(fall: float, ringing: int = len(LINES)) -> Floats:
    """Return the loudness in dB (frames,) of the lines, of which so many are said in a room where sound falls so."""
    chance = np.random.default_rng(1)
    loudness = chance.normal(ROOM, 0.6, COUNT)
    for number, (start, end) in enumerate(LINES):
        loudness[start:end] = chance.normal(SPEECH, 5.0, end - start)
        after = np.arange(COUNT - end)
        if number < ringing:
            echo = SPEECH - 5.0 - fall / 100 * after + chance.normal(0.0, 1.5, len(after))
            loudness[end:] = np.maximum(loudness[end:], echo)
    return loudness.astype(np.float32)


def levels(loudness: Floats) -> Levels:
    return with_echoes(levels_between(loudness, LINES, []), LINES)


def own_after(number: int, found: Levels) -> int:
    """Return how many frames, from 60 ms to 1.5 s after a line, may be the line's own sound."""
    end = LINES[number][1]
    return int(is_own(LINES[number], slice(end + 6, end + 150), found).sum())


@pytest.mark.parametrize("fall", FALLS)
def test_the_echo_of_each_line_is_the_room(fall: float) -> None:
    loudness = heard(fall)
    without = levels_between(loudness, LINES, [])
    for number in range(len(LINES)):
        assert own_after(number, without) > 20
        assert own_after(number, levels(loudness)) == 0


@pytest.mark.parametrize("ringing", [0, 3, 5])
def test_where_fewer_than_half_of_the_lines_ring_nothing_changes(ringing: int) -> None:
    loudness = heard(75.0, ringing)
    before = levels_between(loudness, LINES, [])
    assert np.array_equal(levels(loudness).even, before.even)


def test_lines_that_die_away_each_at_a_pace_of_its_own_are_no_room() -> None:
    loudness = heard(75.0, 0)
    for number, (_, end) in enumerate(LINES):
        after = np.arange(100)
        fall = 0.3 + 0.15 * number
        loudness[end : end + 100] = np.maximum(loudness[end : end + 100], 75.0 - fall * after)
    before = levels_between(loudness, LINES, [])
    assert np.array_equal(levels(loudness).even, before.even)


def test_a_sound_that_stands_above_the_echo_is_the_lines_own() -> None:
    loudness = heard(75.0)
    end = LINES[4][1]
    loudness[end + 20 : end + 45] = 70.0
    own = is_own(LINES[4], slice(end, end + 150), levels(loudness))
    assert own[22:44].all()
    assert not own[60:].any()


def test_an_echo_never_makes_the_room_quieter_and_stays_in_its_pause() -> None:
    loudness = heard(75.0)
    before, after = levels_between(loudness, LINES, []), levels(loudness)
    assert (after.even >= before.even).all()
    for start, end in LINES:
        assert np.array_equal(after.even[start:end], before.even[start:end])
    assert after.even[LINES[0][1] + 20] > ROOM + LEAST_ABOVE


@pytest.mark.parametrize("count", [0, 1, 3])
def test_so_few_lines_tell_nothing(count: int) -> None:
    lines, loudness = LINES[:count], heard(75.0)
    before = levels_between(loudness, lines, [])
    assert np.array_equal(with_echoes(before, lines).even, before.even)
