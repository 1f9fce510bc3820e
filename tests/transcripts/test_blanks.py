"""Long runs of blanks are cut; words, line breaks and marks stay."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.blanks import with_short_blanks
from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.read import read_transcript

runs = st.integers(0, 300).map(" ".__mul__)
pieces = st.lists(st.tuples(st.sampled_from(["a", "Tom:", "\n", "\t" * 90]), runs), min_size=1, max_size=4)


@given(pieces, runs)
def test_words_and_what_is_marked_stay(made: list[tuple[str, str]], first: str) -> None:
    text = first + "".join(piece + blanks for piece, blanks in made)
    at = len(first)
    marks = []
    for piece, blanks in made:
        marks.append(Mark(at, at + len(piece), Style.BOLD))
        at += len(piece + blanks)
    (row,) = with_short_blanks([Row(text, marks=tuple(marks))])
    assert row.text.split() == text.split()
    assert row.text.count("\n") == text.count("\n")
    assert not re.search(r"[ \t]{101}", row.text)
    shown = [row.text[mark.start : mark.end].strip(" \t") for mark in row.marks]
    assert shown == [piece.strip("\t") for piece, _ in made]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_short_runs_stay(text: str) -> None:
    assert with_short_blanks([Row(text)]) == (Row(text),)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<!-- a -->" * 60 + "Good morning, all of you.", id="comments before no tag"),
        pytest.param("---\nname: a\n" + "          - item\n" * 60, id="fields without an end"),
        pytest.param("Anna Reed: " + " " * 30_000 + "Good morning.", id="blanks"),
        pytest.param("0:00" + "\t" * 30_000 + "Good morning.", id="tabs"),
    ],
)
def test_no_page_is_searched_for_ever(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"{page}\n\nTom Hale: Good night, all of you.\n")
    assert "Good night, all of you." in [*read_transcript(file).spoken_lines()][-1][1].text
