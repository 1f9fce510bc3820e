"""Printed pages with several columns: read column by column, whatever the order of drawing, and no word lost."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_columns import Look, note, print_columns

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.formats.pdf.columns import gutters
from asdelivered.transcripts.formats.pdf.layout import layout
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word, joined
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source

TEXT = (
    "the council has decided to build a new harbour road before winter and we thank everybody who came because "
    "ships ferry tide people budget question answer minister members debate of in for with on this that it is "
    "was will not be can should very long international responsibility organisation"
)
WORDS = TEXT.split()
TITLE = "The Sitting of the Harbour Council"
LOOKS = {
    "justified": Look(justified=True, indent=4),
    "row by row": Look(order="rows", gap=3),
    "justified, row by row": Look(order="rows", justified=True, indent=4),
    "a narrow gutter": Look(order="rows", justified=True, indent=3, gutter=4),
    "backwards": Look(order="backwards", indent=4),
    "three": Look(columns=3, size=9, indent=3),
    "three, row by row": Look(columns=3, size=9, order="rows", indent=3, justified=True),
    "baselines of their own": Look(order="rows", shift=1.7, indent=4),
    "footnotes": Look(notes=True, indent=4),
    "footnotes, row by row": Look(notes=True, indent=4, order="rows"),
    "one": Look(columns=1, indent=4, justified=True),
}


def prose(seed: int, paragraphs: int) -> list[str]:
    chance = random.Random(seed)
    found = []
    for _ in range(paragraphs):
        words: list[str] = []
        for _ in range(chance.randint(2, 9)):
            sentence = chance.choices(WORDS, k=chance.randint(6, 22))
            words += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
        found.append(" ".join(words))
    return found


@pytest.mark.parametrize("count", [25, 40])
@pytest.mark.parametrize("name", LOOKS)
def test_paragraphs_are_read_column_by_column(name: str, count: int, tmp_path: Path) -> None:
    look = LOOKS[name]
    paragraphs = prose(len(name), count)
    file = tmp_path / "page.pdf"
    print_columns(TITLE, paragraphs, look, file)
    rows = [row for row in read_document(Source("x", file.read_bytes()))[1].rows if row.content]
    heads = Counter(row.content for row in rows if row.kind is LineKind.FURNITURE)
    text = [row.content for row in rows if row.kind is None]
    assert heads["Official Report Third Session"] >= 2
    assert text == [TITLE, *paragraphs]
    notes = [row.content for row in rows if row.kind is LineKind.FOOTNOTE]
    assert notes == [note(column) for column in range(look.columns if look.notes else 0)]


def line(text: str, left: float, baseline: float, size: float = 10) -> PageLine:
    """A line in letters that are half as wide as high."""
    words = []
    for word in text.split():
        right = left + len(word) * size / 2
        words.append(Word(word, left, right, baseline, size, False, False))
        left = right + size / 4
    return PageLine(tuple(words), 800)


def test_names_beside_speech_are_no_column() -> None:
    page = []
    for row in range(40):
        page += [line("Mr Hale", 50, 700 - 12 * row)] if row % 3 == 0 else []
        page.append(line("is said in a line of speech that goes on for long", 150, 700 - 12 * row))
    assert gutters([page]) == [()]


def test_a_table_of_contents_is_no_column() -> None:
    page = [line("Second reading of the bill on harbours", 50, 700 - 12 * row) for row in range(40)]
    page += [line(f"{row}", 500, 700 - 12 * row) for row in range(40)]
    assert gutters([page]) == [()]


def test_a_heading_over_all_columns_parts_what_is_above_from_what_is_below() -> None:
    text = "this is a line of a column of text"
    page = [line("A heading over both of the columns of this page", 120, 500)]
    for at, (left, top) in enumerate([(50, 700), (300, 700), (50, 480), (300, 480)]):
        page += [line(f"{text} {at}", left, top - 12 * row) for row in range(12)]
    read = " ".join(row.content for row in layout([page]) if row.content)
    order = [word for word in read.split() if word.isdecimal() or word == "heading"]
    assert order == ["0"] * 12 + ["1"] * 12 + ["heading"] + ["2"] * 12 + ["3"] * 12


def test_a_row_whose_many_words_were_drawn_one_by_one_is_joined_in_one_pass(
    slowness: Callable[[], float],
) -> None:
    drawn = [
        PageLine((Word(f"w{at}", 10.0 * at, 10.0 * at + 8, 100, 10, False, False),), 800)
        for at in range(8_000)
    ]
    began = time.process_time()
    (row,) = joined(drawn)
    assert time.process_time() - began < slowness()
    assert row.words == tuple(line.words[0] for line in drawn)


WORD = st.tuples(st.floats(0, 550), st.floats(1, 80), st.floats(0, 780), st.sampled_from([7.0, 10.0, 18.0]))


@settings(deadline=None)
@given(
    pages=st.lists(
        st.lists(st.lists(WORD, min_size=1, max_size=6), max_size=30).map(
            lambda lines: [
                PageLine(
                    tuple(
                        Word(f"w{at}x{number}", left, left + wide, base, size, False, False)
                        for number, (left, wide, base, size) in enumerate(words)
                    ),
                    800,
                )
                for at, words in enumerate(lines)
            ]
        ),
        max_size=4,
    )
)
def test_no_word_is_lost_wherever_words_stand(pages: list[list[PageLine]]) -> None:
    read = Counter("".join(row.text for row in layout(pages)).split())
    assert read == Counter(word.text for page in pages for line in page for word in line.words)


@settings(deadline=None, max_examples=25)
@given(
    columns=st.integers(1, 4),
    rows=st.integers(10, 40),
    gutter=st.floats(9, 30),
    by_rows=st.booleans(),
    chance=st.randoms(use_true_random=False),
)
def test_any_number_of_columns(
    columns: int, rows: int, gutter: float, by_rows: bool, chance: random.Random
) -> None:
    width = (500 - gutter * (columns - 1)) / columns
    page = []
    for column in range(columns):
        for row in range(rows):
            left, words = 50 + column * (width + gutter), []
            while (word := Word(chance.choice(WORDS), left, 0, 700 - 12 * row, 10, False, False)).text:
                right = left + 5 * len(word.text)
                if words and right > 50 + column * (width + gutter) + width:
                    break
                words.append(Word(word.text, left, right, word.baseline, 10, False, False))
                left = right + 2.5
            page.append(PageLine(tuple(words), 800))
    wanted = " ".join(line.text for line in page)
    if by_rows:
        # pdfium gives what stands in one row as one line.
        page = [
            PageLine(tuple(word for line in page[row::rows] for word in line.words), 800)
            for row in range(rows)
        ]
    read = " ".join(row.content for row in layout([page]) if row.content)
    assert read == wanted
