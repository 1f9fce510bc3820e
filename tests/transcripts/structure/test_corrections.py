"""What a person says of a page's labels holds, however the page writes their blanks and capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.corrections import Corrections, parse_speakers

PAGE = """\
Anna Reed: Good morning to all of you, and thank you for coming.
{label}: I thank you too, it is good to be here in the harbour.
Anna Reed: The harbour stays open, as you all know by now.
{label}: That is good news for all of us here today.
"""
BLANKS = st.lists(st.sampled_from(" \t\u00a0\u2003\u202f"), min_size=1, max_size=4).map("".join)


def turns(label: str, corrections: Corrections | None) -> list[str | None]:
    page = parse_transcript(
        PAGE.format(label=label), path="", sha256="", language="en", corrections=corrections
    )
    return [turn.speaker for turn in page.turns]


@pytest.mark.parametrize("entry", ["- Ben Ode", "-Ben  Ode", "- ben ode:", "-\tBEN\u00a0ODE"])
@pytest.mark.parametrize("label", ["Ben Ode", "Ben  Ode", "Ben\u00a0Ode", "BEN ODE"])
def test_what_is_never_a_label_is_none(label: str, entry: str) -> None:
    name = " ".join(label.split())
    assert turns(label, None) == ["Anna Reed", name, "Anna Reed", name]
    assert turns(label, parse_speakers(entry, "speakers.txt")) == ["Anna Reed", "Anna Reed"]


def test_nobody_else_is_forbidden() -> None:
    corrections = parse_speakers("- Ben Ode", "speakers.txt")
    assert not corrections.forbids("Ben")
    assert not corrections.forbids("BenOde")
    assert not corrections.forbids(None)
    assert not Corrections().forbids("Ben Ode")


@given(
    st.lists(st.from_regex(r"[A-Za-zÄÖÜäöüßéñłŚ]{1,8}", fullmatch=True), min_size=1, max_size=4),
    st.lists(BLANKS, min_size=8, max_size=8),
    st.booleans(),
)
def test_blanks_and_capitals_make_no_other_label(words: list[str], blanks: list[str], capitals: bool) -> None:
    """One rule for the labels of a speakers file: those that are none, and those that name somebody."""
    first = "".join(part for pair in zip(blanks[:4], words, strict=False) for part in pair)
    other = "".join(part for pair in zip(words, blanks[4:], strict=False) for part in pair)
    other = other.upper() if capitals else other.swapcase()
    assert parse_speakers(f"-{first}", "speakers.txt").forbids(other)
    assert parse_speakers(f"Ann Hill = {first}", "speakers.txt").name_of(other) == "Ann Hill"


@given(st.sampled_from(["Ben Ode", "BEN ODE", "Ben ODE"]), BLANKS)
def test_a_page_obeys_whatever_its_blanks(label: str, blank: str) -> None:
    corrections = parse_speakers("- Ben Ode", "speakers.txt")
    assert set(turns(label.replace(" ", blank), corrections)) == {"Anna Reed"}
