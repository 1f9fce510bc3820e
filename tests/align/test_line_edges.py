"""Where sound ends: planted speech, breaths and coughs in a room that hums at 20 dB."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.features import moment_of
from asdelivered.align.acoustic.network import Joint
from asdelivered.align.acoustic.room import Levels, plain_levels
from asdelivered.align.document.alignment import Status
from asdelivered.align.line_edges import (
    LINE_DIP,
    WORD_DIP,
    divide_at_pauses,
    settle_edges,
    share_pauses,
    widen,
    without_rooms,
)
from asdelivered.align.script import ScriptToken
from asdelivered.align.values.timed_token import TimedToken
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.model import TokenKind

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


def word(line: int, text: str, start: int, end: int) -> TimedToken:
    """A word of a line, frames [start, end)."""
    token = ScriptToken(line, 0, TokenKind.WORD, (text,), (), Joint.WORD, False)
    return TimedToken(token, Status.MATCHED, TimeSpan(moment_of(start), moment_of(end)), 1.0)


@pytest.mark.parametrize(
    ("sounds", "border", "expected"),
    [
        # The first word of the next line has the end of this one, and the pause.
        ([(300, 430, SPEECH), (445, 600, SPEECH)], 410, (430, 445)),
        # The last word of this line has the pause, and the beginning of the next one.
        ([(300, 380, SPEECH), (395, 600, SPEECH)], 410, (380, 395)),
        # A stop's closure is no pause.
        ([(300, 430, SPEECH), (435, 600, SPEECH)], 410, (410, 410)),
        # The longest pause is where the lines are divided already.
        ([(300, 400, SPEECH), (420, 430, SPEECH), (440, 600, SPEECH)], 410, (410, 410)),
        # A shorter one is there: the first sound of the next line is within the last word of this one.
        ([(300, 375, SPEECH), (395, 403, SPEECH), (412, 600, SPEECH)], 408, (375, 395)),
        # No word is left with less than its letters take.
        ([(300, 470, SPEECH), (485, 600, SPEECH)], 410, (410, 410)),
    ],
)
def test_lines_that_touch_are_divided_at_the_pause_near_their_border(
    sounds: list[tuple[int, int, float]], border: int, expected: Frames
) -> None:
    tokens = [
        word(0, "to", 300, 340),
        word(0, "harbour", 340, border),
        word(1, "better", border, 480),
        word(1, "late", 480, 600),
    ]
    divided = divide_at_pauses(tokens, room_with(*sounds))
    assert [divided[0], divided[3]] == [tokens[0], tokens[3]]
    spans = [entry.span for entry in divided[1:3]]
    assert spans[0] is not None
    assert spans[1] is not None
    found = (spans[0].end, spans[1].start)
    assert all(abs(one - moment_of(other)) <= 10 * NEAR for one, other in zip(found, expected, strict=True))


def voice(count: int, seed: int = 1) -> list[float]:
    """The loudness of so many frames of speech, which is never even."""
    return list(np.random.default_rng(seed).normal(SPEECH, 4.0, count))


@pytest.mark.parametrize("hum", [SPEECH + 5, ROOM])
@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        # A rise, the room, the first word; the last word, the room.
        ([40, 60, 60, 60, 60], (400, 520)),
        # Too short for a room: a drawn-out vowel, a stop's closure.
        ([40, 25, 95, 95, 25], (300, 580)),
        # No word is left with less than its letters take.
        ([40, 60, 20, 20, 60], (300, 500)),
    ],
)
def test_the_first_and_last_word_of_a_line_lose_the_room_that_they_took(
    frames: list[int], expected: Frames, hum: float
) -> None:
    rise, before, first, last, after = frames
    starts = 300 + np.cumsum([0, rise + before + first, last + after])
    loudness = np.array(
        [*[ROOM] * 300, *voice(rise), *[hum] * before, *voice(first + last, 2), *[hum] * after, *voice(100)],
        np.float32,
    )
    tokens = [word(0, "harbour", starts[0], starts[1]), word(0, "better", starts[1], starts[2])]
    own = without_rooms(tokens, loudness)
    found = [entry.span for entry in own]
    assert found[0] is not None
    assert found[1] is not None
    assert close([(found[0].start // 10, found[1].end // 10)], [expected])


def test_lines_with_a_pause_between_them_keep_their_edges() -> None:
    tokens = [word(0, "harbour", 300, 400), word(1, "better", 420, 520)]
    sounds = room_with((300, 350, SPEECH), (370, 400, SPEECH), (420, 440, SPEECH), (460, 520, SPEECH))
    assert divide_at_pauses(tokens, sounds) == tokens


def test_no_edge_moves_into_applause_though_the_detector_takes_its_beginning_for_speech() -> None:
    loudness = np.full(1_000, ROOM, np.float32)
    loudness[300:400] = SPEECH
    # Many hands are now louder and now less loud.
    claps = np.arange(412, 612)
    loudness[claps] = np.where((claps - 412) % 20 < 15, SPEECH, ROOM)
    tokens = [word(0, "harbour", 300, 350), word(0, "better", 350, 400)]
    talking = [TimeSpan(2_900, 4_250)]
    _, spans, _ = settle_edges(tokens, [], loudness, talking)
    assert close([(300, spans[0].end // 10)], [(300, 400)])


@pytest.mark.parametrize("claps", [(380, 520), (180, 320)])
def test_a_line_over_whose_last_or_first_word_there_is_applause_is_not_sure(claps: Frames) -> None:
    loudness = np.array([*[ROOM] * 300, *voice(100), *[ROOM] * 400], np.float32)
    tokens = [word(0, "harbour", 300, 350), word(0, "better", 350, 400)]
    _, _, most = settle_edges(tokens, [], loudness)
    assert most[0] == 1.0
    at = np.arange(*claps)
    loudness[at] = np.where(at % 10 < 7, SPEECH, SPEECH - 20.0)
    _, _, most = settle_edges(tokens, [], loudness)
    assert most[0] <= 0.85


@pytest.mark.parametrize(("text", "sure"), [("so", False), ("straightforward", True), ("2022", True)])
def test_a_line_whose_last_word_lasts_longer_than_anybody_says_it_is_not_sure(text: str, sure: bool) -> None:
    loudness = np.array([*[ROOM] * 300, *voice(200), *[ROOM] * 300], np.float32)
    tokens = [word(0, "harbour", 300, 350), word(0, text, 350, 500)]
    _, _, most = settle_edges(tokens, [], loudness)
    assert most[0] == (1.0 if sure else 0.85)


def test_a_line_whose_first_word_had_taken_the_room_is_not_sure() -> None:
    loudness = np.array([*[ROOM] * 300, *[SPEECH + 5] * 60, *voice(140), *[ROOM] * 300], np.float32)
    tokens = [word(0, "harbour", 300, 430), word(0, "better", 430, 500)]
    _, spans, most = settle_edges(tokens, [], loudness)
    assert close([(spans[0].start // 10, 500)], [(360, 500)])
    assert most[0] <= 0.85
    _, _, most = settle_edges([word(0, "harbour", 360, 430), tokens[1]], [], loudness)
    assert most[0] == 1.0


@pytest.mark.parametrize(
    ("talking", "expected"),
    [
        # The detector hears nobody within the first word, and nobody at the end of the last.
        ([(250, 330), (345, 490)], (345, 490)),
        # It misses a part at their edges, shorter than that of a softly said word may be.
        ([(310, 520)], (300, 530)),
        # Nobody at all is heard: the detector is no judge of that.
        ([(600, 700)], (300, 530)),
    ],
)
def test_a_long_word_at_the_edge_of_a_line_ends_where_nobody_talks(
    talking: list[Frames], expected: Frames
) -> None:
    loudness = np.array([*[ROOM] * 300, *voice(230), *[ROOM] * 300], np.float32)
    tokens = [word(0, "harbour", 300, 400), word(0, "better", 400, 530)]
    speech = [TimeSpan(10 * start, 10 * end) for start, end in talking]
    own = [entry.span for entry in without_rooms(tokens, loudness, speech)]
    assert own[0] is not None
    assert own[1] is not None
    assert close([(own[0].start // 10, own[1].end // 10)], [expected])


def test_a_short_word_does_not_end_where_the_detector_hears_nobody() -> None:
    loudness = np.array([*[ROOM] * 300, *voice(150), *[ROOM] * 300], np.float32)
    tokens = [word(0, "harbour", 300, 375), word(0, "better", 375, 450)]
    assert without_rooms(tokens, loudness, [TimeSpan(3_400, 4_000)]) == tokens


@pytest.mark.parametrize(
    ("first", "rest", "sure"),
    [
        ((300, 340), 400, True),
        # Learners pause for long, after a word as long as any.
        ((300, 340), 490, True),
        ((300, 340), 560, False),
        # A word of seven letters in 60 ms, and a pause.
        ((300, 306), 380, False),
        ((300, 306), 340, True),
    ],
)
def test_a_line_of_which_the_first_word_lies_far_from_the_rest_is_not_sure(
    first: Frames, rest: int, sure: bool
) -> None:
    later = [word(0, "than", rest, rest + 40), word(0, "late", rest + 40, rest + 80)]
    tokens = [word(0, "harbour", *first), *later]
    loudness = np.full(900, ROOM, np.float32)
    for start, end in (first, (rest, rest + 80)):
        loudness[start:end] = voice(end - start)
    _, _, most = settle_edges(tokens, [], loudness)
    assert most[0] == (1.0 if sure else 0.85)


def test_lines_end_before_their_echo_and_one_that_may_end_within_it_is_not_sure() -> None:
    chance = np.random.default_rng(3)
    lines = [(400 * number + 100, 400 * number + 300) for number in range(10)]
    loudness = chance.normal(ROOM, 0.6, 4_200)
    for start, end in lines:
        loudness[start:end] = SPEECH + 4.0 * np.sin(np.arange(end - start) / 7.0)
        loudness[end : end + 150] = np.maximum(
            loudness[end : end + 150], SPEECH - 3.0 - 0.75 * np.arange(150)
        )
    # Forced alignment has put the last word of the fifth line into the echo.
    ends = [end + 30 if number == 4 else end for number, (_, end) in enumerate(lines)]
    tokens = [
        entry
        for number, ((start, _), end) in enumerate(zip(lines, ends, strict=True))
        for entry in (word(number, "harbour", start, start + 100), word(number, "better", start + 100, end))
    ]
    _, spans, most = settle_edges(tokens, [], loudness.astype(np.float32))
    assert all(spans[number].end <= moment_of(end) + 100 for number, end in enumerate(ends))
    assert [number for number, confidence in most.items() if confidence < 1.0] == [4]
