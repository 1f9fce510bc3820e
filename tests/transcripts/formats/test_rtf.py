"""Rich Text is read as Word shows it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.source import Source

FONTS = r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 Times;}{\f2\fcharset128 Mincho;}}"


def read(text: str) -> Document:
    data = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}\uc1 {text}}}".encode("ascii")
    name, document = read_document(Source("page.rtf", data))
    assert name == "rtf"
    return document


def texts(document: Document) -> list[str]:
    return [row.text.rstrip("\n") for row in document.rows if row.content]


def test_paragraphs_breaks_and_signs() -> None:
    document = read(r"One\line two\par Three\tab four\~five\par\pard It\rquote s \{his\}\emdash yes\par")
    assert texts(document) == ["One", "two", "Three\tfour\u00a0five", "It’s {his}—yes"]


def test_looks_end_with_their_group() -> None:
    document = read(r"{\b Ann Hill:} Well, {\i no}. \b Tom:\b0  Yes.\par")
    (row,) = [row for row in document.rows if row.content]
    assert row.content == "Ann Hill: Well, no. Tom: Yes."
    marked = {(mark.style, row.text[mark.start : mark.end]) for mark in row.marks}
    assert marked == {(Style.BOLD, "Ann Hill:"), (Style.ITALIC, "no"), (Style.BOLD, "Tom:")}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"caf\'e9", "café"),
        (r"\f1 \'c4\'e0", "Да"),
        (r"\f2 \'8d\'60", "港"),
        (r"\u8364?5", "€5"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\uc2\u1044ab\u1072cd", "Да"),
        (r"\uc0\u1044\u1072", "Да"),
    ],
)
def test_characters_of_all_encodings(text: str, shown: str) -> None:
    assert texts(read(rf"{{{text}}}\par")) == [shown]


def test_headings_notes_and_margins() -> None:
    document = read(
        r"{\header Press office\par}{\info{\title The harbour}}\pard\outlinelevel0 The harbour\par\pard "
        r"Said.{\super 1}{\footnote\pard {\super 1} A note.}\par"
    )
    assert document.title == "The harbour"
    rows = [(row.content, row.heading, row.kind) for row in document.rows if row.content]
    assert rows == [
        ("The harbour", 1, None),
        ("Said.1", 0, None),
        ("1 A note.", 0, LineKind.FOOTNOTE),
        ("Press office", 0, LineKind.FURNITURE),
    ]


def test_what_nobody_sees_is_left_out_and_what_a_link_shows_is_read() -> None:
    document = read(
        r"{\*\generator Riched;}{\field{\*\fldinst{HYPERLINK \"x\"}}{\fldrslt{See here}}}, "
        r"{\v hidden}{\pict 0102}{\deleted gone}said.\par"
    )
    assert texts(document) == ["See here, said."]
    assert document.left_out == (LeftOut.DELETED, LeftOut.HIDDEN)


def test_nothing_is_said_to_be_left_out_where_nothing_is() -> None:
    assert read(r"{\v\fs20}{\deleted0 kept }{\v0 and shown}, \\v 5.\par").left_out == ()


@given(
    st.lists(
        st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20), min_size=1, max_size=5
    )
)
def test_no_word_is_lost(words: list[str]) -> None:
    def units(word: str) -> str:
        pairs = word.encode("utf-16-le")
        codes = [int.from_bytes(pairs[at : at + 2], "little", signed=True) for at in range(0, len(pairs), 2)]
        return "".join(rf"\u{code}?" for code in codes)

    assert texts(read("".join(rf"{units(word)}\par " for word in words))) == words


@given(st.text(alphabet=r"\{}'*au1 bpr", max_size=60))
def test_damaged_files_are_read_or_refused(text: str) -> None:
    with suppress(TranscriptError):
        read(text)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(TranscriptError, match="nested too deep"):
        read("{" * 5000)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\f2 \'8bL\'8e\'d2", "記者"),
        (r"{\f3 \'b0\'a3} \'b0", "°≤ °"),
        (r"\f3 \u-3920?C", "°Χ"),
        (r"{\f4 \'e0}Said", "Said"),
        (r"{\upr{old}{\*\ud{\u268?new}}}", "Čnew"),
    ],
)
def test_signs_of_east_asia_and_of_fonts_of_signs(text: str, shown: str) -> None:
    fonts = r"{\fonttbl{\f2\fcharset128 Mincho;}{\f3\froman\fcharset2 Symbol;}{\f4\fcharset2 Wingdings;}}"
    data = rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}\uc1 {{{text}}}\par}}".encode("ascii")
    assert texts(read_document(Source("page.rtf", data))[1]) == [shown]


def test_the_text_of_a_shape_follows_its_paragraph_once() -> None:
    document = read(
        r"Be{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt \pard One.\par Two.\par}}"
        r"{\shprslt{\*\do{\dptxbxtext\pard One.\par}}}}fore.\par After.{\*\do{\dptxbxtext\pard Old.\par}}\par"
    )
    assert texts(document) == ["Before.", "One.", "Two.", "After.", "Old."]


def test_a_table_of_turns_names_the_speakers() -> None:
    turns = [("Ann Hill", "Good evening, all of you here."), ("Tom Hale", "Who?"), ("Ann Hill", "We do.")]
    rows = "".join(
        rf"\trowd\pard\intbl {name}\cell {text}\line More.\par And more.\cell\row" for name, text in turns
    )
    document = read(rf"Before.\par {rows}\pard After.\par")
    shown = [(row.content, row.kind) for row in document.rows if row.content]
    assert shown[:2] == [("Before.", None), ("Ann Hill", LineKind.SPEAKER)]
    assert [text for text, kind in shown if kind is LineKind.SPEAKER] == ["Ann Hill", "Tom Hale", "Ann Hill"]
    assert [text for text, kind in shown[-4:]] == ["We do.", "More.", "And more.", "After."]
