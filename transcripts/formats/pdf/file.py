"""Read PDF files with pdfium: the lines of each page, their positions and how they look."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.pdf.layout import layout
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word, joined
from asdelivered.transcripts.source import Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 3000
_FEWEST_LETTERS = 20
"""Letters per page, on average. With fewer, the pages are pictures."""
_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""The characters that pdfium gives for a hyphen at the end of a line."""
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600


def read(source: Source) -> Document:
    """Read a PDF file. Raises TranscriptError if it is damaged, encrypted, too long, or has only pictures."""
    from pypdfium2 import PdfiumError

    document = _open(source)
    try:
        if len(document) > MOST_PAGES:
            raise TranscriptError(
                f"{source.name} has {len(document)} pages: give the pages of one event, at most {MOST_PAGES}."
            )
        pages = []
        for number in range(len(document)):
            with foreign(f"{source.name}, page {number + 1},", "PDF page", TranscriptError, PdfiumError):
                pages.append(joined(_lines(document[number])))
    finally:
        document.close()
    letters = sum(map(str.isalnum, "".join(line.text for page in pages for line in page)))
    if letters < _FEWEST_LETTERS * min(len(pages), 5):
        raise TranscriptError(
            f"{source.name} has no text: its pages are pictures. Run OCR on it first, or get the original."
        )
    return Document(layout(pages))


def _open(source: Source) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source.data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise TranscriptError(
                f"{source.name} is encrypted: save a copy without a password, and give that."
            ) from error
        raise TranscriptError(f"{source.name} is a damaged PDF file ({error}): get a new copy.") from error


def _lines(page: PdfPage) -> Iterator[PageLine]:
    """Yield the lines of a page in the order in which they are drawn, which is reading order."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    height = page.get_height()
    characters = _Characters(text_page)
    words: list[Word] = []
    start = None
    letters: list[str] = []

    def end_word(at: int) -> None:
        nonlocal start
        if start is not None and letters:
            words.append(characters.word("".join(letters), start, at - 1))
        start = None
        letters.clear()

    for at in range(text_page.count_chars()):
        letter = _letter(pdfium.FPDFText_GetUnicode(text_page, at))
        if not letter.isspace():
            start = at if start is None else start
            letters.append("-" if letter in _HYPHENS else letter)
        if letter.isspace() or letter in _HYPHENS:
            end_word(at + (letter in _HYPHENS))
        # pdfium gives no line break after a hyphen that ends a line.
        if words and (letter in "\r\n" or letter in _HYPHENS):
            yield PageLine(tuple(words), height)
            words = []
    end_word(text_page.count_chars())
    if words:
        yield PageLine(tuple(words), height)
    text_page.close()


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" if code else " "


class _Characters:
    """The positions of the characters of a page, and how they look."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._page = text_page
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()

    def word(self, text: str, first: int, last: int) -> Word:
        """Return the word of the characters `first` to `last`."""
        import pypdfium2.raw as pdfium

        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(self._page, last, left, right, bottom, top)
        end = right.value
        pdfium.FPDFText_GetCharOrigin(self._page, first, left, bottom)
        size = self._size(first)
        raised = 0
        while text[-1].isdecimal() and raised < last - first and self._is_small(last - raised, size):
            raised += 1
        weight = pdfium.FPDFText_GetFontWeight(self._page, first)
        length = pdfium.FPDFText_GetFontInfo(self._page, first, self._name, len(self._name), self._flags)
        font = self._name.raw[: max(0, min(length, len(self._name)) - 1)].decode("utf-8", "replace")
        return Word(
            text,
            left.value,
            end,
            bottom.value,
            round(size, 1),
            bool(_BOLD.search(font)) or weight >= _BOLD_WEIGHT,
            bool(_ITALIC.search(font)),
            raised,
        )

    def _is_small(self, at: int, size: float) -> bool:
        return self._size(at) < 0.8 * size

    def _size(self, at: int) -> float:
        """Return the print size of a character on the page, in points.

        A PDF file may give the size with the font, or give 1 there and scale the text by its matrix.
        """
        import pypdfium2.raw as pdfium

        size = float(pdfium.FPDFText_GetFontSize(self._page, at))
        if not pdfium.FPDFText_GetMatrix(self._page, at, self._matrix):
            return size
        return size * math.hypot(self._matrix.c, self._matrix.d)
