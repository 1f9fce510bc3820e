"""Columns of text on printed pages: where they are, and the order in which their lines are read.

A column shows by its left edge, where many lines begin that stand beside other ones. A speaker's name in the margin, or
the page numbers of a table of contents, stand beside text too; but most lines of a column are as long as it is wide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from asdelivered.transcripts.formats.pdf.lines import PageLine, Word

GAP = 0.7
"""Times the print size: the narrowest space between two columns."""
_NARROWEST = 8
"""Times the print size: the narrowest column."""
_FEWEST = 4
"""Lines that begin at the left edge of a column, where only its own page shows it."""
_BESIDE = 0.5
"""Lines of the column to the left, at least, for each line of the one to the right."""
_FULL = 0.75
"""A share of a column's width. Half of its lines are at least as long."""
_WIDE = 0.4
"""A share of the space from one left edge to the next, which the longest line of the column fills."""
CROSSING = 0.2
"""A share of the lines. If more run across the space between two columns, there are no columns."""
NEAR = 3.0
"""Points by which the left edges of a column's lines may differ."""
SAME_ROW = 0.3
"""Times the print size: baselines that differ by less are one row."""


@dataclass(frozen=True)
class Gutter:
    """The empty space between two columns: where the left one ends and the right one begins, in points."""

    left: float
    right: float


def gutters(pages: Sequence[Sequence[PageLine]]) -> list[tuple[Gutter, ...]]:
    """Return the gutters of each page, from left to right; none where it has one column.

    The last page of a text is often short: it has the columns of other pages where its lines stand in them.
    """
    own = [_found([piece for line in page for piece in pieces(line)]) for page in pages]
    # Ragged lines end elsewhere on each page: what differs by less than a point is tried once.
    known: dict[tuple[int, ...], tuple[Gutter, ...]] = {}
    for found in filter(None, own):
        known.setdefault(tuple(round(edge) for one in found for edge in (one.left, one.right)), found)
    most_first = sorted(known.values(), key=len, reverse=True)
    return [
        next((other for other in most_first if len(other) > len(found) and _fits(page, other)), found)
        for page, found in zip(pages, own, strict=True)
    ]


def _fits(page: Sequence[PageLine], between: Sequence[Gutter]) -> bool:
    """Return whether hardly a line of a page runs across columns."""
    lines = split(page, between)
    return sum(column_of(line, between) is None for line in lines) <= CROSSING * len(lines)


def split(page: Sequence[PageLine], between: Sequence[Gutter]) -> list[PageLine]:
    """Return the lines of a page, with those parted that run through several columns in the order of drawing."""
    return [piece for line in page for piece in _parted(line, between)] if between else list(page)


def column_of(line: PageLine, between: Sequence[Gutter]) -> int | None:
    """Return the number of the column that a line stands in, from 0; None where it runs across several."""
    if any(line.left < gutter.left and line.right > gutter.right for gutter in between):
        return None
    middle = [(gutter.left + gutter.right) / 2 for gutter in between]
    return sum(line.left >= position for position in middle)


def in_reading_order(lines: Sequence[PageLine], between: Sequence[Gutter]) -> list[PageLine]:
    """Return the lines column by column; one that runs across several comes after what is above it in all of them.

    Lines of a page with one column stay in the order of drawing.
    """
    if not between:
        return list(lines)
    columns = {id(line): column_of(line, between) for line in lines}
    across = sorted(line.baseline for line in lines if columns[id(line)] is None)

    def place(line: PageLine) -> tuple[int, int]:
        column = columns[id(line)]
        above = len(across) - bisect_right(across, line.baseline)
        return above, len(between) + 1 if column is None else column

    return sorted(_by_rows(lines), key=place)


def _by_rows(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """Yield lines from top to bottom, and those of one row from left to right."""
    row: list[PageLine] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if row and row[0].baseline - line.baseline > SAME_ROW * line.size:
            yield from sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    yield from sorted(row, key=lambda line: line.left)


def pieces(line: PageLine) -> Iterator[PageLine]:
    """Yield the parts of a line between gaps as wide as those between columns."""
    begin = 0
    gap = GAP * line.size
    for at, (one, other) in enumerate(pairwise(line.words), 1):
        if other.left - one.right >= gap or other.left < one.left:
            yield replace(line, words=line.words[begin:at])
            begin = at
    yield replace(line, words=line.words[begin:])


def _parted(line: PageLine, between: Sequence[Gutter]) -> Iterator[PageLine]:
    """Yield the parts of a line that stand in different columns."""
    begin = 0
    for at, (one, other) in enumerate(pairwise(line.words), 1):
        if any(_is_over(gutter, one, other) for gutter in between):
            yield replace(line, words=line.words[begin:at])
            begin = at
    yield replace(line, words=line.words[begin:])


def _is_over(gutter: Gutter, one: Word, other: Word) -> bool:
    """Return whether the space between two words contains a gutter; on the way back, between any two columns."""
    first, last = sorted((one, other), key=lambda word: word.left)
    return first.right <= gutter.left + NEAR and last.left >= gutter.right - NEAR


def edges(parts: Sequence[PageLine]) -> list[float]:
    """Return the positions where many lines begin, from left to right."""
    starts = sorted(part.left for part in parts)
    enough = max(_FEWEST, len(parts) // 12)
    found: list[float] = []
    begin = 0
    for at in range(1, len(starts) + 1):
        if at == len(starts) or starts[at] - starts[at - 1] > 1:
            if at - begin >= enough:
                found.append(starts[begin])
            begin = at
    return found


def _found(parts: Sequence[PageLine]) -> tuple[Gutter, ...]:
    """Return the gutters of a page whose lines come in the given parts."""
    begin = min((piece.left for piece in parts), default=0.0)
    found: list[Gutter] = []
    for edge in edges(parts):
        gutter = _gutter(parts, begin, edge)
        if gutter:
            found.append(gutter)
            begin = gutter.right
    return tuple(found)


def _gutter(parts: Sequence[PageLine], begin: float, edge: float) -> Gutter | None:
    """Return the gutter between an edge and the column that begins at `begin`; None if the edge begins no column."""
    right = [piece for piece in parts if abs(piece.left - edge) <= NEAR]
    reach = max((piece.right for piece in parts), default=0.0)
    if not right or min(edge - begin, reach - edge) < _NARROWEST * right[0].size:
        return None
    top, bottom = max(piece.baseline for piece in right), min(piece.baseline for piece in right)
    slack = GAP * right[0].size
    beside = [
        piece
        for piece in parts
        if begin - NEAR <= piece.left < edge - NEAR and bottom - slack <= piece.baseline <= top + slack
    ]
    left = [piece for piece in beside if piece.right <= edge - slack]
    rows: dict[int, float] = {}
    for piece in left:
        rows[round(piece.baseline)] = max(piece.right, rows.get(round(piece.baseline), 0.0))
    if len(rows) < _BESIDE * len(right) or len(beside) - len(left) > CROSSING * len(rows):
        return None
    first, end = min(piece.left for piece in left), max(rows.values())
    full = sum(last - first >= _FULL * (end - first) for last in rows.values())
    if full < len(rows) / 2 or end - first < _WIDE * (edge - begin):
        return None
    return Gutter(end, edge)
