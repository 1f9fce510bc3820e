"""Rich Text (.rtf), as Word, WordPad and TextEdit write it: a row per paragraph, with its looks and footnotes.

After the Rich Text Format Specification 1.9.1, of which only what can be seen is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from asdelivered.base.reading import MB, foreign
from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.packages import spaced
from asdelivered.transcripts.formats.symbols import symbol
from asdelivered.transcripts.formats.turn_tables import kinds_of_cells
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.source import Source

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])|"
    r"(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_LOOKS = {
    "b": Style.BOLD,
    "i": Style.ITALIC,
    "strike": Style.STRUCK,
    "striked": Style.STRUCK,
    "super": Style.RAISED,
}
_CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
_SIGNS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_LINE, _PARAGRAPH, _CELL, _ROW = "\n", "\f", "\v", "\x1c"
_ENDS = {
    "line": _LINE,
    **dict.fromkeys(("par", "sect", "page"), _PARAGRAPH),
    **dict.fromkeys(("cell", "nestcell"), _CELL),
    **dict.fromkeys(("row", "nestrow"), _ROW),
}
"""What ends with a control word: a line, a paragraph, a cell, a row of a table."""
_SEPARATORS = frozenset(_ENDS.values())
_HIDDEN = frozenset(
    {
        *(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "fldinst",
            "listtext",
            "pntext",
            "nonshppict",
        ),
        *("filetbl", "revtbl", "xe", "tc", "bkmkstart", "bkmkend", "atnid", "atnauthor", "annotation", "upr"),
    }
)
"""Groups whose text nobody sees on the page."""
_ASIDE = {
    "footnote": LineKind.FOOTNOTE,
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        LineKind.FURNITURE,
    ),
}
"""Groups with text that is seen at another place."""
_BOXES = frozenset({"shptxt", "dptxbxtext"})
"""Groups with the text of a box."""
_CHARSETS = {
    **{0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253"},
    **{
        162: "cp1254",
        163: "cp1258",
        177: "cp1255",
        178: "cp1256",
        186: "cp1257",
        204: "cp1251",
        222: "cp874",
    },
    238: "cp1250",
}
"""Encodings by the number of a font's character set."""
_SIGN_FONTS = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)
"""Fonts of signs, whose characters are numbers of their own."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The two halves of a character beyond the first 65,536, as UTF-16 has them."""
_DELETED = re.compile(rb"(?<!\\)\\deleted(?![a-z0])[^{}]{0,200}?[ ;][^{}\\\s]")
_NOT_SHOWN = re.compile(rb"(?<!\\)\\v(?![a-z0])[^{}]{0,200}?[ ;][^{}\\\s]")
"""Text that a tracked change deleted, and hidden text: the control words, and a letter after them."""
_LARGEST = 64 * MB
"""Bytes, pictures included."""
_DEEPEST = 1000
"""Groups within groups."""


@dataclass(frozen=True)
class _Group:
    """What holds within a group of braces."""

    looks: frozenset[Style] = frozenset()
    shown: bool = True
    aside: LineKind | None = None
    boxed: bool = False
    """It is in a box, which stands apart from the paragraph that has it."""
    repeated: bool = False
    """It says again, for old readers, what is said elsewhere."""
    in_table: bool = False
    font: int = -1
    fallback: int = 1
    """Characters that stand after each Unicode one, for readers that lack it."""
    heading: int = 0


@dataclass
class _Paragraph:
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def add(self, text: str, looks: frozenset[Style]) -> None:
        self.marks += [Mark(len(self.text), len(self.text) + len(text), look) for look in sorted(looks)]
        self.text += text

    def end_row(self, heading: int) -> None:
        self.rows.append(Row(self.text + "\n", None, heading, tuple(self.marks)))
        self.text, self.marks = "", []


def read(source: Source) -> Document:
    """Read a Rich Text file. Raises TranscriptError if it is too large, or its groups are nested too deep."""
    if len(source.data) > _LARGEST:
        raise TranscriptError(
            f"{source.name} has more than {_LARGEST // MB} MB: save it as .docx, or its text as plain text."
        )
    with foreign(source.name, "Rich Text file", TranscriptError):
        return replace(_read(source), left_out=tuple(_left_out(source)))


def _left_out(source: Source) -> Iterator[LeftOut]:
    """Yield what the file has and does not show."""
    if _DELETED.search(source.data):
        yield LeftOut.DELETED
    if _NOT_SHOWN.search(source.data):
        yield LeftOut.HIDDEN


