"""Confidence: in order of the evidence, and never of what has no place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.forced_alignment import AlignedToken
from asdelivered.align.confidence import (
    confidences,
    gather_evidence,
    in_one_piece,
    least_fit,
    phrases_of,
    was_spoken,
)
from asdelivered.align.script import write_script
from asdelivered.transcripts.read import parse_transcript

FITS = st.floats(-60, 10)


def placed(*fits: float | None) -> list[AlignedToken | None]:
    return [None if fit is None else AlignedToken(20 * at, 20 * at + 20, fit) for at, fit in enumerate(fits)]


@given(st.lists(st.tuples(st.one_of(st.none(), FITS), st.booleans()), max_size=40))
def test_a_confidence_for_each_place_and_none_without(tokens: list[tuple[float | None, bool]]) -> None:
    fits = [fit for fit, _ in tokens]
    found = confidences(placed(*fits), [heard for _, heard in tokens])
    assert [sure is None for sure in found] == [fit is None for fit in fits]
    assert all(0 < sure < 1 for sure in found if sure is not None)
    assert gather_evidence(placed(*fits), [heard for _, heard in tokens]).shape == (len(tokens), 4)


def sure_of_third(fits: list[float | None], heard: list[bool]) -> float:
    sure = confidences(placed(*fits), heard)[3]
    assert sure is not None
    return sure


HEARD = [True, True, False, False, False, True, True]


def test_what_was_heard_is_surer() -> None:
    fits: list[float | None] = [-3.0] * 7
    assert sure_of_third(fits, [*HEARD[:3], True, *HEARD[4:]]) > sure_of_third(fits, HEARD)


def test_what_fits_better_is_surer() -> None:
    sures = [sure_of_third([-3.0, -3, -3, fit, -3, -3, -3], HEARD) for fit in (-9, -6, -4, -3)]
    assert sures == sorted(sures)
    assert sures[0] < sures[-1]


def test_what_stands_among_good_neighbours_is_surer() -> None:
    good = sure_of_third([-3.0] * 7, HEARD)
    assert sure_of_third([-3.0, -3, -8, -3, -8, -3, -3], HEARD) < good
    assert sure_of_third([-3.0, -3, None, -3, None, -3, -3], HEARD) < good


@pytest.mark.parametrize(("heard", "sure"), [(10, True), (9, False)])
def test_nothing_is_sure_where_next_to_nothing_was_recognised(heard: int, sure: bool) -> None:
    anchored = [*[True] * heard, *[False] * (100 - heard)]
    found = [one or 0.0 for one in confidences(placed(*[-1.0] * 100), anchored)]
    assert (max(found) > 0.9) == sure
    assert sure or max(found) == 0.75


@given(st.lists(FITS, min_size=3, max_size=12), st.floats(-20, 20))
def test_a_recording_that_fits_worse_all_over_is_not_doubted_for_it(fits: list[float], shift: float) -> None:
    heard = [True, *[False] * (len(fits) - 2), True]
    one = confidences(placed(*fits), heard)
    other = confidences(placed(*[fit + shift for fit in fits]), heard)
    assert one == pytest.approx(other, abs=1e-6)


def test_a_well_heard_text_is_believed_and_a_forced_one_is_not() -> None:
    sure = confidences(placed(*np.full(30, -3.0)), [True] * 30)
    assert min(value for value in sure if value is not None) > 0.9
    # Three words that nobody heard, badly fitting, in the middle of text that has no place.
    fits = [-3.0] * 10 + [None] * 10 + [-14.0] * 3 + [None] * 10
    doubtful = confidences(placed(*fits), [True] * 10 + [False] * 23)[20:23]
    assert max(value for value in doubtful if value is not None) < 0.35


def test_a_phrase_was_spoken_if_it_fits_and_most_of_it_was_found() -> None:
    assert was_spoken(placed(-1, -2, -1), -3.75)
    assert not was_spoken(placed(-5, -4, -4.5), -3.75)
    assert was_spoken(placed(-1, None, -1), -3.75)
    assert not was_spoken(placed(-1, *[None] * 6), -3.75)
    assert not was_spoken(placed(None, None), -3.75)
    # One word said quite differently.
    assert was_spoken(placed(-1, -40, -2), -3.75)


@pytest.mark.parametrize(
    ("found", "of", "spoken"),
    [
        (1, 4, True),
        (1, 5, False),
        (1, 6, False),
        (2, 6, True),
        (2, 7, True),
        (2, 8, False),
        (3, 11, True),
        (3, 12, False),
    ],
)
def test_a_quarter_of_a_long_phrase_is_none_of_it_however_well_it_fits(
    found: int, of: int, spoken: bool
) -> None:
    assert was_spoken(placed(*[0.5] * found, *[None] * (of - found)), -4.4) == spoken


@given(st.lists(FITS, min_size=1, max_size=30))
def test_less_is_asked_of_a_recording_that_fits_badly_but_never_nothing(fits: list[float]) -> None:
    assert -4.4 <= least_fit(placed(*fits)) <= -3.75
    assert least_fit(placed(*fits)) <= least_fit(placed(*[fit + 1 for fit in fits]))


def planted(*starts: int) -> list[AlignedToken | None]:
    """Tokens of 0.3 s that start at these frames; -1: none."""
    return [None if start < 0 else AlignedToken(start, start + 30, -0.5) for start in starts]


@pytest.mark.parametrize(
    ("starts", "anchored", "kept"),
    [
        # The end of a sentence, found 26 s later; or its beginning, as long before.
        ((100, 130, 160, 190, 2_800, 2_830), "......", (100, 130, 160, 190, -1, -1)),
        ((100, 130, 2_800, 2_830, 2_860), ".....", (-1, -1, 2_800, 2_830, 2_860)),
        # Words that were missed in between make no difference.
        ((100, 130, -1, -1, 160, 2_800), "......", (100, 130, -1, -1, 160, -1)),
        # What was recognised there was said there: the speaker was interrupted.
        ((100, 130, 160, 2_800, 2_830), "...##", (100, 130, 160, 2_800, 2_830)),
        # Nine seconds may be a pause.
        ((100, 130, 160, 1_090, 1_120), ".....", (100, 130, 160, 1_090, 1_120)),
        ((-1, -1), "..", (-1, -1)),
        ((), "", ()),
    ],
)
def test_a_sentence_is_not_torn(starts: tuple[int, ...], anchored: str, kept: tuple[int, ...]) -> None:
    assert in_one_piece(planted(*starts), [mark == "#" for mark in anchored]) == planted(*kept)


def phrases_in(text: str, gaps: list[int] | None = None, missing: int | None = None) -> list[list[str]]:
    """Return the words of each phrase of a text, each word so many frames after the one before it."""
    script = write_script(parse_transcript(text, path="page.txt", sha256="0" * 64, language="en"))
    words = [word for _, line in script.lines for word in line.text.split()]
    at, placed = 0, []
    for number in range(len(words)):
        at += (gaps or [0] * len(words))[number]
        placed.append(None if number == missing else AlignedToken(at, at + 10, -1.0))
        at += 10
    return [words[start:end] for start, end in phrases_of(script.tokens, placed)]


def test_words_on_lines_of_their_own_are_one_phrase_where_they_are_said_in_one_breath() -> None:
    assert phrases_in("we\nknew\nit\nfrom\nthe\nstart\n") == [["we", "knew", "it", "from", "the", "start"]]
    assert phrases_in("we\nknew\nit.\nnobody\ndid\n") == [["we", "knew", "it."], ["nobody", "did"]]
    assert phrases_in("apple\npear\nplum\n", [0, 40, 3]) == [["apple"], ["pear", "plum"]]
    assert phrases_in("we\nknew\nit\n", missing=1) == [["we"], ["knew"], ["it"]]


def test_a_long_line_is_a_phrase_but_for_the_last_words_of_its_sentence() -> None:
    assert phrases_in("we knew it from the\nstart and nobody said so\nto us.\n") == [
        ["we", "knew", "it", "from", "the"],
        ["start", "and", "nobody", "said", "so", "to", "us."],
    ]


@given(
    st.lists(
        st.sampled_from(["we knew", "it", "so.", "nobody said it. they did", "to us,"]),
        min_size=1,
        max_size=9,
    ),
    st.lists(st.integers(0, 20), min_size=45, max_size=45),
)
def test_phrases_are_all_of_the_text_once(lines: list[str], gaps: list[int]) -> None:
    words = " ".join(lines).split()
    phrases = phrases_in("".join(f"{line}\n" for line in lines), gaps[: len(words)])
    assert [word for phrase in phrases for word in phrase] == words
