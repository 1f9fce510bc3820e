"""Real pages, with what a person reads on them."""

import os
from datetime import date
from pathlib import Path

import pytest

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import read_transcript

WILD = Path(os.environ.get("ASDELIVERED_WILD", Path(__file__).parents[3] / "shared" / "wild")) / "pages"


@pytest.fixture(scope="module")
def read():
    pages: dict[str, Transcript] = {}

    def page(name: str) -> Transcript:
        file = WILD / name
        if not file.is_file():
            pytest.skip(f"the page is not at {file}: set ASDELIVERED_WILD to the folder of real pages")
        return pages.setdefault(name, pages.get(name) or read_transcript(file))

    return page


@pytest.mark.parametrize(
    ("name", "title", "day", "first_speaker", "first", "last"),
    [
        (
            "fed-2005.htm",
            "International imbalances",
            date(2005, 12, 2),
            "Chairman Alan Greenspan",
            "In November 2003, I noted that",
            "",
        ),
        (
            "fed-2017.htm",
            "Addressing Workforce Development Challenges in Low-Income Communities",
            date(2017, 3, 28),
            "Chair Janet L. Yellen",
            "Thank you for this opportunity to be part of",
            "To conclude, while the economy overall is recovering",
        ),
        (
            "wh-2020-04-09.html",
            "Remarks by President Trump, Vice President Pence, and Members of the Coronavirus Task Force"
            " in Press Briefing",
            date(2020, 4, 9),
            "THE PRESIDENT",
            "Thank you very much, everybody.",
            "",
        ),
        (
            "fomc-2020.pdf",
            "Transcript of Chair Powell’s Press Conference",
            date(2020, 6, 10),
            "CHAIR POWELL",
            "Good afternoon, everyone, and",
            "",
        ),
        (
            "fomc-20220727.pdf",
            "Transcript of Chair Powell’s Press Conference",
            date(2022, 7, 27),
            "CHAIR POWELL",
            "Good afternoon. My colleagues",
            "",
        ),
    ],
)  # fmt: skip
def test_what_the_page_says(read, name, title, day, first_speaker, first, last) -> None:
    page = read(name)
    spoken = list(page.spoken_lines())
    assert page.title == title
    assert page.date == day
    assert spoken[0][0].speaker == first_speaker
    assert spoken[0][1].text.startswith(first)
    assert spoken[-1][1].text.startswith(last)


@pytest.mark.parametrize(("name", "count"), [("fed-2005.htm", 13), ("fed-2017.htm", 24)])
def test_footnotes_are_silent(read, name: str, count: int) -> None:
    page = read(name)
    notes = [line for turn in page.turns for line in turn.lines if line.kind is LineKind.FOOTNOTE]
    assert sum(line.text[:1].isdecimal() for line in notes) >= count - 1
    assert not [line.text for _, line in page.spoken_lines() if "Return to text" in line.text]


@pytest.mark.parametrize("name", ["fed-2005.htm", "fed-2017.htm"])
def test_a_speech_is_by_one_person(read, name: str) -> None:
    assert len({turn.speaker for turn, _ in read(name).spoken_lines()}) == 1


@pytest.mark.parametrize("name", ["fomc-2020.pdf", "fomc-20220727.pdf"])
def test_lines_of_a_pdf_are_whole_sentences(read, name: str) -> None:
    lines = [line.text for _, line in read(name).spoken_lines()]
    assert not [line for line in lines if line[:1].islower() or line[:1] in ",.;)" or line[-1:].isalnum()]
    assert not [line for line in lines if line.startswith("Page ")]


@pytest.mark.parametrize(
    ("name", "words", "turns", "footnotes"),
    [
        (
            "fomc-2020.pdf",
            9687,
            46,
            ["1 Chair Powell intended to say “asset purchases” rather than “asset prices.”"],
        ),
        ("fomc-20220727.pdf", 9309, 82, []),
    ],
)
def test_a_pdf_keeps_each_word_and_turn(
    read, name: str, words: int, turns: int, footnotes: list[str]
) -> None:
    """The numbers are those of the file's text without its running heads, counted without the reader."""
    page = read(name)
    lines = [line for turn in page.turns for line in turn.lines if line.kind is not LineKind.FURNITURE]
    assert sum(len(line.text.split()) for line in lines) == words
    assert sum(turn.speaker is not None for turn in page.turns) == turns
    assert [line.text for line in lines if line.kind is LineKind.FOOTNOTE] == footnotes
