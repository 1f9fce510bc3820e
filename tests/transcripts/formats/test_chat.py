"""Exported chats are read message by message; whatever else has times stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.formats.messages.chat import with_writers
from asdelivered.transcripts.model import LineKind

TURNS = [("Ann Hill", "Good morning, all of you."), ("Tom Hale", "When: in May?"), ("Ann Hill", "In May.")]


@pytest.mark.parametrize(
    "form",
    [
        "[03/05/2027, 09:0{n}:12] {name}: {text}\n",
        "5/3/27, 9:0{n} AM - {name}: {text}\n",
        "09:0{n}:12 From  {name}  to  Everyone : {text}\n",
        "09:0{n}:12\t From {name} to Everyone:\n\t{text}\n",
        "[09:0{n}] <{name}> {text}\n",
        "[3/5/27 9:0{n} AM] {name}\n{text}\n",
        "{name}, [03.05.2027 09:0{n}]\n{text}\n\n",
        "{name} — Today at 9:0{n} AM\n{text}\n",
        "{name}  9:0{n} AM\n{text}\n\n",
    ],
)
def test_messages_of_many_programs(form: str) -> None:
    turns = [(name.replace(" ", "") if "<" in form else name, text) for name, text in TURNS]
    page = "".join(form.format(n=n, name=name, text=text) for n, (name, text) in enumerate(turns))
    rows = with_writers(text_rows(page))
    assert "".join(row.text for row in rows) == page
    shown = [row for row in rows if row.content and row.kind is not LineKind.METADATA]
    assert [row.content.rstrip(":, ") for row in shown if row.kind is LineKind.SPEAKER] == [
        name for name, _ in turns
    ]
    assert [row.content for row in shown if row.kind is None] == [text for _, text in turns]


def test_what_nobody_wrote() -> None:
    page = (
        "5/3/27, 9:00 AM - Messages are encrypted.\n5/3/27, 9:00 AM - Ann: Good morning.\n"
        "5/3/27, 9:01 AM - Tom: <Media omitted>\n5/3/27, 9:02 AM - Ann: It is open.\n"
    )
    kinds = {row.content: row.kind for row in with_writers(text_rows(page))}
    assert kinds["5/3/27, 9:00 AM - Messages are encrypted."] is LineKind.NOTE
    assert kinds["<Media omitted>"] is LineKind.NOTE
    assert kinds["It is open."] is None


@pytest.mark.parametrize(
    "page",
    [
        "Ann: We met at 9:00 AM\nTom: And I left at 9:30 AM\nAnn: So did I at 10:15 AM\n",
        "9:00 Opening\n9:30 The road\n10:00 The port\n",
        "[09:00] Good morning.\n[09:01] We begin.\n[09:02] Thank you.\n",
    ],
)
def test_other_texts_with_times_stay(page: str) -> None:
    rows = text_rows(page)
    assert with_writers(rows) == rows


@given(
    st.lists(
        st.sampled_from(["[1/2/27, 9:00] ", "Ann", ": ", "said", "\n", "<", "> ", "9:00 AM"]), max_size=60
    )
)
def test_no_character_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(row.text for row in with_writers(text_rows(text))) == text
