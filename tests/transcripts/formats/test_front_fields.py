"""The fields above a Markdown text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.formats.front_fields import date_text, read_fields, speakers_of, title_of

NAMES = st.lists(
    st.text(st.characters(categories=("L", "Zs")), min_size=1).map(str.strip).filter(bool), min_size=1
)


@given(NAMES)
def test_a_list_is_read_in_brackets_and_by_rows(names: list[str]) -> None:
    names = [" ".join(name.split()) for name in names]
    rows = "speakers:\n" + "".join(f"- {name}\n" for name in names)
    quoted = ", ".join(f"'{name}'" for name in names)
    assert speakers_of(read_fields(rows)) == tuple(names)
    assert speakers_of(read_fields(f"speakers: [{quoted}]\n")) == tuple(names)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: The Port", "The Port"),
        (
            "title: 'What the tide brings: Ann Hill\n  (Harbour Board)'\nurl: x",
            "What the tide brings: Ann Hill (Harbour Board)",
        ),
        ("title: '12: It''s a long quay'", "12: It's a long quay"),
        ('title: "The Port"', "The Port"),
        (
            'title: "The Port\\u2019s\\_Quay and\\\n  \\ its \\"Wall\\""',
            'The Port\u2019s Quay and its "Wall"',
        ),
        ('title: "Caf\\xe9 \\U0001F600 \\ud83d\\0"', "Caf\u00e9 \U0001f600 0"),
        ('title: "A path C:\\\\quay \\U0011ffff"', "A path C:\\quay \\U0011ffff"),
        ("url: x", None),
    ],
)
def test_a_title_may_be_folded_and_quoted(text: str, title: str | None) -> None:
    assert title_of(read_fields(text)) == title


def test_a_date_has_several_names() -> None:
    assert date_text(read_fields("pub_date: '\n  March 6th, 2025'")) == "March 6th, 2025"
    assert date_text(read_fields("speakers: []\ndate: 2025-03-06")) == "2025-03-06"
    assert speakers_of(read_fields("speakers: []")) == ()
