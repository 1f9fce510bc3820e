"""Word documents: what a person reads in them, and broken ones."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import docx.document
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source


def read(word: "docx.document.Document") -> Document:
    saved = io.BytesIO()
    word.save(saved)
    name, document = read_document(Source("page.docx", saved.getvalue()))
    assert name == "docx"
    return document


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
