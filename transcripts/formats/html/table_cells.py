"""Find the cells of a web page's tables of turns, and so the blocks that name a speaker."""

from __future__ import annotations

from collections import defaultdict

from asdelivered.transcripts.formats.html.blocks import Blocks
from asdelivered.transcripts.formats.turn_tables import kinds_of_cells
from asdelivered.transcripts.model import LineKind

_CELLS = frozenset({"td", "th"})


def kinds_of_blocks(page: Blocks) -> dict[int, LineKind]:
    """Return the kinds, by index, of the blocks that name a speaker in a table of turns or are a column's header."""
    cell_of = _innermost(page, _CELLS)
    blocks: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(page.blocks):
        blocks[cell_of[block.element]].append(number)

    def text_of(cell: int) -> str:
        return " ".join(row.content for at in blocks[cell] for row in page.blocks[at].rows)

    return {block: kind for cell, kind in kinds_of_cells(_tables(page), text_of) for block in blocks[cell]}


def _innermost(page: Blocks, tags: frozenset[str]) -> list[int]:
    """Return for each element the nearest one with one of the tags, itself or above; -1 where there is none."""
    found: list[int] = []
    for number, element in enumerate(page.elements):
        above = found[element.parent] if number else -1
        found.append(number if element.tag in tags else above)
    return found


def _tables(page: Blocks) -> list[list[list[int]]]:
    """Return the tables of a page, each as rows of cells, which are indices of elements."""
    table_of, row_of = _innermost(page, frozenset({"table"})), _innermost(page, frozenset({"tr"}))
    tables: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, element in enumerate(page.elements):
        if element.tag in _CELLS and row_of[number] >= 0:
            tables[table_of[number]][row_of[number]].append(number)
    return [list(rows.values()) for rows in tables.values()]
