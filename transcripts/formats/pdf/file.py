"""Read PDF files with pdfium: the lines of each page, their positions and how they look."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.pdf.directions import Direction, direction_of, in_order_of_reading
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
_UNKNOWN = "\ufffd"
"""A letter that is seen, of which the file does not say which one it is."""
_MOST_UNKNOWN = 0.08
"""A share of a page's characters. If more are unknown, they are its blanks."""


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
            f"{source.name} has no text: its pages are pictures, or do not say which letters they show. "
            "Run OCR on it first, or get the original."
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
    """Yield the lines of a page in the order in which they are drawn, which is reading order.

    Words that stand across the page's text, such as a stamp in the margin, are lines of their own.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    sizes = page.get_width(), page.get_height()
    width, height = sizes if page.get_rotation() in (0, 180) else reversed(sizes)
    direction = direction_of(text_page, width, height)
    if page.get_rotation() != direction.way.rotation:
        # pdfium orders what it finds as the page is shown.
        text_page.close()
        page.set_rotation(direction.way.rotation)
        text_page = page.get_textpage()
    characters = _Characters(text_page, direction)
    words: list[Word] = []
    across: list[Word] = []
    start = None
    letters: list[str] = []

    def end_word(at: int) -> None:
        nonlocal start
        if start is not None and letters:
            word, is_across = characters.word(letters, start, at - 1)
            (across if is_across else words).append(word)
        start = None
        letters.clear()

    def end_line() -> Iterator[PageLine]:
        for line in (words, across):
            if line:
                yield PageLine(tuple(line), direction.across, across=line is across)
                line.clear()

    codes = [pdfium.FPDFText_GetUnicode(text_page, at) for at in range(text_page.count_chars())]
    few_unknown = 0 < codes.count(0) <= _MOST_UNKNOWN * len(codes)
    for at, code in enumerate(codes):
        letter = _letter(code) if code else _UNKNOWN if few_unknown and characters.is_seen(at) else " "
        if not letter.isspace():
            start = at if start is None else start
            letters.append("-" if letter in _HYPHENS else letter)
        if letter.isspace() or letter in _HYPHENS:
            end_word(at + (letter in _HYPHENS))
        # pdfium gives no line break after a hyphen that ends a line.
        if letter in "\r\n" or letter in _HYPHENS:
            yield from end_line()
    end_word(len(codes))
    yield from end_line()
    text_page.close()


def _letter(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN


class _Characters:
    """The positions of the characters of a page, and how they look."""

    def __init__(self, text_page: Any, direction: Direction) -> None:
        import pypdfium2.raw as pdfium

        self._page = text_page
        self._direction = direction
        self._is_plain = direction.is_plain
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()

    def is_seen(self, at: int) -> bool:
        """Return whether a character takes room on the page."""
        import pypdfium2.raw as pdfium

        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        return left.value != right.value and bottom.value != top.value

    def word(self, letters: Sequence[str], first: int, last: int) -> tuple[Word, bool]:
        """Return the word of the characters `first` to `last`, and whether it stands across the page's text."""
        import pypdfium2.raw as pdfium

        left, right, bottom, top = self._numbers
        if self._is_plain:
            pdfium.FPDFText_GetCharBox(self._page, last, left, right, bottom, top)
            text, end = "".join(letters), right.value
            pdfium.FPDFText_GetCharOrigin(self._page, first, left, bottom)
            begin, baseline = left.value, bottom.value
        else:
            text, begin, end, baseline = self._turned(letters, first, last)
        size = self._size(first)
        is_across = self._direction.is_across(self._matrix.a, self._matrix.b)
        raised = 0
        while text[-1].isdecimal() and raised < last - first and self._is_small(last - raised, size):
            raised += 1
        weight = pdfium.FPDFText_GetFontWeight(self._page, first)
        length = pdfium.FPDFText_GetFontInfo(self._page, first, self._name, len(self._name), self._flags)
        font = self._name.raw[: max(0, min(length, len(self._name)) - 1)].decode("utf-8", "replace")
        word = Word(
            text,
            begin,
            end,
            baseline,
            round(size, 1),
            bool(_BOLD.search(font)) or weight >= _BOLD_WEIGHT,
            bool(_ITALIC.search(font)),
            raised,
        )
        return word, is_across

    def _turned(self, letters: Sequence[str], first: int, last: int) -> tuple[str, float, float, float]:
        """Return the text of a word, where it begins and ends along its line, and its baseline."""
        import pypdfium2.raw as pdfium

        left, _, bottom, _ = self._numbers
        one, other = self._box(first), self._box(last)
        pdfium.FPDFText_GetCharOrigin(self._page, first, left, bottom)
        begin, baseline = self._direction.point(left.value, bottom.value)
        if self._direction.leftward:
            return self._in_order(letters, first), min(one[0], other[0]), max(one[1], other[1]), baseline
        return "".join(letters), begin, other[1], baseline

    def _box(self, at: int) -> tuple[float, float]:
        """Return where a character begins and ends along its line."""
        import pypdfium2.raw as pdfium

        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        one, _ = self._direction.point(left.value, bottom.value)
        other, _ = self._direction.point(right.value, top.value)
        return min(one, other), max(one, other)

    def _in_order(self, letters: Sequence[str], first: int) -> str:
        import pypdfium2.raw as pdfium

        left, _, bottom, _ = self._numbers
        positions = []
        for at in range(first, first + len(letters)):
            pdfium.FPDFText_GetCharOrigin(self._page, at, left, bottom)
            positions.append(left.value)
        return in_order_of_reading(letters, positions)

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
