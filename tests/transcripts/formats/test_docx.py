"""Word documents: what a person reads in them, and broken ones."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import docx.document
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.source import Source


def read(word: "docx.document.Document") -> Document:
    saved = io.BytesIO()
    word.save(saved)
    name, document = read_document(Source("page.docx", saved.getvalue()))
    assert name == "docx"
    return document


@pytest.mark.parametrize(("level", "heading"), [("0", 1), ("2", 3), ("9", 0), ("many", 0)])
def test_the_outline_level_of_a_style_makes_headings(level: str, heading: int) -> None:
    word = docx.Document()
    style = word.styles.add_style("Office title", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
    word.add_paragraph("The harbour", style="Office title")
    (row,) = read(word).rows
    assert (row.heading, row.style) == (heading, "Officetitle")


def test_paragraphs_headings_tables_and_looks() -> None:
    word = docx.Document()
    word.add_heading("A Speech", 0)
    word.add_heading("Part one", 1)
    paragraph = word.add_paragraph()
    paragraph.add_run("Ann:").bold = True
    paragraph.add_run(" Thank\tyou").italic = True
    paragraph.add_run(" all")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run().add_break()
    paragraph.add_run("Next").font.strike = True
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    word.add_paragraph("hidden").runs[0].font.hidden = True
    rows = [row for row in read(word).rows if row.content]
    assert [(row.content, row.heading) for row in rows] == [
        ("A Speech", 1),
        ("Part one", 1),
        ("Ann: Thank\tyou all1", 0),
        ("Next", 0),
        ("Left", 0),
        ("Right", 0),
    ]
    assert [(mark.style, rows[2].text[mark.start : mark.end]) for mark in rows[2].marks] == [
        (Style.BOLD, "Ann:"),
        (Style.ITALIC, " Thank"),
        (Style.ITALIC, "\t"),
        (Style.ITALIC, "you"),
        (Style.RAISED, "1"),
    ]
    assert rows[3].marks[0].style is Style.STRUCK


def test_what_word_keeps_in_odd_places() -> None:
    word = docx.Document()
    word.add_paragraph("Before.")
    body = word.element.body
    odd = f"""<w:sdt {nsdecls("w")}><w:sdtContent><w:p>
      <w:r><w:t>In a control, </w:t></w:r>
      <w:ins w:id="1" w:author="x"><w:r><w:t>inserted</w:t></w:r></w:ins>
      <w:del w:id="2" w:author="x"><w:r><w:delText>deleted</w:delText></w:r></w:del>
      <w:smartTag w:element="x"><w:r><w:t>.</w:t></w:r></w:smartTag>
      <w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:softHyphen/><w:t>end</w:t></w:r>
      </w:p></w:sdtContent></w:sdt>"""
    body.insert(1, parse_xml(odd))
    assert [row.content for row in read(word).rows if row.content] == [
        "Before.",
        "In a control, inserted.-end",
    ]
    assert read(word).left_out == (LeftOut.DELETED,)


def test_hidden_text_is_said_to_be_left_out() -> None:
    word = docx.Document()
    said = word.add_paragraph("Said.")
    assert read(word).left_out == ()
    said.add_run("Hidden.").font.hidden = True
    assert [row.content for row in read(word).rows if row.content] == ["Said."]
    assert read(word).left_out == (LeftOut.HIDDEN,)


def test_header_and_footer_are_furniture() -> None:
    word = docx.Document()
    word.add_paragraph("Thank you.")
    word.sections[0].header.paragraphs[0].text = "For release"
    word.sections[0].footer.paragraphs[0].text = "Page"
    kinds = {row.content: row.kind for row in read(word).rows if row.content}
    assert kinds == {"Thank you.": None, "For release": LineKind.FURNITURE, "Page": LineKind.FURNITURE}


def parts_of(word: "docx.document.Document") -> dict[str, bytes]:
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return saved.getvalue()


def refused(data: bytes, why: str, name: str | None = None) -> None:
    with pytest.raises(TranscriptError, match=why) as error:
        read_document(Source("page.docx", data), name)
    assert str(error.value).startswith("page.docx ")
    assert "\n" not in str(error.value)


def test_broken_documents() -> None:
    word = docx.Document()
    word.add_paragraph("Thank you. " * 200)
    parts = parts_of(word)
    whole = zipped(parts)
    refused(whole[: len(whole) // 2], "damaged")
    at = whole.index(b"word/document.xml") + 100
    refused(whole[:at] + bytes(50) + whole[at + 50 :], "damaged|no Word document")
    refused(zipped(parts | {"word/document.xml": b"<w:document>"}), "no Word document, or a damaged one")
    refused(zipped({"a.txt": b"text"}), "an archive")
    refused(
        zipped({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "OpenDocument",
    )
    refused(zipped({"xl/workbook.xml": b"<x/>"}), "Excel")
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file")
    refused(b"no archive at all", "no Word document", "docx")


def test_bombs_and_entities() -> None:
    parts = parts_of(docx.Document())
    refused(
        zipped(parts | {"word/document.xml": b"<a>" + b" " * (130 * 2**20)}), "unpacks to more than 128 MB"
    )
    head = b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    body = parts["word/document.xml"].split(b"?>", 1)[1]
    evil = head + body.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>secret &a;</w:t></w:r></w:p>")
    refused(zipped(parts | {"word/document.xml": evil}), "defines entities")
    utf16 = evil.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")
    refused(zipped(parts | {"word/document.xml": utf16}), "defines entities")


def test_work_is_limited_as_well_as_bytes() -> None:
    parts = parts_of(docx.Document())
    body = parts["word/document.xml"]
    many = body.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_100_000)
    refused(zipped(parts | {"word/document.xml": many}), "more than 2 million elements")
    refused(zipped(parts | {"word/styles.xml": many}), "more than 2 million elements")
    refused(zipped(parts | {"word/media/image.bin": bytes(513 * 2**20)}), "512 MB in all")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b"w:body", b"w:bodi"),
        ("docProps/core.xml", b"coreProperties", b"coreProperty"),
        ("word/styles.xml", b"w:styles", b"w:stiles"),
    ],
)
def test_a_document_without_a_part_of_its_tree(part: str, old: bytes, new: bytes) -> None:
    word = docx.Document()
    word.add_paragraph("Anna: Thank you very much for this.")
    parts = parts_of(word)
    assert old in parts[part]
    with suppress(TranscriptError):
        read_document(Source("page.docx", zipped(parts | {part: parts[part].replace(old, new)})))


@pytest.fixture(scope="module")
def whole() -> bytes:
    word = docx.Document()
    word.add_paragraph("Anna: Thank you very much for this.")
    return zipped(parts_of(word))


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_a_damaged_document_is_refused_in_a_sentence_or_read(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(min_size=1, max_size=8)) + whole[at + 4 :]
    with suppress(TranscriptError):
        read_document(Source("page.docx", damaged), "docx")


def test_an_encrypted_document_of_office(tmp_path: Path) -> None:
    refused(b"\xd0\xcf\x11\xe0" + b"EncryptedPackage" * 40, "old Word file")


WITHIN = nsdecls("w", "m")


def read_body(xml: str) -> list[str]:
    """The rows of a document with the given paragraphs."""
    word = docx.Document()
    for element in reversed(list(parse_xml(f"<w:body {WITHIN}>{xml}</w:body>"))):
        word.element.body.insert(0, element)
    return [row.content for row in read(word).rows if row.content]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('<w:bdo w:val="ltr"><w:r><w:t>a</w:t></w:r></w:bdo><w:dir><w:r><w:t>b</w:t></w:r></w:dir>', "ab"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>みなと</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "港",
        ),
        ('<w:r><w:t>20</w:t><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', "20°"),
        ('<w:r><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "a"),
        ('<w:r><w:sym w:font="Arial" w:char="00e9"/><w:sym w:font="Arial" w:char="x"/></w:r>', "é"),
        ("<m:oMath><m:r><m:t>3</m:t></m:r></m:oMath><w:r><w:t> per cent</w:t></w:r>", "3 per cent"),
    ],
)
def test_what_a_run_may_hold(inside: str, shown: str) -> None:
    assert read_body(f"<w:p>{inside}</w:p>") == [shown]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    deleted = "<w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
    gone = "<w:del w:id='2' w:author='x'><w:r><w:delText>gone</w:delText></w:r></w:del>"
    said = "<w:r><w:t xml:space='preserve'>The road </w:t></w:r>"
    rest = "<w:r><w:rPr><w:b/></w:rPr><w:t>is open.</w:t></w:r>"
    assert read_body(f"<w:p>{deleted}{said}</w:p><w:p>{rest}</w:p><w:p>{deleted}{gone}</w:p>") == [
        "The road is open."
    ]


def test_a_file_inside_the_file_is_told() -> None:
    with pytest.raises(TranscriptError, match="another file inside") as error:
        read_body('<w:p/><w:altChunk xmlns:r="http://schemas.openxmlformats.org/x" r:id="x"/>')
    assert "save it again" in str(error.value)


def test_paragraphs_of_a_footnote_are_parted_and_what_was_deleted_of_it_is_not_read() -> None:
    word = docx.Document()
    word.add_paragraph("Thank you.")
    parts = parts_of(word)
    parts["word/footnotes.xml"] = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>One.</w:t></w:r></w:p>"
        "<w:p><w:moveFrom w:id='1' w:author='x'><w:r><w:t>Gone.</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>Two.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    types, relations = parts["[Content_Types].xml"], parts["word/_rels/document.xml.rels"]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["[Content_Types].xml"] = types.replace(
        b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    )
    parts["word/_rels/document.xml.rels"] = relations.replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'footnotes" Target="footnotes.xml"/></Relationships>',
    )
    _, document = read_document(Source("page.docx", zipped(parts)))
    assert (document.rows[-1].content, document.rows[-1].kind) == ("One. Two.", LineKind.FOOTNOTE)
