"""What is seen within a line and not said."""

from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.structure.unspoken import without_line_numbers


def test_line_numbers_are_blank_for_those_who_look_for_structure() -> None:
    numbered = Row("12  Mr. Hale: Yes.", marks=(Mark(0, 2, Style.UNSPOKEN),))
    time = Row("0:12 Yes.", marks=(Mark(0, 4, Style.UNSPOKEN),))
    assert [row.text for row in without_line_numbers([numbered, time])] == ["    Mr. Hale: Yes.", "0:12 Yes."]
