"""Tables as text (CSV, TSV), as people and spreadsheets write them."""

from __future__ import annotations

import codecs
import csv
import io
import re

from asdelivered.base.errors import AsdeliveredError

DELIMITERS = ",;\t"
"""What stands between cells: a spreadsheet writes semicolons where decimals have commas."""
_STATED = re.compile(r"sep=(.)\r?\n")
"""Excel's own first line, which names the delimiter."""


def table_text(data: bytes, name: str, error: type[AsdeliveredError]) -> str:
    """Return the text of a table called `name`: UTF-8, or UTF-16 with a byte order mark. Raises `error`."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as cause:
        raise error(f"{name}: it is not UTF-8: save it as UTF-8 (in Excel: “CSV UTF-8”)") from cause


def read_table(
    text: str, name: str, error: type[AsdeliveredError], delimiters: str = DELIMITERS, strict: bool = False
) -> list[tuple[int, list[str]]]:
    """Return the rows that have something in them: the line that each ends in, from 1, and its cells, stripped.

    The delimiter is the one of `delimiters` that the first line names (`sep=;`) or has most often. `strict`: what
    stands after a quotation mark that ends a cell, or one that never ends, is an error. Raises `error` where the text,
    called `name`, is no table.
    """
    stated = _STATED.match(text)
    lines_before = 1 if stated else 0
    body = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else max(delimiters, key=body.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=strict)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or len(cells) > 1:
                rows.append((reader.line_num + lines_before, cells))
    except csv.Error as cause:
        raise error(f"{name}: line {reader.line_num + lines_before}: not a table: {cause}") from cause
    return rows
