"""Where sound ends: planted speech, breaths and coughs in a room that hums at 20 dB."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.room import Levels, plain_levels
from asdelivered.align.line_edges import LINE_DIP, WORD_DIP, share_pauses, widen

Frames = tuple[int, int]

ROOM, BREATH, SPEECH = 40.0, 50.0, 80.0
NEAR = 3
"""Frames that loudness is smoothed over: no edge is surer."""


def room_with(*sounds: tuple[int, int, float]) -> Levels:
    """Ten seconds of levels in dB, with `sounds`: frames [start, end) and how loud."""
    loudness = np.full(1_000, ROOM, np.float32)
    for start, end, level in sounds:
        loudness[start:end] = level
    return plain_levels(loudness)


def close(found: list[Frames], expected: list[Frames]) -> bool:
    return bool(np.abs(np.array(found) - np.array(expected)).max() <= NEAR)


def test_an_edge_moves_to_where_its_sound_has_died_down() -> None:
    levels = room_with((300, 400, SPEECH), (280, 300, BREATH), (400, 430, BREATH))
    assert close(widen([(310, 390)], [], levels, WORD_DIP), [(280, 430)])


def test_silence_that_was_put_beside_a_line_is_not_its_room() -> None:
    levels = room_with((300, 400, SPEECH), (0, 280, 14.0), (430, 1_000, 14.0))
    assert close(widen([(300, 400)], [], levels, LINE_DIP), [(300, 400)])


def test_a_line_spans_a_longer_dip_than_a_word() -> None:
    levels = room_with((300, 400, SPEECH), (410, 430, SPEECH))
    assert close(widen([(300, 400)], [], levels, WORD_DIP), [(300, 400)])
    assert close(widen([(300, 400)], [], levels, LINE_DIP), [(300, 430)])


def test_applause_that_follows_is_no_part_of_the_line() -> None:
    levels = room_with((300, 400, SPEECH), (400, 900, SPEECH))
    assert close(widen([(300, 400)], [], levels, LINE_DIP), [(300, 400)])


BREATHS = [(130, 140, BREATH), (260, 270, BREATH)]
"""30 frames after the line before, 30 before the line after; 120 of quiet between the two."""


@pytest.mark.parametrize(
    ("sounds", "taken", "expected"),
    [
        (BREATHS, [], [(50, 140), (260, 400)]),
        # Sound that is known to be something else is not a breath.
        (BREATHS, [(255, 275)], [(50, 140), (300, 400)]),
        # What is far from both belongs to neither.
        ([(195, 205, BREATH)], [], [(50, 100), (300, 400)]),
        # The longest quiet parts them, wherever the middle is.
        ([(130, 140, BREATH), (145, 155, BREATH)], [], [(50, 155), (300, 400)]),
        # Sound all along the pause is somebody else's.
        ([(100, 300, SPEECH)], [], [(50, 100), (300, 400)]),
    ],
)
def test_each_line_has_the_sounds_of_its_side_of_the_pause(
    sounds: list[tuple[int, int, float]], taken: list[Frames], expected: list[Frames]
) -> None:
    levels = room_with((50, 100, SPEECH), (300, 400, SPEECH), *sounds)
    assert close(share_pauses([(50, 100), (300, 400)], taken, levels), expected)


@given(
    edges=st.lists(st.integers(0, 999), min_size=2, max_size=12, unique=True).map(sorted),
    loudness=st.lists(st.sampled_from([ROOM, BREATH, SPEECH]), min_size=100, max_size=100),
)
def test_lines_only_grow_and_never_overlap(edges: list[int], loudness: list[float]) -> None:
    lines = list(zip(edges[::2], edges[1::2], strict=False))
    levels = plain_levels(np.repeat(np.array(loudness, np.float32), 10))
    for wide in (share_pauses(lines, [], levels), widen(lines, [], levels, LINE_DIP)):
        assert all(new[0] <= old[0] and old[1] <= new[1] for new, old in zip(wide, lines, strict=True))
        assert all(before[1] <= after[0] for before, after in pairwise(wide))
        assert wide[0][0] >= 0
        assert wide[-1][1] <= 1_000
