"""Tables of contents are data from their first row to their last, and what looks like one is not."""

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.contents import find_contents

TABLE = """Opening
Bill on the harbour
of the Government
Second reading
Tom Hale (HB) .................. 12
Ann Reed (QB) .................. 14
Motion
of the members Ann Reed, Mia Lund
and others
Mia Lund ....................... 15
Vote ........................... 16
Question time .................. 17, 18
"""


def test_titles_between_rows_with_pages_belong_to_the_table() -> None:
    assert find_contents(text_rows(TABLE)) == dict.fromkeys(range(4, 12), LineKind.METADATA)


def test_a_few_rows_with_dots_are_no_table() -> None:
    assert (
        find_contents(text_rows("Tom Hale ........... 12\nAnn Reed .......... 14\nMotion\nVote ...... 16\n"))
        == {}
    )


def test_speech_parts_one_table_from_another() -> None:
    speech = "We have talked of the quay for years, and the water has not waited for us to finish. " * 12
    kinds = find_contents(text_rows(f"{TABLE}{speech}\n{TABLE}"))
    assert 12 not in kinds
    assert len(kinds) == 16


def test_no_speaker_is_read_from_a_table_of_contents() -> None:
    body = "\n\n".join(
        f"{name}: We should keep the harbour open, number {number}."
        for number in range(4)
        for name in ("Tom Hale (HB)", "Ann Reed (QB)")
    )
    transcript = parse_transcript(
        f"SITTING OF THE QUAY COUNCIL\n\n{TABLE}\n{body}\n", path="", sha256="", language="en"
    )
    assert {turn.speaker for turn in transcript.turns} - {None} == {"Tom Hale (HB)", "Ann Reed (QB)"}


def test_a_table_begins_with_its_title() -> None:
    rows = text_rows(f"Sitting of May\n\nSPIS TREŚCI\nOpening of the sitting\n{TABLE}")
    assert sorted(find_contents(rows)) == [2, 3, *range(4, 16)]
