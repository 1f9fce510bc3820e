"""Word documents: a row per paragraph, with its styles, headings and footnotes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.packages import check_parts, spaced
from asdelivered.transcripts.formats.symbols import symbol
from asdelivered.transcripts.formats.turn_tables import kinds_of_cells
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.source import Source

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HOLDERS = frozenset(
    {
        *(
            f"{_W}{name}"
            for name in (
                *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"),
                *("bdo", "dir", "ruby", "rubyBase"),
            )
        ),
        f"{_COMPATIBLE}AlternateContent",
        f"{_COMPATIBLE}Choice",
    }
)
"""Elements that only hold visible ones. What was deleted, moved away or tells how to read a sign is in others."""
_WITHIN_RUNS = frozenset({f"{_W}ruby", f"{_COMPATIBLE}AlternateContent"})
"""Elements of a run that hold runs."""
_NOTES = ("footnotes", "endnotes")


def read(source: Source) -> Document:
    """Read a Word document. Raises TranscriptError if it is damaged, encrypted, or too large when unpacked."""
    word = _open(source)
    # Trees that lack what Word always writes, such as a body: python-docx does not check them.
    with foreign(source.name, "Word document", TranscriptError, AttributeError, TypeError):
        return _read(word, source.name)


def _read(word: WordDocument, name: str) -> Document:
    if next(word.element.body.iter(f"{_W}altChunk"), None) is not None:
        raise TranscriptError(
            f"{name} has another file inside that Word shows as text: open it in Word and save it again."
        )
    styles = _Styles(word)
    kinds = _cells_with_kinds(word.element.body)
    rows = spaced(list(_paragraphs_of_rows(word.element.body, styles, kinds)))
    for note in _notes(word):
        rows += [Row("\n"), Row(note + "\n", LineKind.FOOTNOTE)]
    for text in _margins(word):
        rows += [Row("\n"), Row(text + "\n", LineKind.FURNITURE)]
    return Document(
        tuple(rows),
        title=word.core_properties.title or None,
        left_out=tuple(_left_out(word.element.body)),
    )


def _left_out(body: Any) -> Iterator[LeftOut]:
    """Yield what the body has and does not show."""
    if any((text.text or "").strip() for text in body.iter(f"{_W}delText")):
        yield LeftOut.DELETED
    hidden = (run for run in body.iter(f"{_W}r") if _switch(run.find(f"{_W}rPr"), "vanish"))
    if any((text.text or "").strip() for run in hidden for text in run.iter(f"{_W}t")):
        yield LeftOut.HIDDEN


def _paragraphs_of_rows(body: Any, styles: _Styles, kinds: Mapping[Any, LineKind]) -> Iterator[list[Row]]:
    """Yield the rows of each paragraph. One whose end was deleted goes on with the next."""
    begun: list[Row] = []
    for paragraph in _paragraphs(body):
        rows = _rows(paragraph, styles, kinds.get(paragraph.getparent()))
        if begun:
            rows = [*begun[:-1], _joined(begun[-1], rows[0]), *rows[1:]]
        begun = rows if _is_end_deleted(paragraph) else []
        if not begun:
            yield rows
    if begun and any(row.content for row in begun):
        yield begun


def _is_end_deleted(paragraph: Any) -> bool:
    """Return whether a tracked change deleted the end of a paragraph, or all of it."""
    changes = paragraph.find(f"{_W}pPr/{_W}rPr")
    return changes is not None and any(
        changes.find(f"{_W}{name}") is not None for name in ("del", "moveFrom")
    )


def _joined(one: Row, other: Row) -> Row:
    """Return two rows as one, without the line break between them."""
    begun = one.part(0, len(one.text.rstrip("\n")))
    return begun.joined(other) if begun.text else other


def _open(source: Source) -> WordDocument:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    with foreign(
        source.name, "Word document", TranscriptError, OpcError, XMLSyntaxError, OSError, RuntimeError
    ):
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            check_parts(archive, source.name)
        return docx.Document(io.BytesIO(source.data))


class _Styles:
    """The styles of a document: which of them are bold, italic or headings."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word

    @cached_property
    def _all(self) -> dict[str, Any]:
        return {style.get(f"{_W}styleId"): style for style in self._word.styles.element.iter(f"{_W}style")}

    def _chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while name and name in self._all and name not in seen:
            seen.add(name)
            yield self._all[name]
            based = self._all[name].find(f"{_W}basedOn")
            name = based.get(f"{_W}val") if based is not None else None

    def is_on(self, name: str | None, switch: str) -> bool:
        """Return whether a style switches on "b" (bold), "i" or another property of text."""
        return next(
            (
                state
                for style in self._chain(name)
                if (state := _switch(style.find(f"{_W}rPr"), switch)) is not None
            ),
            False,
        )

    def heading(self, name: str | None) -> int:
        """Return the heading level of a style, 0 for none."""
        for style in self._chain(name):
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return _level(outline)
            label = style.find(f"{_W}name")
            called = (label.get(f"{_W}val") or "").lower() if label is not None else ""
            if called == "title":
                return 1
            if called == "subtitle":
                return 2
            if called.startswith("heading ") and called[8:].isdecimal():
                return int(called[8:])
        return 0


