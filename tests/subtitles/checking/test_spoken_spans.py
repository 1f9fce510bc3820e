"""Cues find their words in an alignment, whatever was added to them or left out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from test_cues import alignment, line, said

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.spoken_spans import pairs, spoken_spans
from asdelivered.subtitles.model import Cue

EVENT = alignment(
    line(said("Thank you all for coming. It is a good day, and so it will be.", 1_000, each=100))
)


def spans(*texts: str) -> tuple[TimeSpan | None, ...]:
    return spoken_spans([Cue(TimeSpan(0, 1), None, (text,)) for text in texts], EVENT)


def test_each_cue_has_the_time_of_its_words() -> None:
    assert spans("Thank you all", "for coming.", "It is a good day,") == (
        TimeSpan(1_000, 1_300),
        TimeSpan(1_300, 1_500),
        TimeSpan(1_500, 2_000),
    )


def test_labels_sounds_and_edits_pair_with_nothing() -> None:
    assert spans(
        "ROSA: THANK YOU – all", "[applause]", "for coming here!", "It’s a good day and so it will be"
    ) == (
        TimeSpan(1_000, 1_300),
        None,
        TimeSpan(1_300, 1_500),
        TimeSpan(1_700, 2_500),
    )


def test_nothing_in_common() -> None:
    assert spans("Guten Morgen") == (None,)
    assert spoken_spans([], EVENT) == ()


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(WORDS, WORDS)
def test_pairs_run_forward_and_are_the_same_words(ours: list[str], theirs: list[str]) -> None:
    found = list(pairs(ours, theirs))
    assert all(ours[a] == theirs[b] for a, b in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


@given(WORDS)
def test_the_same_text_pairs_whole(words: list[str]) -> None:
    assert list(pairs(words, words)) == [(at, at) for at in range(len(words))]


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_part_left_out_costs_no_more_than_itself(first: int, second: int) -> None:
    words = [f"{number}" for number in range(300)]
    first, second = sorted((first, second))
    found = list(pairs(words[:first] + words[second:], words))
    assert len(found) == 300 - (second - first)
