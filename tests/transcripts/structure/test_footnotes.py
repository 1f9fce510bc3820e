"""Footnotes at the end of a text."""

import pytest

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.footnotes import find_footnotes

SPEECH = "The quay was built by hand.[1] It has 40 cranes, [2] and it never closed.\n\nThank you.\n\n"


def test_a_footnote_of_two_paragraphs_ends_nothing() -> None:
    notes = "1. See the harbour's own report, 1921.\n\nAlso see the letters of its master.\n\n2. As of May.\n"
    page = parse_transcript(SPEECH.replace("[1]", "¹") + notes, path="", sha256="", language="en")
    kinds = [line.kind for turn in page.turns for line in turn.lines if line.kind is not LineKind.BLANK]
    assert kinds == [LineKind.SPOKEN] * 2 + [LineKind.FOOTNOTE] * 3


def test_a_title_within_a_footnote_is_no_speaker() -> None:
    notes = "1. See the report of 1921.\n\n2. See Brenda Holm and Mary S. Kerr (2014), Great Quays: What They Cost.\n"
    page = parse_transcript(SPEECH.replace("[1]", "¹") + notes, path="", sha256="", language="en")
    assert [turn.speaker for turn in page.turns] == [None]
    assert len(list(page.spoken_lines())) == 2


@pytest.mark.parametrize("below", ["3. As of May.\n", "As of May.\n", "1. As of May.\n"])
def test_a_paragraph_between_other_numbers_is_speech(below: str) -> None:
    rows = text_rows("We have two aims.¹\n\n1. The quay stays open.\n\nThat is what we promised.\n\n" + below)
    assert 4 not in find_footnotes(rows)
