"""The text of a caption file, whatever its encoding and its line ends."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.transcripts.encodings import guess_encoding

LARGEST = 64 * 2**20
"""Bytes of a caption file that are read: hundreds of hours."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_ENCODING = re.compile(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*(["'])([^"']*)\2""")


@dataclass(frozen=True)
class FileText:
    """The text of a file with its own line ends, and how it is encoded; `mark` is its byte order mark."""

    text: str
    encoding: str
    mark: bytes = b""
    guessed: bool = False
    """Whether nothing in the file says that this is its encoding, and another might fit too."""
    notes: tuple[str, ...] = ()

    def encoded(self, text: str) -> bytes:
        """Return another text in the same encoding, with the same mark. Raises SubtitleError: it has no such letter."""
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise SubtitleError(
                f"{self.encoding} has no character for {text[error.start : error.end]!r}"
            ) from error


def opening(data: bytes) -> bytes:
    """Return how a file begins, without byte order mark, zero bytes and white space: what it is recognised by."""
    return data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").replace(b"\0", b"")


def decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text with LF line ends, and notes on what had to be guessed.

    It is decoded by its byte order mark; else as UTF-16 where every other byte is zero; else as strict UTF-8; else as
    what chardet finds, or Windows-1252. Raises SubtitleError: it is none of them, or holds zero bytes: it is no text.
    """
    found = file_text(data)
    return found.text.replace("\r\n", "\n").replace("\r", "\n"), list(found.notes)


def file_text(data: bytes) -> FileText:
    """Return the text of a file, decoded as `decoded` says, with its own line ends. Raises SubtitleError."""
    found = _decoded(data)
    if "\0" in found.text:
        raise SubtitleError("not a text file: it holds zero bytes")
    return found


def in_utf_8(data: bytes, encoding: str) -> bytes:
    """Return a text as UTF-8 that is in a given encoding. Raises SubtitleError: it is not, or there is none such."""
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise SubtitleError(
            f"{encoding!r} is not an encoding: give one such as utf-8, windows-1251, gb18030, ..."
        ) from error
    except UnicodeDecodeError as error:
        raise SubtitleError(f"byte {error.start} is not {encoding} text") from error
    return _XML_ENCODING.sub(r'\1 encoding="utf-8"', text.removeprefix("\ufeff")).encode()


def xml_text(data: bytes) -> FileText:
    """Return the text of an XML document, by its mark or its declaration; UTF-8 without. Raises SubtitleError."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    declared = _XML_ENCODING.match(data[:200].decode("latin-1"))
    encoding = encoding or (declared[3] if declared else "utf-8")
    try:
        return FileText(data[len(mark) :].decode(encoding), encoding, mark)
    except (UnicodeDecodeError, LookupError) as error:
        raise SubtitleError(f"says that it is {encoding.upper()}, and is not") from error


def _decoded(data: bytes) -> FileText:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return FileText(data[len(mark) :].decode(encoding), encoding, mark)
            except UnicodeDecodeError as error:
                raise SubtitleError(
                    f"says that it is {encoding.upper()}, and is not: {error.reason}"
                ) from error
    if len(data) % 2 == 0 and len(data) >= 4:
        for encoding, zeros in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[0:200:2])):
            if zeros.count(0) * 2 > len(zeros):
                try:
                    note = f"taken for {encoding.upper()}, which it does not say"
                    return FileText(data.decode(encoding), encoding, notes=(note,))
                except UnicodeDecodeError:
                    break
    try:
        return FileText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise SubtitleError("not a text file: it holds zero bytes")
    for guess in (guess_encoding(data), "windows-1252"):
        try:
            text = data.decode(guess) if guess else None
        except (
            UnicodeDecodeError,
            LookupError,
        ):  # the next guess may fit; if none does, the error below says so
            continue
        if text is not None and guess is not None:
            return FileText(text, guess, guessed=True, notes=(f"not UTF-8: taken for {guess.title()}",))
    raise SubtitleError("neither UTF-8 nor UTF-16 nor Windows-1252: name its encoding with --encoding")
