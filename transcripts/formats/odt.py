"""OpenDocument texts, as LibreOffice writes them: a row per paragraph, with its styles, headings and footnotes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.packages import check_parts, spaced
from asdelivered.transcripts.formats.turn_tables import kinds_of_cells
from asdelivered.transcripts.model import LeftOut, LineKind
from asdelivered.transcripts.source import Source

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _STYLE, _DRAW = (
    f"{_OASIS}{name}:1.0}}" for name in ("text", "table", "office", "style", "drawing")
)
_FO = f"{_OASIS}xsl-fo-compatible:1.0}}"
_SVG = f"{_OASIS}svg-compatible:1.0}}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_HIDDEN = frozenset(
    {
        *(
            f"{_TEXT}{name}"
            for name in ("tracked-changes", "note", "table-of-content", "number", "ruby-text")
        ),
        *(f"{_OFFICE}{name}" for name in ("annotation", "forms")),
        f"{_SVG}title",
        f"{_SVG}desc",
    }
)
"""What is not among the text: deleted text, footnotes, comments, descriptions of pictures, how to read a sign, and what
the program makes, such as contents and numbers."""
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_LONGEST_BLANK = 100
"""Blanks that one element may stand for."""

Looks = Mapping[str, frozenset[Style] | None]
"""How text of a style looks, by the name of the style; None if it is hidden."""


def read(source: Source) -> Document:
    """Read an OpenDocument text. Raises TranscriptError if it is damaged, encrypted, or too large when unpacked."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    with foreign(source.name, "OpenDocument text", TranscriptError, XMLSyntaxError, OSError, RuntimeError):
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            check_parts(archive, source.name)
            names = archive.namelist()
            parts: dict[str, Any] = {
                name: fromstring(archive.read(name), XMLParser(resolve_entities=False))
                for name in ("content.xml", "styles.xml", "meta.xml")
                if name in names
            }
        body = parts["content.xml"].find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise TranscriptError(
                f"{source.name} is an OpenDocument file without text: save the text as .odt."
            )
        return _read(body, parts)


def _read(body: Any, parts: Mapping[str, Any]) -> Document:
    looks = _looks(parts.values())
    kinds = dict(
        kinds_of_cells(
            (
                [row.findall(f"{_TABLE}table-cell") for row in table.iter(f"{_TABLE}table-row")]
                for table in body.iter(f"{_TABLE}table")
            ),
            _text_of,
        )
    )
    rows = spaced(
        [_rows(paragraph, looks, kinds.get(paragraph.getparent())) for paragraph in _paragraphs(body)]
    )
    for note in body.iter(f"{_TEXT}note-body"):
        rows += [Row("\n"), Row(" ".join(_text_of(note).split()) + "\n", LineKind.FOOTNOTE)]
    for text in _margins(parts.get("styles.xml")):
        rows += [Row("\n"), Row(text + "\n", LineKind.FURNITURE)]
    meta = parts.get("meta.xml")
    title = next(meta.iter(_TITLE), None) if meta is not None else None
    return Document(
        tuple(rows),
        title=(title.text or None) if title is not None else None,
        left_out=tuple(_left_out(body, looks)),
    )


def _left_out(body: Any, looks: Looks) -> Iterator[LeftOut]:
    """Yield what the body has and does not show."""
    deleted = body.iter(f"{_TEXT}deletion")
    if any(_text_of(paragraph).strip() for change in deleted for paragraph in change.iter(*_PARAGRAPHS)):
        yield LeftOut.DELETED
    hidden_styles = {name for name, look in looks.items() if look is None}
    styled = body.iter(f"{_TEXT}span", *_PARAGRAPHS)
    hidden = [
        *(part for part in styled if part.get(f"{_TEXT}style-name") in hidden_styles),
        *(part for part in body.iter(f"{_TEXT}section", f"{_TEXT}hidden-text") if _is_out_of_sight(part)),
        *(part.getparent() for part in body.iter(f"{_TEXT}hidden-paragraph") if _is_on(part, "is-hidden")),
    ]
    if any("".join(part.itertext()).strip() for part in hidden):
        yield LeftOut.HIDDEN


def _looks(parts: Any) -> Looks:
    """Return how the styles of a document look, with those that they are based on."""
    styles = {style.get(f"{_STYLE}name"): style for part in parts for style in part.iter(f"{_STYLE}style")}
    return {
        name: None if _is_hidden_by(name, styles) else frozenset(_looks_of(name, styles)) for name in styles
    }


def _is_hidden_by(name: str | None, styles: Mapping[str | None, Any]) -> bool:
    """Return whether a style, or the nearest of those that it is based on which says so, hides its text."""
    seen: set[str | None] = set()
    while name in styles and name not in seen:
        seen.add(name)
        properties = styles[name].find(f"{_STYLE}text-properties")
        shown = properties.get(f"{_TEXT}display") if properties is not None else None
        if shown is not None:
            return bool(shown == "none")
        name = styles[name].get(f"{_STYLE}parent-style-name")
    return False


