"""The report: what was found as it was found, what was not found only where it must be, and nothing made up."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.forced_alignment import AlignedToken
from asdelivered.align.confidence import judge
from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status
from asdelivered.align.interpolation import interpolate
from asdelivered.align.line_edges import Floats, settle_edges
from asdelivered.align.lines import said_once, write_lines
from asdelivered.align.pinning import NO_PINS
from asdelivered.align.placement import Placement
from asdelivered.align.script import Script, write_script
from asdelivered.align.values.timed_token import TimedToken
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.read import parse_transcript

MATCHED, PARTIAL, GUESSED, UNSPOKEN = Status.MATCHED, Status.PARTIAL, Status.INTERPOLATED, Status.UNSPOKEN
EVEN = np.zeros(4_000, np.float32)
"""A recording in which nothing stands out: no line ends later than its last word."""

Frames = tuple[int, int]


def script_of(*lines: str) -> Script:
    text = "".join(f"{line}\n" for line in lines)
    return write_script(parse_transcript(text, path="page.txt", sha256="0" * 64, language="en"))


def write(
    script: Script,
    places: Sequence[AlignedToken | None],
    garbage: list[Frames],
    loudness: Floats,
    speech: Sequence[TimeSpan] = (),
) -> tuple[AlignedLine, ...]:
    """Do what a pass does once the tokens are placed, in a recording of this loudness."""
    placement = Placement(tuple(places), tuple(place is not None for place in places), tuple(garbage))
    tokens = interpolate(judge(script, placement, NO_PINS), garbage)
    return write_lines(script, *settle_edges(tokens, garbage, loudness, speech))


def report(
    script: Script, places: list[Frames | None], garbage: list[Frames], fit: float = -1.0
) -> tuple[AlignedLine, ...]:
    tokens = [None if place is None else AlignedToken(*place, fit) for place in places]
    return write(script, tokens, garbage, EVEN)


def in_a_row(words: int, start: int = 100) -> list[Frames | None]:
    return [(start + 20 * at, start + 20 * at + 20) for at in range(words)]


def milliseconds(start: int, end: int) -> TimeSpan:
    """Frames are 25 ms long and 10 ms apart: sound that begins with a frame is in the middle of the overlap."""
    return TimeSpan(start * 10 + 8, end * 10 + 8)


FIVE = "Every boat keeps its place"


def test_a_recording_that_begins_with_its_first_word() -> None:
    (line,) = report(script_of(FIVE), in_a_row(5, start=0), [])
    assert line.span is not None
    assert line.span.start == 0


def test_words_stand_where_they_were_found() -> None:
    (line,) = report(script_of(FIVE), in_a_row(5), [])
    assert [word.text for word in line.words] == FIVE.split()
    assert [word.span for word in line.words] == [
        milliseconds(100 + at, 120 + at) for at in range(0, 100, 20)
    ]
    assert {word.status for word in line.words} == {MATCHED}
    assert (line.status, line.span, line.confidence) == (
        MATCHED,
        milliseconds(100, 200),
        pytest.approx(0.99, abs=0.01),
    )


def test_a_line_that_was_not_found_has_no_time() -> None:
    lines = report(script_of(FIVE, FIVE, FIVE), [*in_a_row(5), *[None] * 5, *in_a_row(5, 500)], [(200, 500)])
    assert [line.status for line in lines] == [MATCHED, UNSPOKEN, MATCHED]
    assert lines[1].span is None
    assert lines[1].confidence is None
    assert {(word.status, word.span, word.confidence) for word in lines[1].words} == {(UNSPOKEN, None, None)}


def test_of_two_like_lines_in_a_row_that_were_said_once_either_may_be_the_one() -> None:
    tokens = [
        TimedToken(token, MATCHED, TimeSpan(0, 100), 1.0)
        for token in script_of("Yes.", "yes", "No", FIVE, FIVE).tokens
    ]
    assert said_once(tokens, {0, 2, 3, 4}) == {0}
    assert said_once(tokens, {1, 2, 4}) == {1, 4}
    assert said_once(tokens, {0, 1, 3, 4}) == set()


@pytest.mark.parametrize(("found", "kept"), [(1, False), (3, True), (5, True)])
def test_a_phrase_of_which_too_little_was_found_was_not_spoken(found: int, kept: bool) -> None:
    script = script_of(f"{FIVE}. {FIVE}.")
    places = [*in_a_row(5), *in_a_row(5, 300)]
    places[5 + found :] = [None] * (5 - found)
    (line,) = report(script, places, [])
    assert [word.status for word in line.words[:5]] == [MATCHED] * 5
    assert [word.span is not None for word in line.words[5:]] == [kept] * found + [False] * (5 - found)
    assert line.status is (MATCHED if found == 5 else PARTIAL)


def test_a_phrase_that_is_not_believed_was_not_spoken() -> None:
    (line,) = report(script_of(FIVE), in_a_row(5), [], fit=-5.5)
    assert line.status is UNSPOKEN
    assert line.span is None


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_few_words_missed_over_unexplained_sound_share_it(missing: int) -> None:
    places = in_a_row(5)
    places[1 : 1 + missing] = [None] * missing
    gap = (120, 120 + 20 * missing)
    (line,) = report(script_of(FIVE), places, [gap])
    guessed = line.words[1 : 1 + missing]
    assert {word.status for word in guessed} == {GUESSED}
    spans = [word.span for word in guessed if word.span]
    assert len(spans) == missing
    assert TimeSpan(spans[0].start, spans[-1].end) == milliseconds(*gap)
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert all(word.confidence is not None and word.confidence <= 0.3 for word in guessed)
    assert line.status is PARTIAL


def test_a_longer_word_gets_the_greater_share() -> None:
    (line,) = report(
        script_of("Every boat a commissioner owns, keeps its place"),
        [*in_a_row(2), None, None, *in_a_row(4, 240)],
        [(140, 240)],
    )
    short, long = line.words[2].span, line.words[3].span
    assert short is not None
    assert long is not None
    assert long.duration > 4 * short.duration


def test_a_word_missed_over_silence_was_not_spoken() -> None:
    (line,) = report(script_of(FIVE), [(100, 120), None, *in_a_row(3, 140)], [])
    assert (line.words[1].status, line.words[1].span, line.words[1].confidence) == (UNSPOKEN, None, None)


def test_a_word_missed_where_there_is_no_room_was_not_spoken() -> None:
    (line,) = report(script_of(FIVE), [(100, 120), None, *in_a_row(3, 125)], [(120, 125)])
    assert line.words[1].span is None


def test_many_words_missed_in_a_row_are_not_guessed() -> None:
    script = script_of("Every boat now and then keeps its place here")
    places = in_a_row(9)
    places[2:6] = [None] * 4
    (line,) = report(script, places, [(140, 220)])
    assert [word.span for word in line.words[2:6]] == [None] * 4


INAUDIBLE = "My name is [inaudible] and I run the boat shop"


def test_what_was_inaudible_has_the_time_between_its_neighbours() -> None:
    (line,) = report(script_of(INAUDIBLE), [*in_a_row(3), None, *in_a_row(6, 220)], [(160, 220)])
    word = line.words[3]
    assert (word.text, word.status, word.span) == ("[inaudible]", GUESSED, milliseconds(160, 220))
    assert word.confidence is not None
    assert word.confidence <= 0.3
    # Nothing that the text has was missed.
    assert line.status is MATCHED


def test_nothing_inaudible_fits_into_a_twentieth_of_a_second() -> None:
    (line,) = report(script_of(INAUDIBLE), [*in_a_row(3), None, *in_a_row(6, 165)], [])
    assert line.words[3].span is None
    assert line.words[3].confidence is None


def test_beside_the_inaudible_a_missed_word_has_no_time() -> None:
    (line,) = report(script_of(INAUDIBLE), [*in_a_row(2), None, None, *in_a_row(6, 220)], [(140, 220)])
    assert [word.span for word in line.words[2:4]] == [None, milliseconds(140, 220)]


def test_an_inaudible_end_of_the_recording_has_no_time() -> None:
    (line,) = report(script_of("My name is Anna [inaudible]"), [*in_a_row(4), None], [(180, 900)])
    assert line.words[4].span is None


def test_a_dash_has_no_time() -> None:
    (line,) = report(
        script_of("Every boat – keeps its place"), [*in_a_row(2), None, *in_a_row(3, 200)], [(140, 200)]
    )
    assert (line.words[2].text, line.words[2].span, line.words[2].confidence) == ("–", None, None)
    assert line.status is MATCHED


def test_a_line_reaches_to_where_its_sound_ends() -> None:
    loud = np.zeros(4_000, np.float32)
    loud[85:220] = 40
    tokens = [AlignedToken(start, start + 20, -1.0) for start in range(100, 200, 20)]
    (line,) = write(script_of(FIVE), tokens, [], loud)
    assert line.span is not None
    assert line.span.start == pytest.approx(850, abs=40)
    assert line.span.end == pytest.approx(2_200, abs=40)
    assert line.words[0].span == TimeSpan(line.span.start, 1_208)
    assert line.words[-1].span == TimeSpan(1_808, line.span.end)


def test_a_line_begins_with_its_breath_and_its_first_word_does_not() -> None:
    loud = np.zeros(4_000, np.float32)
    loud[60:85] = 20
    loud[95:200] = 40
    tokens = [AlignedToken(start, start + 20, -1.0) for start in range(100, 200, 20)]
    (line,) = write(script_of(FIVE), tokens, [], loud)
    assert line.span is not None
    assert line.words[0].span is not None
    assert line.span.start == pytest.approx(600, abs=40)
    assert line.words[0].span.start == pytest.approx(950, abs=40)


PAGE = script_of(
    f"{FIVE}. We can do it again.",
    INAUDIBLE,
    "Never.",
    "[inaudible]",
    "So – that is, in 2027, 7 to 8% more … or not.",
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.0, 0.1, 0.4, 0.9]))
def test_whatever_was_found_times_go_forward_and_null_has_no_confidence(seed: int, lost: float) -> None:
    rng = random.Random(seed)
    now = 1
    places: list[AlignedToken | None] = []
    garbage: list[Frames] = []
    for token in PAGE.tokens:
        for kind in rng.choices(["nothing", "pause", "garbage"], [8, 1, 1], k=2):
            length = rng.randint(1, 150) if kind != "nothing" else 0
            if kind == "garbage":
                garbage.append((now, now + length))
            now += length
        if not token.pronunciations or rng.random() < lost:
            places.append(None)
            continue
        length = rng.randint(3, 60)
        places.append(AlignedToken(now, now + length, rng.uniform(-10, 0)))
        now += length
    loudness = np.repeat(np.random.default_rng(seed).uniform(0, 60, now // 10 + 50), 10).astype(np.float32)
    lines = write(PAGE, places, garbage, loudness)

    assert [[word.text for word in line.words] for line in lines] == [
        [token.text for token in line.tokens] for _, line in PAGE.lines
    ]
    before = end_of_line = 0
    for line in lines:
        for word in line.words:
            check_nulls(word)
            if word.span:
                assert before <= word.span.start < word.span.end
                before = word.span.end
        spans = [word.span for word in line.words if word.span]
        check_nulls(line)
        assert (line.span is not None) == bool(spans)
        if line.span:
            assert end_of_line <= line.span.start <= spans[0].start
            assert spans[-1].end <= line.span.end
            end_of_line = line.span.end
    for place, word in zip(places, (word for line in lines for word in line.words), strict=True):
        if word.status is MATCHED:
            assert place is not None


def check_nulls(entry: AlignedLine | AlignedWord) -> None:
    assert (entry.span is None) == (entry.confidence is None) == (entry.status is UNSPOKEN)
    assert entry.confidence is None or 0 <= entry.confidence <= 1


def test_somebody_who_goes_on_talking_beside_a_line_is_somebody_else() -> None:
    loudness = np.full(4_000, 40, np.float32)
    loudness[100:200] = 70
    loudness[200:262] = 55 + 5 * np.sin(np.arange(62))  # sound after the line that dies down 0.6 s later
    places = [AlignedToken(start, start + 20, -1.0) for start in range(100, 200, 20)]
    (alone,) = write(script_of(FIVE), places, [], loudness, [TimeSpan(900, 2_150)])
    (beside,) = write(script_of(FIVE), places, [], loudness, [TimeSpan(900, 2_800)])
    (torn,) = write(script_of(FIVE), [*places[:-1], None], [], loudness, [TimeSpan(900, 2_800)])
    assert alone.span is not None
    assert beside.span is not None
    assert torn.span is not None
    assert abs(alone.span.end - 2_620) < 50
    assert abs(beside.span.end - 2_008) < 50
    assert torn.span.end > 2_500  # its last word was not found: that may be it
    loudness[200:262] += 12
    (loud,) = write(script_of(FIVE), places, [], loudness, [TimeSpan(900, 2_800)])
    assert loud.span is not None
    assert abs(loud.span.end - 2_620) < 50  # as loud as the line: its own


# 30 dB below the voice it may be a breath, 15 dB below it is hardly the line's own.
@pytest.mark.parametrize(("level", "most"), [(50, 1.0), (65, 0.7)])
def test_a_line_whose_edge_moved_far_through_loud_sound_is_not_sure(level: float, most: float) -> None:
    loudness = np.full(4_000, 30, np.float32)
    loudness[100:200] = 80
    loudness[70:100] = level + 4 * np.sin(np.arange(30))  # what is even would be the room
    places = [AlignedToken(start, start + 20, -1.0) for start in range(100, 200, 20)]
    (line,) = write(script_of(FIVE), places, [], loudness)
    assert line.span is not None
    assert line.confidence is not None
    assert abs(line.span.start - 708) < 50
    # Its first word, longer by 0.3 s, is less sure as well.
    assert line.confidence == pytest.approx(min(most, 0.94), abs=0.01)


def test_a_line_in_music_without_a_pause_is_less_sure_than_one_in_a_quiet_room() -> None:
    notes = np.where(np.arange(4_000) % 20 < 10, 70, 60).astype(np.float32)
    quiet = np.full(4_000, 30, np.float32)
    places = [AlignedToken(start, start + 20, -1.0) for start in range(1_500, 1_600, 20)]
    found = []
    for loudness in (notes, quiet):
        loudness[1_500:1_600] = 80
        (line,) = write(script_of(FIVE), places, [], loudness)
        found.append(line.confidence or 0.0)
    assert found[0] == pytest.approx(0.85)
    assert found[1] > 0.95


@pytest.mark.parametrize(
    ("places", "anchored", "timed"),
    [
        ({5: (100, 120)}, (), []),  # one word of four, and nothing near it
        ({5: (100, 120), 6: (120, 140), 7: (140, 160)}, (), [5, 6, 7]),  # most of it
        ({5: (100, 120)}, (5,), [5]),  # it was recognised
        ({3: (80, 100), 5: (100, 120)}, (), []),  # two such words, neighbours
        ({3: (80, 100), 2: (60, 80), 1: (40, 60), 0: (20, 40), 5: (100, 120)}, (), [0, 1, 2, 3, 5]),
    ],
)
def test_a_word_alone_in_text_that_nobody_says_has_no_time(
    places: dict[int, Frames], anchored: tuple[int, ...], timed: list[int]
) -> None:
    script = script_of("Some ships stay here.", "No, we have none.", "They left in April.")
    tokens = tuple(
        AlignedToken(*places[at], -0.5) if at in places else None for at in range(len(script.tokens))
    )
    placement = Placement(tokens, tuple(at in anchored for at in range(len(tokens))), ())
    judged = judge(script, placement, NO_PINS)
    assert [at for at, token in enumerate(judged) if token.span] == timed


@pytest.mark.parametrize(
    ("missing", "fit", "timed"),
    [
        ((), -3.0, [0, 1, 2, 3, 4, 5, 6]),
        # A word that fits badly, between others in one breath.
        ((0, 1), -3.0, [2, 3, 4, 5, 6]),
        # Two words that fit as they may, of a sentence of which nothing else was found.
        ((0, 1, 2, 5, 6), -3.0, []),
        ((0, 1, 2, 5, 6), -0.5, [3, 4]),
    ],
)
def test_lines_of_one_word_are_judged_with_what_is_missing_beside_them(
    missing: tuple[int, ...], fit: float, timed: list[int]
) -> None:
    script = script_of("Some", "ships", "stay", "here", "for", "a", "year.")
    tokens = tuple(
        None
        if at in missing
        else AlignedToken(20 * at, 20 * at + 20, -5.0 if at == 4 and not missing else fit)
        for at in range(7)
    )
    judged = judge(script, Placement(tokens, (False,) * 7, ()), NO_PINS)
    assert [at for at, token in enumerate(judged) if token.span] == timed
