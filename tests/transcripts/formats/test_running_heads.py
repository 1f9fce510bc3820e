"""Running heads that a program wrote out between the lines of a text are no speech; columns of speech are."""

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.formats.running_heads import mark_running_heads
from asdelivered.transcripts.model import LineKind

PAGES = """\
Mr. Hale (Delby): The road is closed, and we ask the Council to act before the winter
2/4                                                      27-12345
12/05/2027          The situation in the harbour          S/PV.9912
comes and the ice closes the port as well.
The President: I thank Mr. Hale for his briefing.
I now give the floor to Mrs. Lund.
Mrs. Lund (Quayside): We have heard enough, and we
27-12345                                                      3/4
S/PV.9912          The situation in the harbour          12/05/2027
would like to vote.
"""
COLUMNS = """\
14:02:11   HOT-1   three green
14:02:14   HOT-1   three green
14:02:20   HOT-2   ready
1   Ann   Yes
2   Ann   No
3   Ann   No
"""


def furniture(text: str) -> list[str]:
    return [row.content for row in mark_running_heads(text_rows(text)) if row.kind is LineKind.FURNITURE]


def test_heads_of_left_and_right_pages_are_furniture() -> None:
    assert furniture(PAGES) == [line for line in PAGES.splitlines() if "12345" in line or "9912" in line]


def test_columns_of_speech_are_none() -> None:
    assert furniture(COLUMNS) == []


def test_a_single_page_has_none() -> None:
    assert furniture("\n".join(PAGES.splitlines()[:4])) == []