class _Body:
    """The paragraphs of a file, gathered one after the other; each cell of a table is one of them."""

    def __init__(self) -> None:
        self._paragraphs: list[list[Row]] = []
        self._paragraph = _Paragraph()
        self._boxes: list[str] = []
        self._tables: list[list[list[int]]] = []
        """The indices of the paragraphs that are the cells of each row of each table."""
        self._cells: list[int] = []
        self._table_goes_on = False

    def add(self, text: str, group: _Group) -> None:
        """Add text, or end a line, a paragraph, a cell, a row of a table."""
        if group.boxed:
            self._boxes += [""] if text in _SEPARATORS or not self._boxes else []
            self._boxes[-1] += "" if text in _SEPARATORS else text
        elif text == _LINE or (text == _PARAGRAPH and group.in_table):
            self._paragraph.end_row(group.heading)
        elif text == _CELL:
            self._cells.append(len(self._paragraphs))
            self._end_paragraph(group.heading)
        elif text == _ROW:
            self._end_table_row(group)
        elif text == _PARAGRAPH:
            self._table_goes_on = False
            self._end_paragraph(group.heading)
        elif text:
            self._paragraph.add(text, group.looks)

    def _end_table_row(self, group: _Group) -> None:
        if not self._table_goes_on:
            self._tables.append([])
        self._tables[-1].append(self._cells)
        self._cells, self._table_goes_on = [], True
        if self._paragraph.text:
            self._end_paragraph(group.heading)

    def _end_paragraph(self, heading: int) -> None:
        self._paragraph.end_row(heading)
        self._paragraphs.append(self._paragraph.rows)
        self._paragraphs += [[Row(text + "\n")] for text in self._boxes if text.strip()]
        self._paragraph, self._boxes = _Paragraph(), []

    def rows(self, group: _Group) -> list[Row]:
        """Return all rows, after the last piece of text."""
        if self._paragraph.text or self._paragraph.rows or self._boxes:
            self._end_paragraph(group.heading)
        shown = ["".join(row.text for row in rows) for rows in self._paragraphs]
        kinds = dict(kinds_of_cells(self._tables, shown.__getitem__))
        return spaced(
            [
                [replace(row, kind=kinds.get(number)) for row in rows]
                for number, rows in enumerate(self._paragraphs)
            ]
        )


def _read(source: Source) -> Document:
    asides: dict[LineKind, list[str]] = {kind: [] for kind in _ASIDE.values()}
    body = _Body()
    group = _Group()
    title = _title(source)
    for text, change in _pieces(source):
        if change:
            if change.aside and not group.aside:
                asides[change.aside].append("")
            group = change
        if not group.shown:
            continue
        if group.aside:
            asides[group.aside][-1] += " " if text in _SEPARATORS else text
        else:
            body.add(text, group)
    rows = body.rows(group)
    for kind, texts in asides.items():
        for aside in dict.fromkeys(" ".join(text.split()) for text in texts):
            rows += [Row("\n"), Row(aside + "\n", kind)] if aside else []
    return Document(tuple(rows), title=title)


