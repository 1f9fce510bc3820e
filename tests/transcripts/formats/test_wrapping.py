"""Lines that were broken at a width are put together again; others are left alone."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Mark, Row, Style, text_rows
from asdelivered.transcripts.formats.wrapping import unwrapped

PARAGRAPHS = [
    "There is a ship in the dock behind me, and I think of her when people ask me whether an alliance of 32 nations "
    "can last. It can, but only if somebody scrapes the hull. I say so because I have scraped one.",
    "Some say that it is only a cable. It was the cable that carried the hospital records of a whole island, and on "
    "the night when it was cut, nobody on that island knew which blood to give to whom.",
    "Thank you.",
]
LINES = [
    "There is a ship in the dock behind me.",
    "She is 260 years old.",
    "And she is still in commission, which is more than I can say of my first car.",
    "I think of her when people ask me whether an alliance of 32 nations can last.",
    "It can.",
    "But only if somebody scrapes the hull.",
] * 3


@pytest.mark.parametrize("width", [50, 60, 72, 80])
@pytest.mark.parametrize("indent", ["", "  "])
def test_wrapped_paragraphs(width: int, indent: str) -> None:
    text = ("\n" if indent else "\n\n").join(
        textwrap.fill(part, width, initial_indent=indent, break_on_hyphens=False) for part in PARAGRAPHS * 2
    )
    rows = unwrapped(text_rows(text + "\n"))
    assert [" ".join(row.text.split()) for row in rows if row.content] == PARAGRAPHS * 2
    assert "".join(row.text for row in rows) == text + "\n"


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_lines_that_people_broke_stay(joint: str) -> None:
    text = joint.join(LINES) + "\n"
    assert unwrapped(text_rows(text)) == text_rows(text)


@given(st.lists(st.text(alphabet="ab .\n", max_size=90), max_size=20))
def test_no_character_is_lost(lines: list[str]) -> None:
    rows = text_rows("\n".join(lines))
    joined = unwrapped(rows)
    assert "".join(row.text for row in joined) == "".join(row.text for row in rows)


def test_marks_move_along() -> None:
    words = "word " * 11
    rows = [Row(f"{words}end\n", marks=(Mark(0, 4, Style.BOLD),)) for _ in range(10)]
    (row,) = unwrapped(rows)
    assert len(row.marks) == 10
    assert {row.text[mark.start : mark.end] for mark in row.marks} == {"word"}
