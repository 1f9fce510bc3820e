"""Pauses in which something goes on: planted voices and ticks, in all of them, in half a recording, or in one."""

from itertools import pairwise

import numpy as np
import pytest

from asdelivered.align.acoustic.frame_spans import Bools, FrameSpan, mask_of
from asdelivered.align.acoustic.pauses.busy_pauses import without_busy_pauses
from asdelivered.align.acoustic.room import Floats, levels_between

ROOM, SPEECH = 40.0, 80.0
LINES = [(500 * number + 200, 500 * number + 350) for number in range(40)]
"""Forty lines of 1.5 s, with 3.5 s between them: 200 s in all."""
COUNT = LINES[-1][1] + 200


def quiet_room() -> Floats:
    """Return the loudness in dB (frames,) of the lines in a quiet room."""
    loudness = np.random.default_rng(1).normal(ROOM, 0.6, COUNT).astype(np.float32)
    for start, end in LINES:
        loudness[start:end] = np.random.default_rng(start).normal(SPEECH, 5.0, end - start)
    return loudness


def pauses() -> list[FrameSpan]:
    return [(before[1], after[0]) for before, after in pairwise(LINES)]


def unknown(loudness: Floats, talk: list[FrameSpan]) -> list[bool]:
    """Return for each pause whether nothing in it can be told from the room, where `talk` is heard beside the lines."""
    talking: Bools = mask_of([*LINES, *talk], COUNT)
    levels = without_busy_pauses(levels_between(loudness, LINES, []), LINES, talking)
    return [bool(np.isposinf(levels.even[start:end]).all()) for start, end in pauses()]


def with_voice(loudness: Floats, spans: list[FrameSpan], level: float) -> Floats:
    for start, end in spans:
        loudness[start:end] = np.random.default_rng(start).normal(level, 5.0, end - start)
    return loudness


def test_a_quiet_room_is_left_as_it_is() -> None:
    assert not any(unknown(quiet_room(), []))


@pytest.mark.parametrize("below", [10.0, 20.0])
def test_a_quieter_voice_in_each_pause_leaves_no_edge_to_be_seen(below: float) -> None:
    talk = [(start + 20, end - 20) for start, end in pauses()]
    assert all(unknown(with_voice(quiet_room(), talk, SPEECH - below), talk))


def test_a_voice_as_loud_as_the_lines_is_another_turn() -> None:
    talk = [(start + 60, end - 60) for start, end in pauses()]
    assert not any(unknown(with_voice(quiet_room(), talk, SPEECH), talk))


def test_speech_that_the_text_lacks_does_not_crackle_though_its_sounds_are_short() -> None:
    loudness, talk = quiet_room(), [(start + 30, end - 30) for start, end in pauses()]
    for start, end in talk:
        for at in range(start, end - 6, 20):
            loudness[at : at + 6] = SPEECH
    assert not any(unknown(loudness, talk))


def test_a_voice_now_and_then_changes_nothing() -> None:
    talk = pauses()[::5]
    assert not any(unknown(with_voice(quiet_room(), talk, SPEECH - 15), talk))


def test_a_voice_in_the_second_half_leaves_the_first_as_it_is() -> None:
    talk = pauses()[20:]
    found = unknown(with_voice(quiet_room(), talk, SPEECH - 15), talk)
    assert not any(found[:14])
    assert all(found[26:])


@pytest.mark.parametrize(("every", "busy"), [(50, True), (1_700, False)])
def test_a_disc_that_crackles_leaves_no_edge_to_be_seen_but_one_that_ticks_at_times_does(
    every: int, *, busy: bool
) -> None:
    loudness = quiet_room()
    for at in range(0, COUNT - 4, every):
        loudness[at : at + 4] = np.maximum(loudness[at : at + 4], 62.0)
    assert set(unknown(loudness, [])) == {busy}


def test_too_few_pauses_tell_nothing() -> None:
    lines = LINES[:4]
    talk = pauses()[:3]
    loudness = with_voice(quiet_room(), talk, SPEECH - 15)
    levels = levels_between(loudness, lines, [])
    assert not np.isposinf(without_busy_pauses(levels, lines, mask_of([*lines, *talk], COUNT)).even).any()
