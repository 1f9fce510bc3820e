"""Bytes to text, in any encoding that people save text in."""

from __future__ import annotations

import codecs
import re

import chardet

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.source import Source

LARGEST_TEXT = 32 * 2**20
"""Bytes. Speech for a month; a larger file is something else, or a mistake."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16, whose mark its own begins with."""
_UNCOMMON = (
    "cp1026",
    "cp037",
    "cp273",
    "cp424",
    "cp500",
    "cp875",
    "cp1140",
    "hz",
    "utf-7",
    "cp720",
    "cp1006",
)
"""What chardet may find and nobody saves a transcript in: the encodings of mainframes, and some more."""
_FEW, _SURE = 12, 0.25
"""Bytes outside ASCII that are too few to guess an encoding by, and how sure chardet must be with so few."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
"""All but those that a text may have: tabs, line and page breaks, and the escape of a terminal's colours."""
_SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""


def decode(source: Source, declared: str | None = None) -> str:
    """Return the text in a file's bytes, without its byte-order mark.

    It is decoded by its byte-order mark, else as UTF-8, else in the encoding that the file has `declared`, else
    in the one that chardet finds. Raises TranscriptError where it is larger than `LARGEST_TEXT`, damaged, or
    not text.
    """
    data = source.data
    if len(data) > LARGEST_TEXT:
        raise TranscriptError(
            f"{source.name} has more than {LARGEST_TEXT // 2**20} MB of text: that is no transcript of one event."
        )
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(source, mark, encoding)
    text = _utf8(data)
    if text is not None and "\0" not in text:
        return _checked(text, source)
    for other in (declared, _guess(data), "cp1252"):
        text = _in(other, data)
        if text is not None and not _is_binary(text):
            return _checked(text, source)
    raise _no_text(source)


def without_surrogates(text: str) -> str:
    """The text with half surrogate pairs, which are no characters, put together or replaced."""
    if text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in set(text)):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _marked(source: Source, mark: bytes, encoding: str) -> str:
    try:
        return _checked(source.data[len(mark) :].decode(encoding), source)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        raise TranscriptError(
            f"{source.name} is damaged: byte {at} is not {encoding.upper()} text."
        ) from error


def _utf8(data: bytes) -> str | None:
    """UTF-8 text, if it is that; half surrogate pairs, which some programs leave in it, are mended."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\xed\xa0" not in data and not re.search(rb"\xed[\xa0-\xbf]", data):
            return None
    try:
        return without_surrogates(data.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        return None


def _in(encoding: str | None, data: bytes) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):  # the next encoding may fit; that none does is told at the end
        return None


def _guess(data: bytes) -> str | None:
    """The encoding that chardet finds, where the bytes outside ASCII are enough to tell by."""
    sample = data[:_SAMPLE]
    found = chardet.detect(sample)
    encoding = (found["encoding"] or "").lower()
    few = sum(byte > 0x7F for byte in sample) < _FEW
    if not encoding or (few and found["confidence"] < _SURE) or encoding.startswith(_UNCOMMON):
        return None
    return encoding


def _checked(text: str, source: Source) -> str:
    if _is_binary(text):
        raise _no_text(source)
    return text


def _is_binary(text: str) -> bool:
    """Tell whether a text has characters that only other data has: zero bytes, or many control characters."""
    if "\0" in text:
        return True
    return len(_CONTROLS.findall(text[:_SAMPLE])) > 2 + 0.01 * len(text[:_SAMPLE])


def _no_text(source: Source) -> TranscriptError:
    return TranscriptError(
        f"{source.name} is not a text file, nor a document in a format that is read here: see docs/transcripts.md."
    )
