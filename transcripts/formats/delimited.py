"""Transcripts in a table as text (CSV, TSV): a row for each turn or caption, with speakers, times and text."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.column_names import SPEAKER, TEXT, TIME, column_named, header_words
from asdelivered.transcripts.formats.cue_rows import CueText, cue_document, without_own_labels
from asdelivered.transcripts.source import Source

_DELIMITERS = (",", "\t", ";", "|")
_FIGURES = re.compile(r"\s*(?:\d{1,3}:)?(?:\d{1,2}:)?\d{1,7}(?:[.,:;]\d{1,9})?\s*(?:ms|s)?\s*")
"""A time, in whatever unit, or the number of a row."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z][A-Za-z\d]{1,30});")
"""A character as web pages write it, which tables made from them keep: "&#8212;"."""
_FEWEST_ROWS = 3
_NARROWEST = 2
_HEADER = 3
"""Words."""
_WHOLE = 0.9
"""At least this share of the rows has a cell below each header. Sentences with commas in them have not."""
_SAMPLE = 50


@dataclass(frozen=True)
class _Columns:
    """Where a table has its text and its speakers, and how many of its rows are headers."""

    width: int
    text: int
    speaker: int | None
    headers: int


def read(source: Source) -> Document:
    """Read a table. Raises TranscriptError where no column is one of text."""
    text = decode(source)
    layout = _layout(text)
    if layout is None:
        raise TranscriptError(f'{source.name} is no table with text: give one column the header "text".')
    delimiter, columns = layout
    cues = []
    for number, row in enumerate(_rows(text, delimiter)[columns.headers :], columns.headers + 1):
        if len(row) != columns.width and columns.text != columns.width - 1:
            raise TranscriptError(
                f"{source.name} has {len(row)} cells in row {number}, not {columns.width}: put the text in quotes."
            )
        # A last cell without quotes around it may have the delimiter in it.
        cell = delimiter.join(
            row[columns.text :] if len(row) > columns.width else row[columns.text : columns.text + 1]
        )
        cell = _ENTITY.sub(lambda entity: html.unescape(entity[0]), cell)
        if cell.strip():
            cues.append(CueText((cell,), _speaker(row, columns.speaker)))
    document = cue_document(cues)
    return replace(document, rows=without_own_labels(document.rows))


def is_table(text: str) -> bool:
    """Return whether a text is a table of turns or captions: its headers say so, or each row begins with times."""
    return _layout(text) is not None


def _speaker(row: Sequence[str], column: int | None) -> str | None:
    return (
        (" ".join(row[column].split()).rstrip(" :") or None)
        if column is not None and column < len(row)
        else None
    )


def _layout(text: str) -> tuple[str, _Columns] | None:
    """Return what parts the cells of a table, and its columns; None where a text is no table."""
    start = text[:100_000].lstrip("\ufeff\r\n")
    first = start.partition("\n")[0]
    for delimiter in _DELIMITERS:
        if delimiter in first and (columns := _columns(_rows(start, delimiter)[:_SAMPLE])) is not None:
            return delimiter, columns
    return None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of a table by row; damaged quotes are taken as they are."""
    try:
        rows = [
            *csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=False)
        ]
    except csv.Error:
        return []
    return [row for row in rows if any(cell.strip() for cell in row)]


def _columns(rows: Sequence[Sequence[str]]) -> _Columns | None:
    if not rows:
        return None
    headers = [header_words(cell) for cell in rows[0]]
    text = column_named(headers, TEXT)
    speaker = column_named(headers, SPEAKER)
    if text is not None and len(rows) > 1:
        keyed = speaker is not None or column_named(headers, TIME) is not None
        width = len(headers)
        exact = all("_".join(words) in TEXT | SPEAKER | TIME for words in headers)
        if width == _NARROWEST and not exact:  # a sentence with one comma
            return None
        whole = sum(len(row) == width or (len(row) > width and text == width - 1) for row in rows)
        if keyed and all(map(_is_header, rows[0])) and whole >= _WHOLE * len(rows):
            return _Columns(width, text, speaker, 1)
    return _without_headers(rows)


def _without_headers(rows: Sequence[Sequence[str]]) -> _Columns | None:
    """Return the columns of a table of times and texts, perhaps with a column of speakers before its last one."""
    width = len(rows[0])
    if len(rows) < _FEWEST_ROWS or width not in (3, 4, 5) or any(len(row) != width for row in rows):
        return None
    times = {column for column in range(width) if all(_FIGURES.fullmatch(row[column]) for row in rows)}
    others = [column for column in range(width - 1) if column not in times]
    if not times or width - 1 in times or len(others) > 1:
        return None
    clocks = all(":" in row[column] or "." in row[column] for row in rows for column in times)
    if not (clocks or len(times) > 1) or sum(" " in row[-1].strip() for row in rows) < len(rows) / 2:
        return None
    return _Columns(width, width - 1, others[0] if others else None, 0)


def _is_header(cell: str) -> bool:
    return len(cell.split()) <= _HEADER and not cell.rstrip().endswith((".", "!", "?", ":"))
