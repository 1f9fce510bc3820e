"""Files of quotes: plain text, tables, and the block quotes of Markdown."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from asdelivered.base.reading import read_file
from asdelivered.clips.errors import ClipError

LARGEST = 5 * 2**20
"""Bytes of a file."""
QUOTE_COLUMNS = ("quote", "text", "zitat", "citation")
NAME_COLUMNS = ("name", "title", "label")
TABLES = {".csv": ",;\t", ".tsv": "\t"}
"""File extensions of tables, and the delimiters to look for in each."""
MARKDOWN = (".md", ".markdown")
DASHES = ("—", "–", "―", "-- ")
"""What the line below a quote begins with if it names the speaker."""


@dataclass(frozen=True)
class QuoteRequest:
    """A quote to be clipped.

    `where` is where it was asked for ("quotes.txt, line 3"), for messages. `name` is the clip's name; None makes one
    of the speaker and the words.
    """

    text: str
    where: str
    name: str | None = None


def read_quotes(path: str | os.PathLike[str]) -> tuple[QuoteRequest, ...]:
    """Read the quotes in a file, in order; a row of a table that lacks one has an empty text.

    A `.csv` or `.tsv` file has a heading with a column "quote" (and a column "name" to name the clips), or is a single
    column. Of a `.md` file the block quotes are read, without a last line that names the speaker. Any other file is
    text with one quote per line. Raises ClipError: the file can't be read, is too large, or has no quotes.
    """
    path = Path(path)
    text = _text(path)
    ending = path.suffix.lower()
    if ending in TABLES:
        quotes = _table(text, path, TABLES[ending])
    elif ending in MARKDOWN:
        quotes = _block_quotes(text, path)
    else:
        rows = enumerate(text.splitlines(), start=1)
        quotes = [QuoteRequest(row.strip(), f"{path}, line {number}") for number, row in rows if row.strip()]
    if not quotes:
        what = "block quotes (lines that begin with >)" if ending in MARKDOWN else "quotes"
        raise ClipError(f"{path} has no {what}: give one a line")
    return tuple(quotes)


def _text(path: Path) -> str:
    data = read_file(path, LARGEST, "list of quotes", ClipError)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as spreadsheets on Windows write it
    if "\0" in text:
        raise ClipError(f"{path} is not text: save the quotes as plain text, CSV or Markdown, in UTF-8")
    return text


def _table(text: str, path: Path, delimiters: str) -> list[QuoteRequest]:
    delimiter = max(delimiters, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row) or len(row) > 1:
                rows.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise ClipError(f"{path}, line {reader.line_num}: not a table: {error}") from error
    if not rows:
        return []
    heading = [cell.casefold() for cell in rows[0][1]]
    quote = _column(heading, QUOTE_COLUMNS)
    if quote is not None:
        rows = rows[1:]
    elif max(len(row) for _, row in rows) > 1:
        raise ClipError(
            f"{path} has no column of quotes: call it one of {', '.join(QUOTE_COLUMNS)} in the first row"
        )
    name = _column(heading, NAME_COLUMNS)
    return [
        QuoteRequest(_cell(row, quote or 0), f"{path}, line {number}", _cell(row, name) or None)
        for number, row in rows
    ]


def _column(heading: Sequence[str], names: Sequence[str]) -> int | None:
    return next((heading.index(name) for name in names if name in heading), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _block_quotes(text: str, path: Path) -> list[QuoteRequest]:
    quotes: list[QuoteRequest] = []
    lines: list[str] = []
    depth = begin = 0
    for token in MarkdownIt().parse(text):
        if token.type == "blockquote_open":
            if depth == 0:
                begin, lines = (token.map or [0])[0] + 1, []
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
            if depth == 0:
                while len(lines) > 1 and lines[-1].startswith(DASHES):
                    lines.pop()
                quotes.append(QuoteRequest(" ".join(lines).strip(), f"{path}, line {begin}"))
        elif depth and token.type == "inline":
            # The words as they are read: without the marks of bold or of a link.
            plain = "".join(
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
            )
            lines += [line.strip() for line in plain.split("\n")]
    return quotes
