"""The text of a caption file, whatever its encoding and its line ends."""

from __future__ import annotations

import codecs

from asdelivered.subtitles.errors import SubtitleError

LARGEST = 64 * 2**20
"""Bytes of a caption file that are read: hundreds of hours."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def opening(data: bytes) -> bytes:
    """Return how a file begins, without byte order mark, zero bytes and white space: what it is recognised by."""
    return data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").replace(b"\0", b"")


def decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text with LF line ends, and notes on what had to be guessed.

    It is decoded by its byte order mark; else as UTF-16 where every other byte is zero; else as strict UTF-8; else as
    Windows-1252. Raises SubtitleError: it is none of them, or holds zero bytes: it is no text.
    """
    text, notes = _decoded(data)
    if "\0" in text:
        raise SubtitleError("not a text file: it holds zero bytes")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), []
            except UnicodeDecodeError as error:
                raise SubtitleError(
                    f"says that it is {encoding.upper()}, and is not: {error.reason}"
                ) from error
    if len(data) % 2 == 0 and len(data) >= 4:
        for encoding, zeros in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[0:200:2])):
            if zeros.count(0) * 2 > len(zeros):
                try:
                    return data.decode(encoding), [f"taken for {encoding.upper()}, which it does not say"]
                except UnicodeDecodeError:
                    break
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise SubtitleError("not a text file: it holds zero bytes")
    try:
        return data.decode("cp1252"), ["not UTF-8: taken for Windows-1252"]
    except UnicodeDecodeError as error:
        raise SubtitleError("neither UTF-8 nor UTF-16 nor Windows-1252: save it as UTF-8") from error