def _pieces(source: Source) -> Iterator[tuple[str, _Group | None]]:
    r"""Yield the text of a file in pieces, and what holds from each on, where that changes.

    A piece is one of _SEPARATORS at the end of a line, a paragraph, a cell or a row.
    """
    fonts, page = _fonts(source)
    signs = _sign_fonts(source)
    group, outer = _Group(), list[_Group]()
    waiting = b""
    skipped = half = 0
    starred = False
    for token in _TOKEN.finditer(source.data.decode("latin-1")):
        word, sign = token["word"], token["sign"]
        if token["byte"]:
            if skipped:
                skipped -= 1
            else:
                waiting += bytes.fromhex(token["byte"])
            continue
        if token["text"] and skipped:
            kept = token["text"][skipped:]
            skipped = max(0, skipped - len(token["text"]))
        else:
            kept = token["text"] or ""
        if waiting and (word or sign or kept or token["brace"]):
            encoding = fonts.get(group.font, page)
            if kept and kept[0].isascii() and not _is_whole(waiting, encoding):
                # The second byte of a Japanese or Chinese character may be a plain letter.
                waiting += kept[0].encode()
                kept = kept[1:]
            if group.font in signs:
                yield "".join(symbol(signs[group.font], f"{byte:x}") for byte in waiting), None
            else:
                yield waiting.decode(encoding, errors="replace"), None
            waiting = b""
        if token["brace"]:
            skipped = 0
            if token["brace"] == "}":
                group = outer.pop() if outer else group
                yield "", group
            elif len(outer) >= _DEEPEST:
                raise TranscriptError(f"{source.name} is nested too deep for a real text: save it as .docx.")
            else:
                outer.append(group)
        elif sign == "*":
            starred = True
            continue
        elif word == "u" and token["number"]:
            code = int(token["number"]) % 0x10000
            if code in _LOW and half in _HIGH:
                code = 0x10000 + ((half - _HIGH.start) << 10) + code - _LOW.start
            half = code
            if group.font in signs and code < 0x10000:
                yield symbol(signs[group.font], f"{code:x}"), None
            elif code not in _HIGH and code not in _LOW:
                yield chr(code), None
            skipped = group.fallback
        elif word in _ENDS or sign in ("\n", "\r"):
            yield _ENDS.get(word or "", _PARAGRAPH), None
        elif word in _CHARACTERS or sign in _SIGNS:
            yield _CHARACTERS[word] if word else _SIGNS[sign], None
        elif word:
            changed = _changed(group, word, token["number"], starred)
            if changed != group:
                group = changed
                yield "", group
        elif kept and group.font in signs:
            yield "".join(symbol(signs[group.font], f"{ord(letter):x}") for letter in kept), None
        elif kept:
            yield kept, None
        starred = False


def _changed(group: _Group, word: str, number: str | None, starred: bool) -> _Group:
    """Return what holds after a control word."""
    if word in _BOXES and not group.repeated:
        return replace(group, shown=True, boxed=True)
    if word == "ud":
        return replace(group, shown=True)
    if word == "shprslt":
        return replace(group, shown=False, repeated=True)
    if word in _HIDDEN or (starred and word not in ("shppict", "footnote")):
        return replace(group, shown=False)
    if word in _ASIDE:
        return replace(group, aside=_ASIDE[word], looks=frozenset())
    if word in _LOOKS:
        changed = {_LOOKS[word]}
        return replace(group, looks=group.looks - changed if number == "0" else group.looks | changed)
    if word == "plain":
        return replace(group, looks=frozenset())
    if word == "nosupersub":
        return replace(group, looks=group.looks - {Style.RAISED})
    if word in ("v", "deleted"):
        return replace(group, shown=number == "0")
    if word == "pard":
        return replace(group, heading=0, in_table=False)
    if word == "intbl":
        return replace(group, in_table=True)
    value = int(number) if number else 0
    if word == "outlinelevel":
        return replace(group, heading=value + 1 if value < 9 else 0)
    if word == "f":
        return replace(group, font=value)
    return replace(group, fallback=value) if word == "uc" else group


def _fonts(source: Source) -> tuple[dict[int, str], str]:
    """Return the encodings of the fonts, and that of the file."""
    head = source.data[:MB].decode("latin-1")
    fonts = {
        int(number): _CHARSETS[int(charset)]
        for number, charset in re.findall(r"\\f(\d{1,5})[^{};]{0,80}?\\fcharset(\d{1,3})", head)
        if int(charset) in _CHARSETS and int(charset)
    }
    page = re.search(r"\\ansicpg(\d{3,5})", head[:4000])
    name = f"cp{page[1]}" if page else "mac-roman" if "\\mac\\" in head[:200] else "cp1252"
    return fonts, {"cp65001": "utf-8", "cp10000": "mac-roman", "cp936": "gb18030"}.get(name, name)


def _sign_fonts(source: Source) -> dict[int, str]:
    """Return the names of the fonts of signs, by their numbers."""
    head = source.data[:MB].decode("latin-1")
    fonts = re.findall(r"\\f(\d{1,5})[^{};]{0,80}?\\fcharset2 ?(?:\{[^{}]{0,80}\})?([^;{}\\]{1,60});", head)
    return {int(number): name.strip() for number, name in fonts if _SIGN_FONTS.search(name)}


def _is_whole(data: bytes, encoding: str) -> bool:
    """Return whether the last character of encoded text is complete."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.end < len(data)
    return True


def _title(source: Source) -> str | None:
    found = re.search(rb"\{\\title ([^{}\\]{1,300})\}", source.data[:MB])
    return found[1].decode("latin-1").strip() or None if found else None
