"""Tables in which each row is a turn: one cell names the speaker, another holds the speech. And lists, never spoken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TypeVar

from asdelivered.transcripts.formats.column_names import SPEAKER, TEXT, column_named, header_words
from asdelivered.transcripts.model import LineKind

T = TypeVar("T")

_LETTER = re.compile(r"[^\W\d_]")
_FIGURES = re.compile(r"\W*\d[\d\W]*(?:[^\W\d_][.)]?)?\s*")
"""A number or a time in figures, perhaps with a letter after it: "3", "4a)", "00:10:05"."""
_COUNT = re.compile(r"\W*(\d{1,3})\W*")
_FEWEST_ROWS = 3
_LONGEST_ENTRY = 12
"""Words of an entry of a list."""
_LONGEST_NAME = 8
"""Words of a cell that names a speaker."""
_SPEECH = 5
"""The mean number of words of the cells with speech, at least, unless they are sentences."""
_SENTENCES = 0.8
"""At least this share of the cells with short speech are sentences."""
_RETURN = 0.3
"""At least this share of the names repeat one from above: speakers speak again, the entries of a glossary don't."""
_HEADER = 4
"""Words of a column's header, at most."""


@dataclass(frozen=True)
class Turns:
    """A table of turns: its column of speakers, and the first row with a turn. Rows above that are headers."""

    speakers: int
    first: int
    numbers: frozenset[int] = frozenset()
    """The columns that only count the turns."""

    def kind(self, row: int, column: int) -> LineKind | None:
        """Return the kind of the cell in a row and column, where the table shows it."""
        if row < self.first or column in self.numbers:
            return LineKind.METADATA
        return LineKind.SPEAKER if column == self.speakers else None


def kinds_of_cells(
    tables: Iterable[Sequence[Sequence[T]]], text_of: Callable[[T], str]
) -> Iterator[tuple[T, LineKind]]:
    """Yield the cells of tables, given by row, whose kind the tables show.

    A document may have a table for each turn: tables of so few rows count as one if they have as many columns.
    """
    short: defaultdict[int, list[Sequence[T]]] = defaultdict(list)
    for table in tables:
        if len(table) < _FEWEST_ROWS:
            short[max(map(len, table), default=0)] += table
        else:
            yield from _kinds(table, text_of)
    for rows in short.values():
        yield from _kinds(rows, text_of)


def _kinds(table: Sequence[Sequence[T]], text_of: Callable[[T], str]) -> Iterator[tuple[T, LineKind]]:
    texts = [[text_of(cell).strip() for cell in row] for row in table]
    width = max(map(len, texts), default=0)
    turns = find_turns(texts)
    if turns:
        for number, row in enumerate(table):
            if len(row) < width:
                # A cell across several columns holds the title of a part, or speech.
                if len(row) == 1 and _is_short(texts[number][0], _LONGEST_NAME):
                    yield row[0], LineKind.HEADING
                continue
            for column, cell in enumerate(row):
                if kind := turns.kind(number, column):
                    yield cell, kind
    elif is_list(texts):
        yield from ((cell, LineKind.METADATA) for row in table for cell in row)


def is_list(table: Sequence[Sequence[str]]) -> bool:
    """Return whether a table is an agenda or a list of people: no sentence in it, and numbered or very short cells.

    `table` holds the text of the cells by row.
    """
    width = max(map(len, table), default=0)
    rows = [row for row in table if len(row) == width]
    if width < 2 or len(rows) < _FEWEST_ROWS:
        return False
    if not all(_is_short(cell, _LONGEST_ENTRY) and not cell[:1].islower() for row in table for cell in row):
        return False
    columns = list(zip(*rows, strict=True))
    if any(_counts(column[1:]) for column in columns):
        return True
    brief = max(mean(len(cell.split()) for cell in column) for column in columns) < _SPEECH
    return brief and all(len(set(filter(None, column))) == len([*filter(None, column)]) for column in columns)


def find_turns(table: Sequence[Sequence[str]]) -> Turns | None:
    """Return where a table of turns has its speakers; None for any other table.

    `table` holds the text of the cells by row.
    """
    width = max(map(len, table), default=0)
    rows = [row for row in table if len(row) == width]
    if width < 2 or len(rows) < _FEWEST_ROWS:
        return None
    columns = list(zip(*rows, strict=True))
    words = [mean(len(cell.split()) for cell in column) for column in columns]
    named = _named_column(table)
    if named is not None and all(_is_short(cell, _LONGEST_NAME) for cell in columns[named]):
        return Turns(named, 1, _numbers(columns, 1))
    longest = columns[words.index(max(words))]
    if max(words) < _SPEECH and sum(map(_is_finished, longest)) < _SENTENCES * len(longest):
        return None
    for number, column in enumerate(columns):
        if words[number] < max(words) and _are_names(column):
            header = len(table[0]) == width and _is_header(table[0]) and column.count(column[0]) == 1
            return Turns(number, int(header), _numbers(columns, int(header)))
    return None


def _named_column(table: Sequence[Sequence[str]]) -> int | None:
    """Return the column of speakers of a table whose headers name it and one of text, and which is no list."""
    width = max(map(len, table), default=0)
    headers = [header_words(cell) for cell in table[0]]
    speakers, text = column_named(headers, SPEAKER), column_named(headers, TEXT)
    if len(headers) < width or text in (None, speakers) or not _is_header(table[0]) or is_list(table):
        return None
    return speakers


def _numbers(columns: Sequence[Sequence[str]], first: int) -> frozenset[int]:
    """Return the columns that only count their rows, or give times, from the row `first` on."""
    return frozenset(number for number, cells in enumerate(columns) if _is_numbers(cells[first:]))


def _is_numbers(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column number its rows, or give times or dates in figures."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= _FEWEST_ROWS - 1 and all(map(_FIGURES.fullmatch, filled))


def _counts(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column count its rows. Times don't: text without full stops may have them too."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = [int(found[1]) for cell in filled if (found := _COUNT.fullmatch(cell))]
    return _FEWEST_ROWS - 1 <= len(filled) == len(numbers) and numbers == sorted(set(numbers))


def _are_names(cells: Sequence[str]) -> bool:
    names = [cell.strip().casefold() for cell in cells if cell.strip()]
    if not all(_is_short(name, _LONGEST_NAME) and _LETTER.search(name) for name in names):
        return False
    return len(names) - len(set(names)) >= max(1, _RETURN * len(names))


def _is_header(cells: Sequence[str]) -> bool:
    return all(cell.strip() and _is_short(cell, _HEADER) for cell in cells)


def _is_short(cell: str, words: int) -> bool:
    """Return whether a cell has at most so many words, and no sentence."""
    finished = _is_finished(cell) and not (cell.rstrip().endswith(".") and len(cell.split()) <= 2)
    return len(cell.split()) <= words and not finished


def _is_finished(cell: str) -> bool:
    """Return whether a cell ends as a sentence does."""
    return cell.rstrip().endswith((".", "!", "?", "…"))
