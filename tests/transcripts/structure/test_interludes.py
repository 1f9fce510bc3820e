"""Rows between turns that are not said are told by their neighbours, and figures that somebody says are not."""

import re

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.interludes import find_interludes
from asdelivered.transcripts.structure.speakers.label_shapes import Label


def interludes(text: str, *labels: int) -> dict[int, LineKind]:
    rows = text_rows(text)
    return find_interludes(rows, {row: Label("Ann Hill", len(rows[row].text)) for row in labels})


def test_hours_stand_above_labels_and_go_on_in_time() -> None:
    assert interludes("10.05\nHill\nYes.\n10.09\nOlde\nNo.\n", 1, 4) == {
        0: LineKind.METADATA,
        3: LineKind.METADATA,
    }
    assert interludes("10.09\nHill\nYes.\n10.05\nOlde\nNo.\n", 1, 4) == {}
    assert interludes("Hill\n10.05\nYes.\n10.09\n", 0) == {}
    assert interludes("10.05\nHill\nYes.\n", 1) == {}


def test_hours_in_brackets() -> None:
    assert interludes("Yes.\n● (1420)\n(0905)\n(2960)\n") == {1: LineKind.METADATA, 2: LineKind.METADATA}


def test_page_numbers_go_on_by_one() -> None:
    assert set(interludes("a\n1/4\nb\n2/4\nc\n")) == {1, 3}
    assert set(interludes("a\n- 2 -\nb\n- 3 -\nc\n")) == {1, 3}
    assert interludes("a\n1/4\nb\n3/4\nc\n") == {}
    assert interludes("a\n1/4\nb\n2/5\nc\n") == {}
    assert interludes("a\n1/2\nb\n") == {}


def test_a_seat_stands_between_a_label_and_a_time() -> None:
    page = "Ms Ann HILL\nIreland, Rapporteur\n10:05:22\nGood morning.\n"
    assert interludes(page, 0) == {1: LineKind.METADATA}
    assert interludes("Ms Ann HILL\nGood morning.\n10:05:22\nMore.\n", 0) == {}


def test_a_note_over_several_rows() -> None:
    assert set(interludes("(Whereupon, at 11:02 a.m., the case\nwas submitted.)\n")) == {0, 1}
    assert interludes("(I say this in brackets, since nobody\nelse would say it to you.)\n") == {}
    assert interludes("(Whereupon nothing closes\nthe bracket.\n") == {}


def test_a_witness_above_the_oath() -> None:
    assert interludes(
        "TOM OLDE,\ncalled as a witness, having been first duly sworn, testified as follows:\n"
    ) == {0: LineKind.NOTE}
    assert interludes("TOM OLDE,\nthey called him, and he came.\n") == {}


@given(
    st.lists(
        st.sampled_from(["10.05", "11.10", "1/2", "2/2", "- 3 -", "(1420)", "(Whereupon", "x.)", "Yes."]),
        max_size=12,
    )
)
def test_no_word_is_lost_or_added(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    page = parse_transcript(text, path="", sha256="", language="en")
    assert page.source == text
    spoken = [line.text for _, line in page.spoken_lines()]
    out_of_brackets = re.sub(r"(?s)\(Whereupon\n.*?x\.\)\n", "", text)
    assert out_of_brackets.count("Yes.") <= spoken.count("Yes.") <= lines.count("Yes.")


@given(
    st.lists(
        st.sampled_from(["10.05", "11.10", "1/2", "2/2", "- 3 -", "(1420)", "(Whereupon", "Yes."]),
        max_size=12,
    )
)
def test_nothing_is_lost_where_no_bracket_closes(lines: list[str]) -> None:
    page = parse_transcript("".join(f"{line}\n" for line in lines), path="", sha256="", language="en")
    assert [line.text for _, line in page.spoken_lines()].count("Yes.") == lines.count("Yes.")
