"""Lines that a person should look at."""

import pytest

from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.doubts import DoubtKind, find_doubts


def doubts(text: str) -> list[tuple[str, DoubtKind]]:
    page = parse_transcript(text, path="", sha256="", language="en")
    return [(one.line.text, one.kind) for one in find_doubts(page)]


TALK = (
    "Welcome, all of you, to the old custom house.\n\nMAYOR LIND: Thank you for being here today.\n\n"
    "We have news about the bridge.\n\n{}\n\nIt opens in May.\n\nQUESTION: And the road?\n\nMAYOR LIND: Yes\n"
)
OPENING = ("Welcome, all of you, to the old custom house.", DoubtKind.NOBODY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Gerald Ostrow: that is who I owe it to.", DoubtKind.LABEL),
        ("The bridge and its keepers", DoubtKind.HEADING),
        ("The sitting was suspended at 6 p.m. and resumed at 6.30 p.m. in the old hall.", DoubtKind.SPEECH),
    ],
)
def test_a_line_in_doubt(line: str, kind: DoubtKind) -> None:
    assert doubts(TALK.format(line)) == [OPENING, (line, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "It is a good bridge.",
        "(Applause)",
        "[Mr Lind shows a plan of the bridge to all who are there, and its keepers.]",
        "First: the bridge.",
        "We said it: open!",
    ],
)
def test_what_is_clear(line: str) -> None:
    assert doubts(TALK.format(line)) == [OPENING]


def test_what_is_in_doubt_is_optional() -> None:
    lines = ("Gerald Ostrow: that is who I owe it to.", "The bridge and its keepers")
    page = parse_transcript(TALK.format("\n\n".join(lines)), path="", sha256="", language="en")
    optional = {
        line.text: (line.optional, len(line.tokens)) for _, line in page.lines_to_align() if line.optional
    }
    assert optional == {OPENING[0]: (9, 9), lines[0]: (2, 9), lines[1]: (5, 5)}


def test_what_counts_as_not_spoken_can_be_aligned() -> None:
    said = "The sitting was suspended at 6 p.m. and resumed at 6.30 p.m. in the old hall."
    page = parse_transcript(TALK.format(said), path="", sha256="", language="en")
    assert said not in [line.text for _, line in page.spoken_lines()]
    (line,) = [line for _, line in page.lines_to_align() if line.text == said]
    assert (line.kind, line.optional) == (LineKind.NOTE, len(line.tokens))
    assert [token.text for token in line.tokens] == said.split()


@pytest.mark.parametrize(
    "above", ["Members present: Ann Reed (Chair); Bob Vale; Cy Oak; Dee Pine; Eve Yew; Fay Elm; Guy Ash."]
)
def test_who_was_there_is_no_doubt(above: str) -> None:
    assert doubts(f"{above}\n\n" + TALK.format("It is good."))[1:] == []


def test_a_speech_by_one_person_leaves_no_doubt() -> None:
    assert doubts("Thank you all for coming.\n\nIt is good to be here.\n\nGood night.\n") == []


def test_lines_of_few_words_are_not_all_headings() -> None:
    assert doubts("so we came here\nand we saw the bridge\nand it was open\nat long last.\n") == []
