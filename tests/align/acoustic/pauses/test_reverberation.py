"""Echoes after lines: planted halls and walls, the same lines without one, and sounds of a line's own in its echo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from asdelivered.align.acoustic.pauses.reverberation import Room, echo_in, with_echoes
from asdelivered.align.acoustic.room import LEAST_ABOVE, Floats, Levels, is_own, levels_between

ROOM, SPEECH = 30.0, 80.0
LINES = [(400 * number + 100, 400 * number + 300) for number in range(12)]
"""Twelve lines of 2 s, with 2 s between them."""
COUNT = LINES[-1][1] + 200
SETTLED = 18
"""Frames after a line that stopped at its loudest in which that still stands above the echo."""


def dry() -> Floats:
    """Return the loudness in dB (frames,) of the lines where nothing rings: a syllable each 0.1 s."""
    chance = np.random.default_rng(1)
    loudness = chance.normal(ROOM, 0.6, COUNT).astype(np.float32)
    for start, end in LINES:
        syllables = np.arange(start, end + 10, 10)
        loudness[start:end] = np.interp(
            np.arange(start, end), syllables, chance.normal(SPEECH, 6.0, len(syllables))
        )
    return loudness


def in_hall(decibels: float, ringing: int = len(LINES)) -> Floats:
    """Return the loudness where sound falls by so many dB a second after the first so many lines."""
    loudness = dry()
    for start, end in LINES[:ringing]:
        before = loudness[start : end + 200]
        fallen = decibels / 100 * np.arange(len(before))
        echo = np.maximum.accumulate(before + fallen) - fallen - 3.0
        before[:] = np.maximum(before, echo + np.random.default_rng(start).normal(0.0, 1.0, len(before)))
    return loudness


def by_wall(delay: int, fall: float) -> Floats:
    """Return the loudness where all sound comes again, twice, each time so many frames later and so much quieter."""
    powers = 10 ** (dry() / 10)
    heard = powers.copy()
    for again in (1, 2):
        heard[again * delay :] += powers[: -again * delay] * 10 ** (-again * fall / 10)
    return np.asarray(10 * np.log10(heard), np.float32)


def found(loudness: Floats) -> Levels:
    return with_echoes(levels_between(loudness, LINES, []), LINES)


def own_after(number: int, levels: Levels) -> int:
    """Return how many frames, up to 1.5 s after a line, may be the line's own sound."""
    end = LINES[number][1]
    return int(is_own(LINES[number], slice(end + SETTLED, end + 150), levels).sum())


@pytest.mark.parametrize("loudness", [in_hall(100), in_hall(75), in_hall(50), by_wall(17, 9), by_wall(29, 8)])
def test_what_comes_again_after_each_line_is_the_room(loudness: Floats) -> None:
    without = levels_between(loudness, LINES, [])
    for number in range(len(LINES)):
        assert own_after(number, without) > 10
        assert own_after(number, found(loudness)) <= 2


@pytest.mark.parametrize("ringing", [0, 3, 5])
def test_where_fewer_than_half_of_the_lines_ring_nothing_does(ringing: int) -> None:
    assert np.isneginf(found(in_hall(75, ringing)).echo).all()


def test_lines_that_die_away_each_at_a_pace_of_its_own_are_no_room() -> None:
    loudness = dry()
    for number, (_, end) in enumerate(LINES):
        fall = 0.3 * 1.3**number
        loudness[end : end + 100] = np.maximum(loudness[end : end + 100], SPEECH - fall * np.arange(100))
    assert np.isneginf(found(loudness).echo).all()


def test_noise_that_goes_on_after_each_line_is_no_echo() -> None:
    loudness = dry()
    for _, end in LINES:
        loudness[end : end + 100] = SPEECH - 20
    assert np.isneginf(found(loudness).echo).all()


def test_a_sound_that_stands_above_the_echo_is_the_lines_own() -> None:
    loudness = in_hall(75)
    end = LINES[4][1]
    loudness[end + 20 : end + 45] = 72.0
    own = is_own(LINES[4], slice(end, end + 150), found(loudness))
    assert own[24:43].all()
    assert not own[60:].any()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_so_few_lines_tell_nothing(count: int) -> None:
    lines = LINES[:count]
    levels = levels_between(in_hall(75)[: 400 * count + 500], lines, [])
    assert np.isneginf(with_echoes(levels, lines).echo).all()


@given(
    arrays(np.float32, st.integers(0, 25), elements=st.floats(0, 90, width=32)),
    st.integers(1, 30),
    st.floats(2.5, 30),
)
def test_an_echo_is_what_was_heard_a_delay_before_or_earlier_and_has_fallen(
    loudness: Floats, delay: int, fall: float
) -> None:
    echo = echo_in(loudness, Room(delay, fall))
    for at, level in enumerate(echo):
        before = [loudness[then] - fall * (at - then) / delay for then in range(at - delay + 1)]
        assert level == pytest.approx(max(before, default=-np.inf), abs=0.01)
        assert level < loudness[: at + 1].max() + LEAST_ABOVE
