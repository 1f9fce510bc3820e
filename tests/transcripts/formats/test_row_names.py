"""Names of rows, as other aligners take them, are left off."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts import read_transcript
from asdelivered.transcripts.formats.row_names import without_row_names

SAID = ["Good morning, everyone.", "The road is open: 3|4 of it.", "", "Who pays for it?", "“The port does.”"]


@pytest.mark.parametrize("after", ["|", " | ", "\t"])
@pytest.mark.parametrize("name", ["f{:06}", "{}", "speech-2027_{}"])
def test_names_of_rows_are_seen_but_not_said(name: str, after: str) -> None:
    text = "\n".join(said and name.format(number) + after + said for number, said in enumerate(SAID))
    assert without_row_names(text).splitlines() == SAID


@pytest.mark.parametrize(
    "text",
    [
        "f1|Good morning.\nf1|The road is open.\nf2|Who pays?",  # a name twice
        "f1|Good morning.\nThe road is open.\nf2|Who pays?",  # a row without one
        "Anna|Good morning.\nTom|Who pays?\nZoe|The port does.",  # speakers
        "1|Good morning.\n2|Who pays?",  # too few to tell
        "9:01|Good morning.\n9:02|Who pays?\n9:03|The port does.",  # times
        "2027-05-01\tIt opens.\n2027-05-02\tIt closes.\n2027-05-03\tIt is sold.",  # dates
        "Anna\tIn 2027.\nTom\tAt 5.\nZoe\tIn 3 days.",  # speakers of numbers
    ],
)
def test_other_bars_stay(text: str) -> None:
    assert without_row_names(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=3, max_size=6))
def test_no_word_is_lost(said: list[str]) -> None:
    named = "\n".join(f"p{number}|{text}" for number, text in enumerate(said))
    assert without_row_names(named).split("\n") == said


def test_a_page_in_the_form_of_other_aligners_is_read(tmp_path: Path) -> None:
    file = tmp_path / "fragments.txt"
    file.write_text("".join(f"f{number}|{said}\n" for number, said in enumerate(filter(None, SAID))))
    lines = [line.text for _, line in read_transcript(file).spoken_lines()]
    assert " ".join(lines) == " ".join(filter(None, SAID))
