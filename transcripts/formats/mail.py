"""E-mail (.eml), and web pages saved as one file (.mhtml), which is a message too: RFC 5322, RFC 2557."""

from __future__ import annotations

from dataclasses import replace

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document, Row
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import html, plain
from asdelivered.transcripts.formats.messages.message_text import (
    SIGNATURE,
    subject_of,
    unquoted,
    without_signature,
)
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read the text of a message: its web page where it has one, else its plain text.

    Raises TranscriptError if it has neither, or one that cannot be decoded.
    """
    from email import message_from_bytes
    from email.message import EmailMessage
    from email.policy import default

    with foreign(source.name, "message", TranscriptError, AssertionError, AttributeError, TypeError):
        message = message_from_bytes(source.data, EmailMessage, policy=default)
        part = message.get_body(("related", "html", "plain"))
        if part is None or part.get_content_maintype() == "multipart":
            part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
        if part is None or part.get_content_maintype() != "text":
            raise TranscriptError(
                f"{source.name} is a message without text: give the file that is attached to it."
            )
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
        flowed = part.get_param("format") == "flowed"
        subject = subject_of(str(message.get("Subject", "")))
        body = Source(source.name, data if isinstance(data, bytes) else b"")
    if part.get_content_type() == "text/html":
        page = html.read_html(decode(body, charset), source.name)
        return page if page.title else replace(page, title=subject)
    text = decode(body, charset)
    rows = unquoted(_joined(text)) if flowed else plain.read_text(text).rows
    return Document(without_signature(rows), title=subject)


def _joined(text: str) -> tuple[Row, ...]:
    """Return the paragraphs of a text whose lines go on where they end in a blank (RFC 3676)."""
    rows: list[str] = []
    goes_on = False
    for line in text.splitlines(keepends=True):
        if goes_on:
            rows[-1] += line
        else:
            rows.append(line)
        content = line.rstrip("\r\n")
        goes_on = content.endswith(" ") and content.rstrip() != SIGNATURE
    return tuple(map(Row, rows))
