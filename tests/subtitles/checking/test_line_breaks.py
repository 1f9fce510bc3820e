"""Lines that end inside what belongs together are found and mended where others fit, and no others."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.fix import Fixed, fix
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind, Rule, Severity, Style
from asdelivered.subtitles.style_file import named_style

NETFLIX, DCMP = named_style("netflix"), named_style("dcmp")


def cue(start: int, end: int, *lines: str) -> Cue:
    return Cue(TimeSpan(start, end), None, lines)


def breaks(made: list[Cue], style: Style, language: str = "en") -> list[tuple[str, str]]:
    """What is measured of the lines, and what would be better."""
    found = check(made, style, language=language)
    return [(one.measured, one.limit) for one in found if one.rule == Kind.LINE_BREAK]


@pytest.mark.parametrize(
    ("lines", "measured", "limit"),
    [
        (
            ("We have seen all of this in the", "last three years of the war."),
            "a line ends after “the”",
            "better: We have seen all of this / in the last three years of the war.",
        ),
        (
            ("China", "is substantially building up its forces."),
            "“China” alone on a line",
            "better: China is substantially building up / its forces.",
        ),
        (("Hello,", "world."), "on more lines than it needs", "better: Hello, world."),
        (
            ("(Rosa)", "We have seen all of this in the", "last three years of the war."),
            "a line ends after “the”",
            "better: (Rosa) / We have seen all of this / in the last three years of the war.",
        ),
    ],
)
def test_a_line_that_ends_where_it_should_not(lines: tuple[str, ...], measured: str, limit: str) -> None:
    style = NETFLIX
    if len(lines) > 2:
        rules = (rule for rule in NETFLIX.rules if rule.kind is not Kind.LINES)
        style = replace(NETFLIX, rules=(*rules, Rule(Kind.LINES, Fraction(3), Severity.ERROR, "a house")))
    assert breaks([cue(0, 6000, *lines)], style) == [(measured, limit)]


@pytest.mark.parametrize(
    "lines",
    [
        ("We have seen all of this", "in the last three years of the war."),
        ("-Who goes there?", "-The watch."),
        ("(Rosa)", "Yes, of course."),
        ("♪ We see the", "♪ light"),
        ("internationalisation-as-we-know-it", "is finished."),
        ("Are you in the", "[door slams] room?"),
    ],
)
def test_lines_that_are_as_good_as_others_or_a_speakers_own(lines: tuple[str, ...]) -> None:
    assert breaks([cue(0, 6000, *lines)], NETFLIX) == []


def test_a_sentence_that_begins_on_a_line_on_which_another_ends() -> None:
    made = [cue(0, 4000, "We did it. And it was all", "we had. Now we go on.")]
    found = [one for one in check(made, DCMP, language="en") if one.rule == Kind.NEW_SENTENCE]
    assert [(one.line, one.measured) for one in found] == [
        (1, "a sentence ends and another begins"),
        (2, "a sentence ends and another begins"),
    ]
    assert "new-sentence" not in {one.rule for one in check(made, NETFLIX, language="en")}
    short = [cue(0, 4000, "We did all that. Thank you.", "Yes. We have done it again.")]
    assert all(one.rule != Kind.NEW_SENTENCE for one in check(short, DCMP, language="en"))


def test_poor_lines_are_mended_with_the_words_and_their_italics() -> None:
    poor = replace(
        cue(0, 6000, "We have seen all of this in the", "last three years of the war."),
        marked=("We have seen <i>all</i> of this in the", "last three years of the war."),
    )
    fixed = fix([poor], NETFLIX)
    assert fixed.changes == ("1 cue given new line breaks",)
    assert fixed.cues[0].lines == ("We have seen all of this", "in the last three years of the war.")
    assert fixed.cues[0].marked == ("We have seen <i>all</i> of this", "in the last three years of the war.")
    assert fixed.cues[0].span == poor.span
    assert fix(fixed.cues, NETFLIX) == Fixed(fixed.cues, ())


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "We",
        "see",
        "peace,",
        "war.",
        "in",
        "that",
        "is",
        "Rosa",
        "Balfour",
        "and",
        "30",
        "years",
        "not",
    ]
)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=2, max_size=2),
    st.sampled_from([NETFLIX, DCMP]),
)
def test_lines_that_were_mended_are_found_no_fault_with(lines: list[list[str]], style: Style) -> None:
    made = [cue(0, 6000, *(" ".join(words) for words in lines))]
    fixed = fix(made, style).cues
    assert breaks(list(fixed), style) == []
    assert " ".join(" ".join(one.lines) for one in fixed).split() == [
        word for words in lines for word in words
    ]
