"""Messages and pages saved as one file are read as their reader shows them."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import Source

PAGE = (
    "<html><head><title>Remarks</title></head><body><h1>Remarks by Mayor Ann Hill</h1><p>12 May 2027</p>"
    "<p>Good evening. It costs €5 to park here.</p><p>Thank you, all of you.</p></body></html>"
)
ARCHIVE = """From: <Saved by Blink>
Snapshot-Content-Location: https://westhaven.example/remarks
Subject: Remarks
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><head><meta charset=3D"utf-8"></head><body><h1>Remarks by Mayor Ann Hill</h1>
<p>Good evening. It costs =E2=82=AC5 to park here, as we all kn=
ow.</p></body></html>
------b
Content-Type: text/css

p { color: red }
------b--
"""


def message(**parts: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "press@westhaven.example", "editors@example.org"
    mail["Subject"], mail["Date"] = "Remarks by Mayor Ann Hill", "Wed, 12 May 2027 18:00:00 +0200"
    for kind, text in parts.items():
        if mail.get_content_maintype() == "text" and mail.get_payload() is None:
            mail.set_content(text, subtype=kind)
        else:
            mail.add_alternative(text, subtype=kind)
    return mail


def spoken(mail: bytes, path: Path) -> list[str]:
    path.write_bytes(mail)
    transcript = read_transcript(path)
    assert transcript.format == "mail"
    return [line.text for _, line in transcript.spoken_lines()]


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    assert spoken(ARCHIVE.encode(), tmp_path / "a.mhtml") == [
        "Good evening. It costs €5 to park here, as we all know."
    ]


def test_the_page_of_a_message_is_read_and_not_its_copy_in_plain_text(tmp_path: Path) -> None:
    mail = message(plain="A copy.\n", html=PAGE)
    assert spoken(bytes(mail), tmp_path / "a.eml") == [
        "Good evening. It costs €5 to park here.",
        "Thank you, all of you.",
    ]


def test_lines_that_flow_and_a_signature(tmp_path: Path) -> None:
    mail = message(plain="Good evening, \nall of you.\n\nThank you.\n\n-- \nPress office\n")
    mail.set_param("format", "flowed")
    page = tmp_path / "a.eml"
    assert spoken(bytes(mail), page) == ["Good evening, all of you.", "Thank you."]
    transcript = read_transcript(page)
    assert transcript.title == "Remarks by Mayor Ann Hill"
    kinds = {line.text: line.kind for turn in transcript.turns for line in turn.lines}
    assert kinds["Press office"] is LineKind.FURNITURE


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_encoding_is_the_one_that_the_message_states(encoding: str, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["To"], mail["Date"] = (
        "a@b.example",
        "Café",
        "c@d.example",
        "12 May 2027",
    )
    mail.set_content("Le café est fermé.\nMerci à tous.\n", charset=encoding, cte="base64")
    assert spoken(bytes(mail), tmp_path / "a.eml") == ["Le café est fermé.", "Merci à tous."]


def test_a_message_without_text_is_refused() -> None:
    mail = message()
    mail.add_attachment(b"\0\1", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(TranscriptError, match="a message without text"):
        read_document(Source("a.eml", bytes(mail)))


@pytest.mark.parametrize(
    "text",
    [
        "Subject: the harbour\nDate: 12 May 2027\n\nAnn Hill: Good evening.\n",
        "From: the mayor\n\nGood evening.\n",
        "Ann Hill: Good evening.\nTom Olde: Yes.\nAnn Hill: Well.\nDate: none.\n\nMore.\n",
    ],
)
def test_a_transcript_with_some_fields_above_is_no_message(text: str) -> None:
    name, _ = read_document(Source("a.txt", text.encode()))
    assert name == "txt"
