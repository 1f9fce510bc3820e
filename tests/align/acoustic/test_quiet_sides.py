"""Quiet sides: planted turns of two voices, one of them quieter, and what must not be taken for that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.features import CEPSTRA, LOUDNESS, PER_DECIBEL, frames_of
from asdelivered.align.acoustic.quiet_sides import with_quiet_sides_raised
from asdelivered.align.acoustic.room import Floats
from asdelivered.base.span import TimeSpan

ROOM, SPEECH = 40.0, 80.0
TURN, PAUSE = 250, 50
"""Frames."""


def turns(levels: list[float]) -> tuple[Floats, list[TimeSpan]]:
    """Return the loudness in dB (frames,) of turns that are as loud as `levels`, and where they are."""
    chance = np.random.default_rng(1)
    loudness = chance.normal(ROOM, 0.6, len(levels) * (TURN + PAUSE))
    starts = range(0, len(loudness), TURN + PAUSE)
    for start, level in zip(starts, levels, strict=True):
        loudness[start : start + TURN] = chance.normal(level, 3.0, TURN)
    return loudness.astype(np.float32), [TimeSpan(10 * start, 10 * (start + TURN)) for start in starts]


def raised(loudness: Floats, speech: list[TimeSpan]) -> Floats:
    """Return by how many decibels each frame (frames,) is raised; nothing but the first cepstrum may change."""
    cepstra = np.random.default_rng(2).normal(size=(len(loudness), CEPSTRA)).astype(np.float32)
    found = with_quiet_sides_raised(cepstra, loudness, speech)
    assert np.array_equal(found[:, 1:], cepstra[:, 1:])
    return np.asarray((found[:, 0] - cepstra[:, 0]) / PER_DECIBEL, np.float32)


@pytest.mark.parametrize("below", [15.0, 20.0, 30.0])
@pytest.mark.parametrize("pattern", ["ab", "aab", "abb"])
def test_a_quieter_side_is_raised_to_the_other(below: float, pattern: str) -> None:
    sides = (pattern * 20)[:40]
    loudness, speech = turns([SPEECH if side == "a" else SPEECH - below for side in sides])
    up = raised(loudness, speech)
    for side, span in zip(sides, speech, strict=True):
        turn = up[span.start // 10 : span.end // 10]
        assert np.allclose(turn, 0.0 if side == "a" else below, atol=2.0)
        assert np.allclose(up[span.end // 10 : span.end // 10 + PAUSE], 0.0)


@pytest.mark.parametrize(
    "levels",
    [
        [SPEECH] * 40,
        [SPEECH - 6.0 * (number % 2) for number in range(40)],
        [SPEECH] * 39 + [SPEECH - 20.0],
        [],
    ],
    ids=["one voice", "a little quieter", "one remark", "nobody"],
)
def test_where_no_side_is_far_quieter_nothing_changes(levels: list[float]) -> None:
    assert not raised(*turns(levels)).any()


def test_another_gain_ten_minutes_later_is_no_quieter_side() -> None:
    loudness, speech = turns([SPEECH] * 400 + [SPEECH - 20.0] * 400)
    up = raised(loudness, speech)
    assert not up[: 60_000 * 12 // 10 - 60_000].any()
    assert not up[-60_000:].any()


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 900)), max_size=8))
def test_only_speech_is_raised_and_never_lowered(pieces: list[tuple[int, int]]) -> None:
    loudness, _ = turns([SPEECH, SPEECH - 20.0] * 5)
    speech = [TimeSpan(start, start + length) for start, length in sorted(pieces)]
    up = raised(loudness, speech)
    assert (up > -1e-3).all()
    inside = np.zeros(len(up), bool)
    for span in speech:
        inside[span.start // 10 : span.end // 10] = True
    assert not up[~inside].any()


def test_a_decibel_is_as_much_in_the_first_cepstrum_as_stated() -> None:
    sound = np.random.default_rng(4).normal(0.0, 1_000.0, 16_000)
    soft, loud = (next(iter(frames_of([(sound * gain).astype(np.int16)]))) for gain in (1.0, 10.0))
    assert np.median(loud[:, LOUDNESS] - soft[:, LOUDNESS]) == pytest.approx(20.0, abs=0.1)
    assert np.median(loud[:, 0] - soft[:, 0]) == pytest.approx(20.0 * PER_DECIBEL, rel=0.02)