def _switch(properties: Any, name: str) -> bool | None:
    """Return whether text properties switch something on or off; None where they don't say."""
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{_W}val") not in ("0", "false", "none")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Yield all paragraphs in reading order: tables cell by cell, text boxes after the paragraph that has them."""
    pending = list(reversed(body))
    while pending:
        element = pending.pop()
        if element.tag == f"{_W}p":
            yield element
            boxes = [box for box in element.iter(f"{_W}txbxContent") if not _in_fallback(box, element)]
            pending += reversed(boxes)
        elif element.tag in _HOLDERS or element.tag in (
            f"{_W}tbl",
            f"{_W}tr",
            f"{_W}tc",
            f"{_W}txbxContent",
        ):
            pending += reversed(element)


def _cells_with_kinds(body: Any) -> dict[Any, LineKind]:
    """Return the kinds of the cells that are no speech: of speakers, of headers of columns, of lists."""
    tables = ([row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")] for table in body.iter(f"{_W}tbl"))
    return dict(kinds_of_cells(tables, _text_of))


def _text_of(element: Any) -> str:
    """Return the visible text within an element, its paragraphs parted by blanks."""
    return " ".join(map(_text_of_paragraph, _paragraphs(element)))


def _text_of_paragraph(paragraph: Any) -> str:
    return "".join(text for run in _runs(paragraph) for text in _texts(run))


def _in_fallback(box: Any, paragraph: Any) -> bool:
    """Return whether a text box is a copy for old versions of Word, or inside another text box."""
    above = box.getparent()
    while above is not None and above is not paragraph:
        if above.tag.endswith("}Fallback") or above.tag == f"{_W}txbxContent":
            return True
        above = above.getparent()
    return False


def _rows(paragraph: Any, styles: _Styles, kind: LineKind | None) -> list[Row]:
    """Return the rows of a paragraph, one more than it has line breaks; all have the kind `kind`."""
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = style.get(f"{_W}val") if style is not None else None
    outline = properties.find(f"{_W}outlineLvl") if properties is not None else None
    heading = styles.heading(name) if outline is None else _level(outline)
    rows: list[Row] = []
    text = ""
    marks: list[Mark] = []
    for piece, looks in _pieces(paragraph, styles, name):
        if piece == "\n":
            rows.append(Row(text + "\n", kind, heading, tuple(marks), style=name or ""))
            text, marks = "", []
            continue
        marks += [Mark(len(text), len(text) + len(piece), look) for look in looks]
        text += piece
    return [*rows, Row(text + "\n", kind, heading, tuple(marks), style=name or "")]


def _level(outline: Any) -> int:
    """Return the heading level that an outline level stands for: 9 is that of the body."""
    stated = outline.get(f"{_W}val", "9")
    return (int(stated) + 1) % 10 if stated.isdecimal() else 0


def _pieces(paragraph: Any, styles: _Styles, style: str | None) -> Iterator[tuple[str, tuple[Style, ...]]]:
    """Yield the visible text of a paragraph in pieces, with their styles; a line break is a piece."""
    for run in _runs(paragraph):
        looks = _looks(run.find(f"{_W}rPr"), styles, style)
        for text in _texts(run):
            yield text, () if text == "\n" else looks


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph that are not hidden, and the formulas in it."""
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag in _HOLDERS:
            pending += reversed(element)
        elif element.tag == f"{_W}r":
            if _switch(element.find(f"{_W}rPr"), "vanish"):
                continue
            yield element
            pending += reversed([part for part in element if part.tag in _WITHIN_RUNS])
        elif element.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            yield element


def _texts(run: Any) -> Iterator[str]:
    """Yield the visible text of a run or of a formula in pieces; a line break is a piece."""
    for part in run.iter(f"{_MATH}t") if run.tag.startswith(_MATH) else run:
        if part.tag in (f"{_W}t", f"{_MATH}t"):
            text = (part.text or "").replace("\n", " ")
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            text = "\n"
        elif part.tag == f"{_W}sym":
            text = symbol(part.get(f"{_W}font", ""), part.get(f"{_W}char", ""))
        else:
            text = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}noBreakHyphen": "-"}.get(part.tag, "")
        if text:
            yield text


def _looks(properties: Any, styles: _Styles, style: str | None) -> tuple[Style, ...]:
    own = properties.find(f"{_W}rStyle") if properties is not None else None
    name = own.get(f"{_W}val") if own is not None else None

    def on(switch: str) -> bool:
        direct = _switch(properties, switch)
        return direct if direct is not None else styles.is_on(name, switch) or styles.is_on(style, switch)

    looks = []
    if on("b"):
        looks.append(Style.BOLD)
    if on("i"):
        looks.append(Style.ITALIC)
    if on("strike") or on("dstrike"):
        looks.append(Style.STRUCK)
    raised = properties.find(f"{_W}vertAlign") if properties is not None else None
    if raised is not None and raised.get(f"{_W}val") == "superscript":
        looks.append(Style.RAISED)
    return tuple(looks)


def _notes(word: WordDocument) -> Iterator[str]:
    from docx.oxml import parse_xml

    for relation in word.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(f"{_W}type") is None:
                text = " ".join(_text_of(note).split())
                if text:
                    yield text


def _margins(word: WordDocument) -> Iterator[str]:
    """Yield the headers and footers of the pages, each once."""
    seen: set[str] = set()
    for relation in word.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            part: Any = relation.target_part
            for paragraph in part.element.iter(f"{_W}p"):
                text = _text_of_paragraph(paragraph).strip()
                if text and text not in seen:
                    seen.add(text)
                    yield text
