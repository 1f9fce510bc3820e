"""Read an official page into a Transcript: from a file, or from text already in hand.

Plain text is the one format so far. Another one is a function from a file's bytes to the text of its page,
and a line in `read_transcript` that tells when to call it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from pathlib import Path

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.page import read_page

LARGEST = 5 * 2**20
"""Bytes. A day of speech is one megabyte of text."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16, whose mark its own begins with."""

_DOCUMENTS = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a Word file or another zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"<!doctype html": "a web page in HTML",
    b"<html": "a web page in HTML",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_RECORDINGS = (
    b"OggS",
    b"RIFF",
    b"ID3",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf1",
    b"FORM",
)


def read_transcript(path: Path, language: str = "en") -> Transcript:
    """Read the page in the text file `path`; `language` is an ISO 639-1 code.

    The text is decoded by its byte-order mark, else as UTF-8, else as Windows-1252. Raises TranscriptError
    where the file is missing, no regular file, unreadable, larger than `LARGEST`, not text, or has no line
    of speech.
    """
    data = _read_bytes(path)
    transcript = parse_transcript(
        _decode(data, path), path=str(path), sha256=hashlib.sha256(data).hexdigest(), language=language
    )
    if next(transcript.spoken_lines(), None) is None:
        what = "is empty" if not transcript.source.strip() else "has no line of speech"
        raise TranscriptError(f"{path} {what}: give a text file with what was said at the event.")
    return transcript


def parse_transcript(text: str, *, path: str, sha256: str, language: str) -> Transcript:
    """Take the `text` of a page apart; it never fails, and the result's `source` is `text` again.

    `path` and `sha256` say where the text is from, `language` is an ISO 639-1 code.
    """
    page = read_page(text, language)
    heading = page.heading
    return Transcript(path, sha256, heading.title, heading.occasion, heading.date, language, page.turns)


def _read_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise TranscriptError(f"{path} is a folder: give the text file of the transcript.")
        if not stat.S_ISREG(mode):
            raise TranscriptError(f"{path} is not a regular file: save the transcript to a text file first.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise TranscriptError(f"There is no transcript at {path}: check the name.") from error
    except OSError as error:
        raise TranscriptError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # a name with a zero byte
        raise TranscriptError(f"{str(path)!r} is no name of a file: {error}.") from error
    if len(data) > LARGEST:
        raise TranscriptError(
            f"{path} is larger than {LARGEST // 2**20} MB: that is no transcript of one event."
        )
    return data


def _decode(data: bytes, path: Path) -> str:
    """The text in a file's bytes, without its byte-order mark."""
    start = data[:64].lstrip().lower()
    for mark, what in _DOCUMENTS.items():
        if start.startswith(mark.lower()):
            raise TranscriptError(
                f"{path} is {what}: save its text as a plain text file (UTF-8), and give that."
            )
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                at = error.start + len(mark)
                raise TranscriptError(
                    f"{path} is damaged: byte {at} is not {encoding.upper()} text."
                ) from error
    if data.startswith(_RECORDINGS) or data[4:8] == b"ftyp":
        raise TranscriptError(
            f"{path} is a recording, not text: give the transcript first, then the recording."
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:  # the next encoding may fit; that none does is said below
            continue
        if not _is_binary(text):
            return text
        break
    raise TranscriptError(f"{path} is not a text file: give the transcript as plain text (UTF-8).")


def _is_binary(text: str) -> bool:
    """Tell whether a text has characters that only other data has: zero bytes, or many control characters."""
    if "\0" in text:
        return True
    return len(_CONTROLS.findall(text)) > 0.01 * len(text)
