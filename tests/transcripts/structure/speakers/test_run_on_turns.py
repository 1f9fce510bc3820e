"""Turns that run on within a paragraph are parted where the page shows that a name is a label."""

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Mark, Row, Style, text_rows
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.speakers.run_on_turns import part_turns

TALK = (
    "Tom: So when does it open? Jane: In May. Tom: And who pays? Jane: The port does.\n\n"
    "Tom: Thank you. Jane: You are welcome.\n"
)


def turns(text: str) -> list[tuple[str | None, str]]:
    page = parse_transcript(text, path="page.txt", sha256="", language="en")
    assert page.source == text
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


def test_turns_within_paragraphs() -> None:
    assert turns(TALK) == [
        ("Tom", "So when does it open?"),
        ("Jane", "In May."),
        ("Tom", "And who pays?"),
        ("Jane", "The port does."),
        ("Tom", "Thank you."),
        ("Jane", "You are welcome."),
    ]


def test_a_name_that_begins_paragraphs_is_a_label_within_one_and_in_doubt_where_it_is_the_only_one() -> None:
    text = (
        "Tom Hale: So when does it open?\n\nJane Reed: In May. It is so. Tom Hale: And who pays?\n\n"
        "Jane Reed: The port does.\n\nTom Hale: Thank you.\n"
    )
    page = parse_transcript(text, path="page.txt", sha256="", language="en")
    labels = [
        (line.text, line.optional)
        for turn in page.turns
        for line in turn.lines
        if line.kind.value == "speaker"
    ]
    assert labels == [
        ("Tom Hale:", 0),
        ("Jane Reed:", 0),
        ("Tom Hale:", 2),
        ("Jane Reed:", 0),
        ("Tom Hale:", 0),
    ]


def test_what_is_no_label() -> None:
    for paragraph in (
        "I say this. Result: We lost. Second: We lost again. Result: No. Second: Yes. Result: No. Second: No.",
        "I was told by a friend, Jane Reed: The port does not.",
        "So it was. Jane Reed: that is who it was.",
        "We met at 9. Then: Nothing.",
        "I saw Ms. Reed: She was well. I saw Ms. Reed: She was not. I saw Ms. Reed: She left.",
    ):
        text = f"Tom Hale: {paragraph}\n\nJane Reed: No.\n\nTom Hale: Yes.\n\nJane Reed: So be it.\n"
        assert turns(text)[0] == ("Tom Hale", paragraph)


def test_marks_go_along() -> None:
    text = "Tom: One. Jane: Two. Jane: Three. Jane: Four.\n"
    rows, _ = part_turns([Row(text, marks=(Mark(0, 14, Style.BOLD),))])
    assert [row.text for row in rows] == ["Tom: One. ", "Jane: Two. ", "Jane: Three. ", "Jane: Four.\n"]
    assert [row.marks for row in rows[:3]] == [(Mark(0, 10, Style.BOLD),), (Mark(0, 4, Style.BOLD),), ()]


PIECE = st.sampled_from(
    ["Tom:", "Jane Reed:", "It is so.", "And?", "no", "First:", "\n", "\n\n", "10:30", '"']
)


@given(st.lists(PIECE, max_size=40).map(" ".join))
def test_no_character_is_lost(text: str) -> None:
    rows, alone = part_turns(text_rows(text))
    assert "".join(row.text for row in rows) == "".join(row.text for row in text_rows(text))
    assert all(0 <= row < len(rows) for row in alone)
