"""Find questions that only their style shows: paragraphs in bold or italics, with plain answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.structure.phrases import ends_sentence

_FEWEST = 2
_ASKED = 0.6
"""At least this share of the paragraphs in that style have a question mark."""
_MOST = 0.7
"""A share of all paragraphs from the first question on. Where more have the style, it means something else."""


def find_questions(rows: Sequence[Row], first: int, taken: Collection[int]) -> frozenset[int]:
    """Return the rows from `first` on whose style makes them questions; `taken` are known to be something else."""
    if not any(row.marks for row in rows):
        return frozenset()
    rest = [number for number in range(first, len(rows)) if number not in taken and _is_text(rows[number])]
    for style in (Style.BOLD, Style.ITALIC):
        apart = [number for number in rest if rows[number].marks and _is_all(rows[number], style)]
        asked = sum("?" in rows[number].text for number in apart)
        if asked < _FEWEST or asked < _ASKED * len(apart):
            continue
        following = sum(number >= apart[0] for number in rest)
        if len(apart) <= _MOST * following:
            return frozenset(apart)
    return frozenset()


def _is_text(row: Row) -> bool:
    return row.kind is None and not row.heading and any(map(str.isalnum, row.text))


def _is_all(row: Row, style: Style) -> bool:
    marked = sum(end - start for start, end in row.marked(style))
    return marked >= 0.95 * len(row.content) and ends_sentence(row.content)
