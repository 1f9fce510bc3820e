"""Files of quotes: plain text, tables, and the block quotes of Markdown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.base.tables import DELIMITERS, read_table
from asdelivered.clips.errors import ClipError

LARGEST = 5 * 2**20
"""Bytes of a file."""
QUOTE_COLUMNS = ("quote", "text", "zitat", "citation")
NAME_COLUMNS = ("name", "title", "label")
SPEAKER_COLUMNS = ("speaker", "who")
START_COLUMNS = ("start", "in", "begin", "from", "at", "time", "timecode", "tc in", "tc_in", "source_in")
END_COLUMNS = ("end", "out", "to", "tc out", "tc_out", "source_out")
LINES_COLUMNS = ("lines", "line")
NTH_COLUMNS = ("nth", "occurrence")
TABLES = {".csv": DELIMITERS, ".tsv": "\t"}
"""File extensions of tables, and the delimiters to look for in each."""
MARKDOWN = (".md", ".markdown")
LONGEST_HEADING = 200
"""Characters of the heading of a table; a longer line is a quote."""
DASHES = ("—", "–", "―", "-- ")
"""What the line below a quote begins with if it names the speaker."""


@dataclass(frozen=True)
class QuoteRequest:
    """A quote to be clipped.

    text: the words; "" where a time or lines say what is meant.
    where: where it was asked for ("quotes.txt, line 3"), for messages.
    name: of the clip; None makes one of the speaker and the words.
    speaker: who said it, or a part of the name.
    nth: which one, from 1, of several places where the words were said.
    start: a time as people write it ("0:01:13.5", "10:01:13:05"). With a text it chooses the place nearest to it;
        without one it means the line that was said then or, with an `end`, all from one time to the other.
    lines: the id of a line, or of the first and the last ("L0003-L0007").
    """

    text: str
    where: str
    name: str | None = None
    speaker: str | None = None
    nth: int | None = None
    start: str | None = None
    end: str | None = None
    lines: str | None = None


@dataclass(frozen=True)
class QuoteList:
    """The quotes in a file, and what of it was not used, a sentence each."""

    requests: tuple[QuoteRequest, ...]
    remarks: tuple[str, ...] = ()


def read_quotes(path: str | os.PathLike[str]) -> tuple[QuoteRequest, ...]:
    """Read the quotes in a file, in order, as `read_quote_list` does, without its remarks."""
    return read_quote_list(path).requests


def read_quote_list(path: str | os.PathLike[str]) -> QuoteList:
    """Read the quotes in a file, in order; a row of a table that lacks one has an empty text.

    A `.csv` or `.tsv` file has a heading with a column "quote", or with times in "start" and "end", or with "lines"; it
    may have "label" (or "name"), "speaker" and "nth", too. Or it is a single column. Of a `.md` file the block quotes
    are read, without a last line that names the speaker. Any other file is text with one quote per line. Raises
    ClipError: the file can't be read, is too large, or has no quotes.
    """
    path = Path(path)
    return parse_quotes(read_file(path, LARGEST, "list of quotes", ClipError), str(path), path.suffix)


def parse_quotes(data: bytes, name: str, ending: str = "") -> QuoteList:
    """Read quotes as `read_quote_list` does from the bytes of a file; `name` is what messages call it.

    Without an `ending` ("csv", ".md") they are a table if the first line is a heading, block quotes if it begins with
    ">", or else lines. Raises ClipError.
    """
    text = _text(data, name)
    ending = f".{ending.lower().removeprefix('.')}" if ending else _ending(text)
    remarks: tuple[str, ...] = ()
    if ending in TABLES:
        quotes, remarks = _table(text, name, TABLES[ending])
    elif ending in MARKDOWN:
        quotes = _block_quotes(text, name)
    else:
        rows = enumerate(text.splitlines(), start=1)
        quotes = [QuoteRequest(row.strip(), f"{name}, line {number}") for number, row in rows if row.strip()]
    if not quotes:
        what = "block quotes (lines that begin with >)" if ending in MARKDOWN else "quotes"
        raise ClipError(f"{name} has no {what}: give one a line")
    return QuoteList(tuple(quotes), remarks)


def _ending(text: str) -> str:
    first = text.lstrip().partition("\n")[0].strip().casefold()
    if first.startswith(">"):
        return MARKDOWN[0]
    delimiter = max(TABLES[".csv"], key=first.count)
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    known = (*QUOTE_COLUMNS, *START_COLUMNS, *LINES_COLUMNS)
    return ".csv" if any(cell in known for cell in cells) and len(first) < LONGEST_HEADING else ""


def _text(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as spreadsheets on Windows write it
    if "\0" in text:
        raise ClipError(f"{name} is not text: save the quotes as plain text, CSV or Markdown, in UTF-8")
    return text


def _table(text: str, file: str, delimiters: str) -> tuple[list[QuoteRequest], tuple[str, ...]]:
    rows = read_table(text, file, ClipError, delimiters)
    if not rows:
        return [], ()
    heading = [cell.casefold() for cell in rows[0][1]]
    quote, start, end = (_column(heading, names) for names in (QUOTE_COLUMNS, START_COLUMNS, END_COLUMNS))
    lines = _column(heading, LINES_COLUMNS)
    if quote is None and start is None and lines is None:
        if max(len(row) for _, row in rows) > 1:
            raise ClipError(
                f"{file} has no column of quotes: call it one of {', '.join(QUOTE_COLUMNS)} in the first row "
                "(or give times in start and end)"
            )
        return [QuoteRequest(_cell(row, 0), f"{file}, line {number}") for number, row in rows], ()
    name, speaker, nth = (_column(heading, names) for names in (NAME_COLUMNS, SPEAKER_COLUMNS, NTH_COLUMNS))
    used = (quote, start, end, lines, name, speaker, nth)
    unused = [cell for at, cell in enumerate(rows[0][1]) if at not in used and cell]
    remarks = (
        (f"{file}: not used: the column{'s' * (len(unused) > 1)} {', '.join(unused)}",) if unused else ()
    )
    requests = [
        QuoteRequest(
            _cell(row, quote),
            f"{file}, line {number}",
            _cell(row, name) or None,
            _cell(row, speaker) or None,
            _number(_cell(row, nth), f"{file}, line {number}"),
            _cell(row, start) or None,
            _cell(row, end) or None,
            _cell(row, lines) or None,
        )
        for number, row in rows[1:]
    ]
    return requests, remarks


def _number(cell: str, where: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell)):
        raise ClipError(f"{where}: {cell!r} is no number of an occurrence: give 1, 2, ...")
    return int(cell)


def _column(heading: Sequence[str], names: Sequence[str]) -> int | None:
    return next((heading.index(name) for name in names if name in heading), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _block_quotes(text: str, file: str) -> list[QuoteRequest]:
    from markdown_it import MarkdownIt

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
                quotes.append(QuoteRequest(" ".join(lines).strip(), f"{file}, line {begin}"))
        elif depth and token.type == "inline":
            # The words as they are read: without the marks of bold or of a link.
            plain = "".join(
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
            )
            lines += [line.strip() for line in plain.split("\n")]
    return quotes
