"""Markdown: the text as it is displayed, a row per line, with its styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.formats.front_fields import (
    FRONT_MATTER,
    Fields,
    date_text,
    read_fields,
    speakers_of,
    title_of,
)
from asdelivered.transcripts.formats.wrapping import unwrapped
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source
from asdelivered.transcripts.structure.dates import find_date
from asdelivered.transcripts.structure.phrases import ends_sentence

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLES = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRUCK}
_TAGS = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,20}\]")
_SHORT = 12
"""Words. A longer row above the first heading is speech."""
_TIGHT = frozenset({"list_item", "tr", "td", "th"})


def read(source: Source) -> Document:
    """Read a Markdown text."""
    text = decode(source).replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT_MATTER.match(text)
    rows: list[Row] = []
    fields: Fields = {}
    if front:
        rows += [Row(line, LineKind.METADATA) for line in front[0].splitlines(keepends=True)]
        fields = read_fields(front[1])
        text = text[front.end() :]
    title = title_of(fields)
    body = _rows(text)
    if title and _are_parts(body):
        body = [replace(row, heading=row.heading + 1) if row.heading else row for row in body]
    return Document(
        unwrapped(rows + body),
        title=title,
        date=find_date(date_text(fields)),
        language=next(iter(fields.get("lang", ()) or fields.get("language", ())), None),
        speakers=speakers_of(fields),
    )


def _are_parts(rows: Sequence[Row]) -> bool:
    """Return whether the headings of the first level are those of parts: several, with speech above them."""
    tops = [at for at, row in enumerate(rows) if row.heading == 1]
    above = [row.content for row in rows[: tops[0]]] if len(tops) > 1 else []
    return any(ends_sentence(text) or len(text.split()) > _SHORT for text in above)


def _rows(text: str) -> list[Row]:
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    rows: list[Row] = []
    heading, rule, number = 0, "", ""
    tight = True
    for token in MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(text):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name == "heading":
            heading = int(token.tag[1:]) if token.nesting > 0 else 0
            rule = lines[token.map[1] - 1] if token.map and token.markup == "-" else ""
        elif name == "list_item":
            number = f"{token.info}{token.markup} " if token.nesting > 0 and token.info else ""
        if token.nesting:
            tight = tight and (name in _TIGHT or token.hidden)
            continue
        found = _block(token, heading, lines)
        if rule and ends_sentence(token.content):
            # "Thank you." above dashes is a sentence above a rule, not a heading.
            found = [replace(row, heading=0) for row in found] + [Row(rule + "\n", LineKind.SEPARATOR)]
        if number and found:
            found[0] = _numbered(found[0], number)
            number = ""
        if found and rows and not tight:
            rows.append(Row("\n"))
        rows += found
        tight = bool(found) or tight
    return rows


def _block(token: Token, heading: int, lines: Sequence[str]) -> list[Row]:
    """Return the rows of a block without blocks inside."""
    if token.type == "inline":
        return _inline_rows(token.children or [], heading)
    if token.type == "hr" and token.map:
        return [Row(lines[token.map[0]].strip() + "\n", LineKind.SEPARATOR)]
    if token.type in ("code_block", "fence"):
        return [Row(line) for line in token.content.splitlines(keepends=True)]
    if token.type == "html_block":
        shown = _TAGS.sub("", token.content)
        return [Row(line + "\n") for line in shown.split("\n") if line.strip()]
    return []


def _numbered(row: Row, number: str) -> Row:
    """Return a row of a list with its number, which may be a year at the start of a line."""
    moved = tuple(
        replace(mark, start=mark.start + len(number), end=mark.end + len(number)) for mark in row.marks
    )
    return replace(row, text=number + row.text, marks=moved)


def _inline_rows(tokens: Iterable[Token], heading: int) -> list[Row]:
    rows: list[Row] = []
    text = ""
    marks: list[Mark] = []
    open_styles: list[Style] = []

    def end_row() -> None:
        nonlocal text, marks
        notes = [Mark(*note.span(), Style.UNSPOKEN) for note in _NOTE_MARK.finditer(text)]
        rows.append(Row(text + "\n", heading=heading, marks=tuple(marks + notes)))
        text, marks = "", []

    for token in tokens:
        style = _STYLES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if token.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(token.content):
            end_row()
        elif style and token.nesting == 1:
            open_styles.append(style)
        elif style and token.nesting == -1:
            open_styles.remove(style)
        elif token.type in ("text", "code_inline", "text_special"):
            marks += [Mark(len(text), len(text) + len(token.content), style) for style in set(open_styles)]
            text += token.content
    end_row()
    return rows
