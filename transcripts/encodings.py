"""Decode text in any encoding that people save text in."""

from __future__ import annotations

import codecs
import re

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.source import Source

LARGEST_TEXT = 32 * 2**20
"""Bytes. That is a month of speech; a larger file is something else, or a mistake."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 comes before UTF-16, since its mark begins with that of UTF-16."""
_SWITCHES = (
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
    ("iso2022_jp_2004", re.compile(rb"\x1b\$\([OPQ]")),
    ("iso2022_jp_ext", re.compile(rb"\x1b(?:\$[@B]|\([IJ]|\$\(D)")),
)
"""Encodings of e-mail and old pages, and the escape sequences by which they are known."""
_SEVEN_BITS = ("hz", "iso2022_jp", "iso2022_jp_ext", "iso2022_kr")
"""Encodings whose bytes are all ASCII, by the names that a page may declare."""
_WEB = {
    "iso-2022-jp": "iso2022_jp_ext",
    "csiso2022jp": "iso2022_jp_ext",
    "iso-2022-kr": "iso2022_kr",
    "hz-gb-2312": "hz",
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    "x-euc-jp": "euc_jp",
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "iso-ir-58"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    "x-cp1251": "cp1251",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""What browsers take the name of an encoding for: what it was widened to later (https://encoding.spec.whatwg.org)."""
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
"""Encodings that chardet may report but nobody saves a transcript in, such as those of mainframes."""
_FEW, _SURE = 12, 0.25
"""With fewer than this many bytes outside ASCII, chardet must be at least this sure of the encoding."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
"""All control characters but those a text may have: tabs, line and page breaks, and terminal escapes."""
_SAMPLE = 200_000
"""How many bytes the guess of an encoding is based on."""


def decode(source: Source, declared: str | None = None) -> str:
    """Return the text of a source, without its byte-order mark.

    The encoding is the one of its byte-order mark, or that of its escape sequences (ISO-2022), or UTF-8, or the one
    that the file has `declared`, or the one that chardet finds: the first that fits. Raises TranscriptError if the text
    is larger than `LARGEST_TEXT`, damaged, or not text at all.
    """
    data = source.data
    if len(data) > LARGEST_TEXT:
        raise TranscriptError(
            f"{source.name} has more than {LARGEST_TEXT // 2**20} MB of text: that is not the transcript of one event."
        )
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(source, mark, encoding)
    declared = _WEB.get((declared or "").lower(), declared)
    switching = declared if declared in _SEVEN_BITS else _switching(data)
    if switching and data.isascii():  # so it would pass for UTF-8
        return _marked(source, b"", switching)
    text = _utf8(data)
    if text is not None and "\0" not in text:
        return _checked(text, source)
    for other in (declared, guess_encoding(data), "cp1252"):
        text = _in(other, data)
        if text is not None and not _is_binary(text):
            return _checked(text, source)
    raise _no_text(source)


def _switching(data: bytes) -> str | None:
    """Return the encoding of a text that switches to another alphabet by escape sequences, which no other text has."""
    return next((encoding for encoding, mark in _SWITCHES if mark.search(data)), None)


def without_surrogates(text: str) -> str:
    """Return the text with lone surrogates, which are not characters, joined into pairs or replaced."""
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
    """Return the text if it is UTF-8, else None; lone surrogates, which some programs leave in it, are mended."""
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
    except (UnicodeDecodeError, LookupError):  # the next encoding may fit; if none does, `decode` says so
        return None


def guess_encoding(data: bytes) -> str | None:
    """Return the encoding that chardet finds; None where there are too few bytes outside ASCII to be sure."""
    import chardet  # loads slowly, and most files are in UTF-8

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
    """Return whether this is not text: it has zero bytes, or many control characters."""
    if "\0" in text:
        return True
    return len(_CONTROLS.findall(text[:_SAMPLE])) > 2 + 0.01 * len(text[:_SAMPLE])


def _no_text(source: Source) -> TranscriptError:
    return TranscriptError(
        f"{source.name} is not a text file, nor a document in a format that can be read: see docs/transcripts.md."
    )
