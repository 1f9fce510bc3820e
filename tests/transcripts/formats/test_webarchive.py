"""Pages as Safari saves them are read as web pages; other property lists are refused with a sentence."""

import plistlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source

PAGE = "<h1>Le port</h1><p>Déjà ouvert.</p>".encode("latin-1")


def archive(kind: object = "text/html", data: object = PAGE) -> dict[str, object]:
    return {
        "WebMainResource": {
            "WebResourceData": data,
            "WebResourceMIMEType": kind,
            "WebResourceTextEncodingName": "latin1",
        }
    }


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_the_page_is_read(form: plistlib.PlistFormat) -> None:
    name, document = read_document(Source("page.webarchive", plistlib.dumps(archive(), fmt=form)))
    assert name == "webarchive"
    assert [row.content for row in document.rows if row.content] == ["Le port", "Déjà ouvert."]


@pytest.mark.parametrize(
    "value", [{}, [], {"WebMainResource": 1}, archive("image/png"), archive(data="text")]
)
def test_other_property_lists_are_refused(value: dict[str, object] | list[object]) -> None:
    with pytest.raises(TranscriptError, match="without a web page"):
        read_document(Source("page.webarchive", plistlib.dumps(value)))


@given(st.integers(0, 400), st.binary(max_size=8))
def test_damaged_archives_are_read_or_refused(at: int, other: bytes) -> None:
    data = plistlib.dumps(archive(), fmt=plistlib.FMT_BINARY)
    with suppress(TranscriptError):
        read_document(Source("page.webarchive", data[:at] + other + data[at + len(other) :]), "webarchive")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (
            b'<?xml version="1.0"?>\n<office:document xmlns:office="x"><a/></office:document>',
            "save it as .odt",
        ),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
            "save it as .docx",
        ),
        (b'<?xml version="1.0"?>\n<pkg:package xmlns:pkg="x"/>', "save it as .docx"),
    ],
)
def test_other_documents_in_xml_are_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(TranscriptError, match=what):
        read_document(Source("page.xml", data))
