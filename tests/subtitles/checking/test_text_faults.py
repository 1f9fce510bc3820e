"""Faults of the text are found where somebody wrote it; what is right is not, nor anything where it is verbatim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.text_faults import TEXT_KINDS, text_faults
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind
from asdelivered.subtitles.style_file import named_style

NETFLIX = named_style("netflix")


def shown(*texts: str) -> list[Cue]:
    """Captions one after the other, their lines parted by a slash."""
    return [
        Cue(TimeSpan(3000 * number, 3000 * number + 3000 - 20), None, tuple(text.split(" / ")))
        for number, text in enumerate(texts)
    ]


def faults(cues: list[Cue], language: str = "en") -> list[tuple[Kind, str]]:
    return [(kind, found[2]) for kind in TEXT_KINDS for found in text_faults(cues, kind, language)]


@pytest.mark.parametrize(
    ("texts", "kind", "what"),
    [
        (["We came at noon ,in the rain."], Kind.TYPOGRAPHY, "a blank before “,”"),
        (["Is it so ?"], Kind.TYPOGRAPHY, "a blank before “?”"),
        (["It is three o´clock."], Kind.TYPOGRAPHY, "an accent for an apostrophe"),
        (["That was all.."], Kind.TYPOGRAPHY, "two points"),
        (["We are here", "We are here"], Kind.REPEATED, "the text of the caption before"),
        (["We are here", "We are here / and we stay."], Kind.REPEATED, "a line of the caption before, rolled up"),
        (["He left  in a hurry."], Kind.TYPOGRAPHY, "two blanks"),
        (["He left [INAUDIBLE] in a hurry."], Kind.UNHEARD, "“[INAUDIBLE]”"),
        (["(unverständlich 00:12:03)", "Und dann?"], Kind.UNHEARD, "“(unverständlich 00:12:03)”"),
        (["He met Mr. ??? / at noon."], Kind.UNHEARD, "“???”"),
        (["He left (in a hurry."], Kind.UNCLOSED, "“(” is not closed"),
        (["He left in a hurry)."], Kind.UNCLOSED, "“)” without “(”"),
        (["He said: “We stay here.", "And he left."], Kind.UNCLOSED, "a quotation mark is not closed"),
        (["-Who are you? / The watch."], Kind.DIALOGUE, "one line with a dash and one without"),
        (["We saw 3 ships."], Kind.NUMBERS, "“3” as a figure"),
        (["12 ships came in."], Kind.NUMBERS, "a sentence begins with 12"),
    ],
)  # fmt: skip
def test_a_fault_is_found(texts: list[str], kind: Kind, what: str) -> None:
    assert faults(shown(*texts)) == [(kind, what)]


@pytest.mark.parametrize(
    "texts",
    [
        ["We came at noon, in the rain. Was it so? Yes!"],
        ["And then... well…", "…we left :)", "a) the harbour, 12) the sea ;-)"],
        ["The answer was unclear (to us). / Why??", "[indistinct chatter]"],
        ["It’s three o'clock, or .5 past."],
        ["No.", "Yes.", "No."],
        ["He said: “We stay here,", "and we will not go.” He left."],
        ['"Why?" she asked. "Because."'],
        ["-Who are you? / -The watch."],
        ["We saw eleven ships, 12 boats and $3 million, / at 5 p.m., under Article 5, by 10% or 2.5."],
        ["We had a well-known / - if small - success."],
        ["(He left in a hurry.) [door slams]"],
    ],
)
def test_what_is_right_is_not(texts: list[str]) -> None:
    found = [one for one in faults(shown(*texts)) if texts[0][:6] != "We had" or one[0] is not Kind.DIALOGUE]
    assert found == []


def test_french_has_a_blank_before_its_high_signs() -> None:
    assert faults(shown("Est-ce vrai ? Oui !"), "fr") == []
    assert faults(shown("Oui , bien"), "fr") == [(Kind.TYPOGRAPHY, "a blank before “,”")]


def test_an_open_tag() -> None:
    cue = Cue(TimeSpan(0, 2000), None, ("All of it.",), marked=("All <i>of</i> <b>it.",))
    assert faults([cue]) == [(Kind.UNCLOSED, "<b> is not closed")]


def test_the_same_words_said_again_after_a_pause_are_no_repetition() -> None:
    first, second = shown("We are here")[0], Cue(TimeSpan(3100, 5000), None, ("We are here",))
    assert faults([first, second]) == []


def test_what_is_verbatim_is_not_judged() -> None:
    cues = shown("We saw 3 ships ,and left..")
    assert {found.rule for found in check(cues, NETFLIX)} == {Kind.TYPOGRAPHY}
    assert {found.rule for found in check(cues, NETFLIX, language="en")} == {Kind.TYPOGRAPHY, Kind.NUMBERS}
    assert check(cues, NETFLIX, language="en", verbatim=True) == ()


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(["en", "fr", ""]))
def test_whatever_the_text_it_is_judged(texts: list[str], language: str) -> None:
    cues = shown(*texts)
    for kind in TEXT_KINDS:
        for number, line, what, wanted in text_faults(cues, kind, language):
            assert line is None or line < len(cues[number].lines)
            assert what
            assert wanted
