"""Tables in which each row is a turn: one cell names the speaker, another holds the speech."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TypeVar

from asdelivered.transcripts.model import LineKind

T = TypeVar("T")

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_ROWS = 3
_LONGEST_NAME = 8
"""Words of a cell that names a speaker."""
_SPEECH = 5
"""The mean number of words of the cells with speech, at least."""
_RETURN = 0.3
"""At least this share of the names repeat one from above: speakers speak again, the entries of a glossary don't."""
_HEADER = 4
"""Words of a column's header, at most."""


@dataclass(frozen=True)
class Turns:
    """A table of turns: its column of speakers, and the first row with a turn. Rows above that are headers."""

    speakers: int
    first: int

    def kind(self, row: int, column: int) -> LineKind | None:
        """Return the kind of the cell in a row and column, where the table shows it."""
        if row < self.first:
            return LineKind.METADATA
        return LineKind.SPEAKER if column == self.speakers else None


def kinds_of_cells(table: Sequence[Sequence[T]], text_of: Callable[[T], str]) -> Iterator[tuple[T, LineKind]]:
    """Yield the cells of a table of turns, given by row, whose kind it shows; none of any other table."""
    turns = find_turns([[text_of(cell) for cell in row] for row in table])
    for number, row in enumerate(table if turns else ()):
        for column, cell in enumerate(row):
            if turns and (kind := turns.kind(number, column)):
                yield cell, kind


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
    if max(words) < _SPEECH:
        return None
    for number, column in enumerate(columns):
        if words[number] < max(words) and _are_names(column):
            header = len(table[0]) == width and _is_header(table[0]) and column.count(column[0]) == 1
            return Turns(number, int(header))
    return None


def _are_names(cells: Sequence[str]) -> bool:
    names = [cell.strip().casefold() for cell in cells if cell.strip()]
    if not all(_is_short(name, _LONGEST_NAME) and _LETTER.search(name) for name in names):
        return False
    return len(names) - len(set(names)) >= max(1, _RETURN * len(names))


def _is_header(cells: Sequence[str]) -> bool:
    return all(cell.strip() and _is_short(cell, _HEADER) for cell in cells)


def _is_short(cell: str, words: int) -> bool:
    """Return whether a cell has at most so many words, and no sentence."""
    text = cell.rstrip()
    finished = text.endswith(("!", "?", "…")) or (text.endswith(".") and len(text.split()) > 2)
    return len(text.split()) <= words and not finished
