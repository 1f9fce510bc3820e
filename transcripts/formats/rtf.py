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
from asdelivered.transcripts.model import LineKind
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
_BREAKS = frozenset({"line", "cell", "nestcell"})
_ENDS = frozenset({"par", "sect", "page", "row", "nestrow"})
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
        *("filetbl", "revtbl", "xe", "tc", "bkmkstart", "bkmkend", "atnid", "atnauthor", "annotation"),
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
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The two halves of a character beyond the first 65,536, as UTF-16 has them."""
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
        return _read(source)


def _read(source: Source) -> Document:
    paragraphs: list[list[Row]] = []
    asides: dict[LineKind, list[str]] = {kind: [] for kind in _ASIDE.values()}
    paragraph = _Paragraph()
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
            asides[group.aside][-1] += " " if text in ("\n", "\f") else text
        elif text in ("\n", "\f"):
            paragraph.end_row(group.heading)
            if text == "\f":
                paragraphs.append(paragraph.rows)
                paragraph = _Paragraph()
        elif text:
            paragraph.add(text, group.looks)
    if paragraph.text or paragraph.rows:
        paragraph.end_row(group.heading)
        paragraphs.append(paragraph.rows)
    rows = spaced(paragraphs)
    for kind, texts in asides.items():
        for aside in dict.fromkeys(" ".join(text.split()) for text in texts):
            rows += [Row("\n"), Row(aside + "\n", kind)] if aside else []
    return Document(tuple(rows), title=title)


def _pieces(source: Source) -> Iterator[tuple[str, _Group | None]]:
    r"""Yield the text of a file in pieces, and what holds from each on, where that changes.

    A piece is "\n" for a line break and "\f" for the end of a paragraph.
    """
    fonts, page = _fonts(source)
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
            yield waiting.decode(fonts.get(group.font, page), errors="replace"), None
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
            if code not in _HIGH and code not in _LOW:
                yield chr(code), None
            skipped = group.fallback
        elif word in _ENDS or word in _BREAKS or sign in ("\n", "\r"):
            yield "\f" if word in _ENDS or sign else "\n", None
        elif word in _CHARACTERS or sign in _SIGNS:
            yield _CHARACTERS[word] if word else _SIGNS[sign], None
        elif word:
            changed = _changed(group, word, token["number"], starred)
            if changed != group:
                group = changed
                yield "", group
        elif kept:
            yield kept, None
        starred = False


def _changed(group: _Group, word: str, number: str | None, starred: bool) -> _Group:
    """Return what holds after a control word."""
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
        return replace(group, heading=0)
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


def _title(source: Source) -> str | None:
    found = re.search(rb"\{\\title ([^{}\\]{1,300})\}", source.data[:MB])
    return found[1].decode("latin-1").strip() or None if found else None
