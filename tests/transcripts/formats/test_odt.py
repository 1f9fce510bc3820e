"""OpenDocument texts are read as LibreOffice shows them, and damaged or hostile ones are refused with a sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import Source

TYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
BOLD = '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
BASED = '<style:style style:name="T2" style:parent-style-name="T1"/>'


def odt(body: str, styles: str = BOLD + BASED, more: dict[str, str] | None = None) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {NAMES}><office:automatic-styles>{styles}'
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return saved.getvalue()


def read(body: str, **more: str) -> Document:
    name, document = read_document(
        Source("page.odt", odt(body, more={f"{k}.xml": v for k, v in more.items()}))
    )
    assert name == "odt"
    return document


def texts(document: Document) -> list[str]:
    return [row.text.rstrip("\n") for row in document.rows if row.content]


def test_a_page_is_read_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.odt"
    page.write_bytes(
        odt(
            '<text:h text:outline-level="1">The harbour</text:h><text:p>12 May 2027</text:p>'
            '<text:p><text:span text:style-name="T1">Ann Hill:</text:span> Good evening.</text:p>'
            '<text:p><text:span text:style-name="T1">Tom Olde:</text:span> Who pays?</text:p>'
        )
    )
    transcript = read_transcript(page)
    assert (transcript.title, str(transcript.date)) == ("The harbour", "2027-05-12")
    spoken = [(turn.speaker, line.text) for turn, line in transcript.spoken_lines()]
    assert spoken == [("Ann Hill", "Good evening."), ("Tom Olde", "Who pays?")]


def test_looks_come_from_styles_and_those_they_are_based_on() -> None:
    document = read('<text:p>One <text:span text:style-name="T2">two</text:span> three</text:p>')
    (row,) = [row for row in document.rows if row.content]
    assert [(mark.start, mark.end, mark.style) for mark in row.marks] == [(4, 7, Style.BOLD)]


def test_blanks_tabs_and_breaks() -> None:
    assert texts(
        read('<text:p>One<text:s text:c="3"/>two<text:tab/>three<text:line-break/>four</text:p>')
    ) == [
        "One   two\tthree",
        "four",
    ]


def test_what_is_not_among_the_text() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
    )
    document = read(
        f"<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes><text:p>Said{note}.</text:p>"
        "<text:p>More.<office:annotation><text:p>A remark.</text:p></office:annotation></text:p>"
    )
    assert texts(document) == ["Said.", "More.", "A note."]
    assert document.rows[-1].kind is LineKind.FOOTNOTE


def test_lists_tables_and_text_boxes_in_the_order_of_reading() -> None:
    document = read(
        "<text:list><text:list-item><text:p>One.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Two.</text:p></table:table-cell>"
        "<table:table-cell><text:p>Three.</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Four.<draw:frame><draw:text-box><text:p>Five.</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert texts(document) == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_margins_are_furniture() -> None:
    styles = (
        f"<office:document-styles {NAMES}><style:footer><text:p>Press office</text:p></style:footer>"
        "</office:document-styles>"
    )
    document = read("<text:p>Said.</text:p>", styles=styles)
    assert [(row.content, row.kind) for row in document.rows if row.content] == [
        ("Said.", None),
        ("Press office", LineKind.FURNITURE),
    ]


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1, max_size=6))
def test_no_word_is_lost(words: list[str]) -> None:
    from xml.sax.saxutils import escape

    document = read("".join(f"<text:p>{escape(word)}</text:p>" for word in words))
    assert texts(document) == words


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (odt("<text:p>Said.")[:-40], "damaged"),
        (odt("<text:p>Said."), "no OpenDocument text, or a damaged one"),
        (
            odt("<text:p>Said.</text:p>", more={"meta.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "defines entities",
        ),
        (odt("").replace(b"office:text>", b"office:none>"), "damaged"),
    ],
)
def test_damaged_and_hostile_files_are_refused(data: bytes, why: str) -> None:
    with pytest.raises(TranscriptError, match=why):
        read_document(Source("page.odt", data))


HIDDEN = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:p>Said. <text:span text:style-name="H">Not said.</text:span></text:p>',
        '<text:p>Said.</text:p><text:p text:style-name="H">Not said.</text:p>',
        '<text:p>Said.</text:p><text:section text:display="none"><text:p>Not said.</text:p></text:section>',
        '<text:p>Said.<text:hidden-text text:is-hidden="true">Not said.</text:hidden-text></text:p>',
        '<text:p>Said.</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>Not said.</text:p>',
        '<text:p>Said.<draw:frame><draw:image/><svg:title xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:'
        'svg-compatible:1.0">Not said.</svg:title></draw:frame></text:p>',
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    _, document = read_document(Source("page.odt", odt(hidden, HIDDEN)))
    assert [text.strip() for text in texts(document)] == ["Said."]
    assert document.left_out == (() if "svg:title" in hidden else (LeftOut.HIDDEN,))


def test_what_a_tracked_change_deleted_is_said_to_be_left_out() -> None:
    document = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Said.</text:p>"
    )
    assert (texts(document), document.left_out) == (["Said."], (LeftOut.DELETED,))


def test_a_sign_is_read_without_how_to_read_it_and_a_heading_without_its_number() -> None:
    document = read(
        '<text:h text:outline-level="1"><text:number>2</text:number>The port</text:h><text:p><text:ruby>'
        "<text:ruby-base>港</text:ruby-base><text:ruby-text>みなと</text:ruby-text></text:ruby>です。</text:p>"
    )
    assert texts(document) == ["The port", "港です。"]


def test_all_that_stands_in_boxes_and_shapes_is_read_after_its_paragraph() -> None:
    document = read(
        "<text:p>One.<draw:frame><draw:text-box><text:list><text:list-item><text:p>Three.</text:p>"
        "</text:list-item></text:list></draw:text-box></draw:frame> Two.</text:p>"
        "<text:p><draw:custom-shape><text:p>Five.</text:p></draw:custom-shape>Four.</text:p>"
    )
    assert texts(document) == ["One. Two.", "Three.", "Four.", "Five."]
