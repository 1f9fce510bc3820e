"""Where a captioner would break, and where not."""

import pytest

from asdelivered.subtitles.breaks import BOUND, CLAUSE, PHRASE, PLAIN, SENTENCE, break_costs


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        ("peace.", "And", SENTENCE),
        ("peace.”", "And", SENTENCE),
        ("why?", "Because", SENTENCE),
        ("2022.", "In", SENTENCE),
        ("Rosa,", "and", CLAUSE),
        ("clear:", "We", CLAUSE),
        ("…", "and", CLAUSE),
        ("Oh!", "and", CLAUSE),
        ("–", "and", CLAUSE),
        ("people", "here", PLAIN),
        ("people", "and", PHRASE),
        ("today", "in", PHRASE),
        ("countries", "are", PHRASE),
        ("the", "war", BOUND),
        ("“the", "war", BOUND),
        ("in", "Ukraine", BOUND),
        ("Mr.", "Rutte", BOUND),
        ("join", "us", BOUND),
        ("join", "us,", BOUND),
        ("budget", "–", BOUND),
        ("184", "billion", BOUND),
        ("$184", "billion", BOUND),
    ],
)
def test_costs(before: str, after: str, cost: float) -> None:
    assert break_costs([before, after], "en") == [cost]


def test_names_are_kept_together() -> None:
    assert break_costs(["Mark", "Rutte"], "en")[0] > PLAIN


@pytest.mark.parametrize("before", ["U.S.", "J.", "Dr.", "e.g."])
def test_a_full_stop_that_ends_no_sentence(before: str) -> None:
    assert break_costs([before, "Army"], "en")[0] > CLAUSE


def test_a_region_is_no_other_language() -> None:
    assert break_costs(["the", "war"], "en-GB") == [BOUND]


def test_punctuation_counts_in_every_language() -> None:
    words = ["Das", "ist,", "wie", "gesagt,", "der", "Krieg.", "Und", "nun?"]
    assert break_costs(words, "de") == [PLAIN, CLAUSE, PLAIN, CLAUSE, PLAIN, SENTENCE, PLAIN]


@pytest.mark.parametrize("words", [[], ["one"]])
def test_nothing_to_break(words: list[str]) -> None:
    assert break_costs(words, "en") == []
