"""Names of speakers in the margin of printed pages: a narrow column with a name beside the first line of each turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asdelivered.transcripts.formats.pdf.columns import (
    CROSSING,
    GAP,
    NEAR,
    SAME_ROW,
    Gutter,
    column_of,
    edges,
    pieces,
)
from asdelivered.transcripts.formats.pdf.lines import PageLine
from asdelivered.transcripts.structure.names import looks_like_name
from asdelivered.transcripts.structure.titles import is_function

_FEWEST = 4
"""Names in the margin."""
_NAMES = 0.8
"""At least this share of what stands in the margin are names."""
_RETURN = 0.3
"""At least this share of the names repeat one from above: speakers speak again, headings in the margin don't."""
_MOST_TEXT = 0.3
"""At least this share of all lines stand in the column with speech."""
_WITHIN = 1.6
"""Times the print size. Lines of the margin that are closer are one name."""
_SHORTEST, _LONGEST = 2, 60
"""Characters of a name."""


@dataclass(frozen=True)
class _Cell:
    """Lines of the margin that are one name."""

    lines: tuple[PageLine, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def names_in_margin(pages: Sequence[Sequence[PageLine]]) -> Gutter | None:
    """Return the space between the margin with names and the column with speech; None where no names stand so."""
    parts = [[piece for line in page for piece in pieces(line)] for page in pages]
    every = [piece for page in parts for piece in page]
    for edge in edges(every):
        right = [piece for piece in every if abs(piece.left - edge) <= NEAR]
        left = [piece for piece in every if piece.left < edge - NEAR]
        beside = [piece for piece in left if piece.right <= edge - GAP * piece.size]
        if len(right) < _MOST_TEXT * len(every) or len(left) - len(beside) > CROSSING * len(right):
            continue
        gutter = Gutter(max((piece.right for piece in beside), default=edge), edge)
        if _are_names([cell for page in parts for cell in _cells(page, gutter)]):
            return gutter
    return None


def by_turns(lines: Sequence[PageLine], between: Gutter) -> list[tuple[PageLine, bool]]:
    """Return the lines of a page in reading order, a name before its speech, and of each whether it is a name's."""
    cells = list(_cells(lines, between))
    tops = [cell.lines[0].baseline for cell in cells]
    beside = {id(line) for cell in cells for line in cell.lines}

    def place(line: PageLine) -> tuple[int, bool, float]:
        turn = sum(top >= line.baseline - SAME_ROW * line.size for top in tops)
        return turn, id(line) not in beside, -line.baseline

    named = {id(line) for cell in cells for line in cell.lines if _is_name(cell.text)}
    return [(line, id(line) in named) for line in sorted(lines, key=place)]


def _is_left(line: PageLine, between: Gutter) -> bool:
    return column_of(line, (between,)) == 0 and line.right <= between.right


def _cells(page: Sequence[PageLine], between: Gutter) -> Iterator[_Cell]:
    """Yield what stands in the margin of a page, from top to bottom, if speech stands beside its first line."""
    lines = sorted((line for line in page if _is_left(line, between)), key=lambda line: -line.baseline)
    speech = [line.baseline for line in page if abs(line.left - between.right) <= NEAR]
    cell: list[PageLine] = []
    for line in lines:
        if cell and cell[-1].baseline - line.baseline > _WITHIN * line.size:
            yield _Cell(tuple(cell))
            cell = []
        starts = any(abs(line.baseline - other) <= SAME_ROW * line.size for other in speech)
        if cell or starts:
            cell.append(line)
    if cell:
        yield _Cell(tuple(cell))


def _are_names(cells: Sequence[_Cell]) -> bool:
    """Return whether nearly all cells hold a name, and speakers return."""
    texts = [cell.text.casefold() for cell in cells if _is_name(cell.text)]
    if len(texts) < max(_FEWEST, _NAMES * len(cells)):
        return False
    return len(texts) - len(set(texts)) >= _RETURN * len(texts)


def _is_name(text: str) -> bool:
    name = text.strip(" :.")
    return _SHORTEST < len(name) <= _LONGEST and (looks_like_name(name) or is_function(name))
