"""What nobody sees is left out; what parts words, or shows, stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import LineKind, Mark, Row, Style
from asdelivered.transcripts.invisible import with_plain_blanks, without_invisible

HIDDEN = "\u00ad\u200b\u2060\ufeff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("exam\u00adple", "example"),
        ("exam\u00ad\n  ple", "example"),
        ("\ufeff\u200bAnn:\u200b yes", "Ann: yes"),
        ("می\u200cروم", "می\u200cروم"),
        ("ສະບາຍ\u200bດີ", "ສະບາຍ\u200bດີ"),
        ("\u200f\u05d9\u05d5: 3", "\u200f\u05d9\u05d5: 3"),
    ],
)
def test_what_is_seen_stays(text: str, shown: str) -> None:
    assert without_invisible([Row(text)])[0].text == shown


@given(st.lists(st.sampled_from(["Ann", " ", ":", "é", *HIDDEN]), max_size=30), st.data())
def test_marks_stay_on_the_same_letters(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (row,) = without_invisible([Row(text, marks=(Mark(start, end, Style.BOLD),))])
    seen = [letter for letter in text[start:end] if letter not in HIDDEN]
    assert "".join(row.text[mark.start : mark.end] for mark in row.marks) == "".join(seen)
    assert row.text == "".join(letter for letter in text if letter not in HIDDEN)


@given(st.text())
def test_plain_blanks_keep_every_place_and_all_else(text: str) -> None:
    before = Row(text, LineKind.HEADING, 2, (Mark(0, 1, Style.BOLD),), "Anna Reed", "p speaker")
    (row,) = with_plain_blanks([before])
    assert replace(row, text=text) == before
    assert len(row.text) == len(text)
    assert row.text.split() == text.split() or not text.isascii()