def _looks_of(name: str | None, styles: Mapping[str | None, Any]) -> Iterator[Style]:
    said: set[Style] = set()
    seen: set[str | None] = set()
    while name in styles and name not in seen:
        seen.add(name)
        properties = styles[name].find(f"{_STYLE}text-properties")
        for look, attribute, values in (
            (Style.BOLD, f"{_FO}font-weight", ("bold", "600", "700", "800", "900")),
            (Style.ITALIC, f"{_FO}font-style", ("italic", "oblique")),
            (Style.STRUCK, f"{_STYLE}text-line-through-style", ("solid", "dotted", "dash", "wave")),
            (Style.RAISED, f"{_STYLE}text-position", ("super",)),
        ):
            value = properties.get(attribute) if properties is not None else None
            if value is None or look in said:
                continue
            said.add(look)
            if value.split()[0] in values:
                yield look
        name = styles[name].get(f"{_STYLE}parent-style-name")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Yield all paragraphs in reading order: tables cell by cell, boxes after the paragraph that has them."""
    pending = [body]
    while pending:
        element = pending.pop()
        if element.tag in _PARAGRAPHS:
            if not any(_is_on(one, "is-hidden") for one in element.iter(f"{_TEXT}hidden-paragraph")):
                yield element
                pending += reversed(list(_drawn(element)))
        elif not _is_out_of_sight(element):
            pending += reversed(element)


def _drawn(paragraph: Any) -> Iterator[Any]:
    """Yield the outermost boxes and shapes of a paragraph."""
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if _is_out_of_sight(element):
            continue
        if _is_drawn(element):
            yield element
        else:
            pending += reversed(element)


def _is_drawn(element: Any) -> bool:
    """Return whether an element is a box or a shape, whose text stands apart from the paragraph that has it."""
    return isinstance(element.tag, str) and element.tag.startswith(_DRAW) and element.tag != f"{_DRAW}a"


def _is_out_of_sight(element: Any) -> bool:
    """Return whether nobody sees what is in an element."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return True
    hideable = element.tag in (f"{_TEXT}section", f"{_TEXT}hidden-text")
    return hideable and (_is_on(element, "is-hidden") or element.get(f"{_TEXT}display") == "none")


def _is_on(element: Any, attribute: str) -> bool:
    return bool(element.get(f"{_TEXT}{attribute}") == "true")


def _rows(paragraph: Any, looks: Looks, kind: LineKind | None) -> list[Row]:
    """Return the rows of a paragraph, one more than it has line breaks; all have the kind `kind`."""
    name = paragraph.get(f"{_TEXT}style-name", "")
    heading = 0
    if paragraph.tag == f"{_TEXT}h":
        level = paragraph.get(f"{_TEXT}outline-level", "1")
        heading = int(level) if level.isdecimal() else 1
    elif name == "Title":
        heading = 1
    rows: list[Row] = []
    text = ""
    marks: list[Mark] = []
    for piece, styles in _pieces(paragraph, looks):
        if piece == "\n":
            rows.append(Row(text + "\n", kind, heading, tuple(marks), style=name))
            text, marks = "", []
            continue
        marks += [Mark(len(text), len(text) + len(piece), style) for style in sorted(styles)]
        text += piece
    return [*rows, Row(text + "\n", kind, heading, tuple(marks), style=name)]


def _pieces(paragraph: Any, looks: Looks) -> Iterator[tuple[str, frozenset[Style]]]:
    """Yield the visible text of a paragraph in pieces, with their styles; a line break is a piece."""
    pending: list[tuple[Any, frozenset[Style]]] = [(paragraph, frozenset())]
    while pending:
        element, styles = pending.pop()
        if isinstance(element, str):
            yield element, styles
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag], frozenset()
        elif element.tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _LONGEST_BLANK), styles
        elif not _is_out_of_sight(element) and not _is_drawn(element):
            own = looks.get(element.get(f"{_TEXT}style-name") or "", frozenset())
            if own is None:
                continue
            styles |= own
            inside: list[tuple[Any, frozenset[Style]]] = [(" ".join(_lines(element.text)), styles)]
            for child in element:
                inside += [(child, styles), (" ".join(_lines(child.tail)), styles)]
            pending += reversed([(part, look) for part, look in inside if part != ""])


def _lines(text: str | None) -> list[str]:
    """Return the lines of a text: line breaks within a paragraph's XML are blanks."""
    return (text or "").replace("\r", "\n").split("\n")


def _text_of(element: Any) -> str:
    """Return all text within an element."""
    return " ".join(
        "".join(piece for piece, _ in _pieces(paragraph, {})) for paragraph in element.iter(*_PARAGRAPHS)
    )


def _margins(styles: Any) -> Iterator[str]:
    """Yield the headers and footers of the pages, each once."""
    seen: set[str] = set()
    for margin in styles.iter(f"{_STYLE}header", f"{_STYLE}footer") if styles is not None else ():
        text = " ".join(_text_of(margin).split())
        if text and text not in seen:
            seen.add(text)
            yield text
