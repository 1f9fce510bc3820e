"""What Word and OpenDocument files have in common: archives of XML, unpacked up to a limit; paragraphs apart."""

from __future__ import annotations

import zipfile

from asdelivered.base.reading import MB
from asdelivered.transcripts.document import Row
from asdelivered.transcripts.errors import TranscriptError

_MOST_TEXT = 128 * MB
"""Bytes of all parts with text when unpacked."""
_MOST_BYTES = 512 * MB
"""Bytes of all parts when unpacked, pictures too."""
_MOST_ELEMENTS = 2_000_000
"""Tags in all parts. An element takes ten times its bytes in memory; a day of debate has some hundred thousand."""
_PIECE = MB
_PROLOGUE = 4096
"""Bytes at the start of a part, where a document type would be."""


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack all parts, piece by piece. Raises TranscriptError where there is too much, or a document type in one."""
    parts = archive.infolist()
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if (
        sum(part.file_size for part in texts) > _MOST_TEXT
        or sum(part.file_size for part in parts) > _MOST_BYTES
    ):
        raise TranscriptError(
            f"{name} unpacks to more than {_MOST_TEXT // MB} MB of text or {_MOST_BYTES // MB} MB in all: "
            "that is not the transcript of one event."
        )
    elements = 0
    for part in parts:
        with archive.open(part) as file:
            piece = file.read(_PIECE)
            if part in texts and b"<!DOCTYPE" in piece[:_PROLOGUE].replace(b"\0", b""):
                raise TranscriptError(
                    f"{name} defines entities or a document type in its part {part.filename}, which is refused: "
                    "save it again in a word processor."
                )
            while piece:  # up to its end, where its checksum is compared
                elements += piece.count(b"<") if part in texts else 0
                piece = file.read(_PIECE)
        if elements > _MOST_ELEMENTS:
            raise TranscriptError(
                f"{name} has more than {_MOST_ELEMENTS // 1_000_000} million elements: that is not the transcript of "
                "one event. Save its text as plain text."
            )


def spaced(paragraphs: list[list[Row]]) -> list[Row]:
    """Return the rows of all paragraphs, with a blank row between them unless the document has blank ones itself."""
    apart = any(not row.content for paragraph in paragraphs[1:-1] for row in paragraph)
    spaced: list[Row] = []
    for paragraph in paragraphs:
        spaced += [Row("\n")] if spaced and not apart else []
        spaced += paragraph
    return spaced
