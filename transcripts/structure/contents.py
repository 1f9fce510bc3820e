"""Tables of contents: dots lead from a title to its page, and what stands between such rows belongs to the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.procedure import has_leader

_FEWEST = 5
"""Rows with dots and a page that make a table of contents."""
_MOST_BETWEEN, _MOST_WORDS = 20, 150
"""Rows with text between two of them, where a title takes several rows, and their words."""
_TITLE = re.compile(
    r"(?:table\s+of\s+)?contents|inhalt(?:sverzeichnis)?|sommaire|table\s+des\s+matières|índice|indice|sumario|sommario|sumário|"
    r"spis\s+treści|inhoud(?:sopgave)?|obsah|tartalom(?:jegyzék)?|innehåll|indhold|innhold|sisällys|cuprins|содержание|оглавление|目次|目录|目錄",
    re.IGNORECASE,
)
_MOST_ABOVE = 20
"""Rows between the title of a table and the first row with dots."""


def find_contents(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows of tables of contents, from the first row to the last with dots and a page, as `METADATA`."""
    leading = {
        number
        for number, row in enumerate(rows)
        if (".." in row.text or ". ." in row.text or "……" in row.text or "\t" in row.text)
        and row.kind is None
        and has_leader(row.content)
    }
    if len(leading) < _FEWEST:
        return {}
    filled = [number for number, row in enumerate(rows) if row.kind is None and row.content]
    led = [place for place, number in enumerate(filled) if number in leading]
    # Where too much stands in between, another table begins.
    breaks = [0]
    for above, below in pairwise(led):
        words = sum(len(rows[number].text.split()) for number in filled[above + 1 : below])
        breaks.append(breaks[-1] + (below - above > _MOST_BETWEEN or words > _MOST_WORDS))
    found: dict[int, LineKind] = {}
    for _, group in groupby(zip(led, breaks, strict=True), key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        if len(places) >= _FEWEST:
            first = _title_above(rows, filled[: places[0]])
            found |= dict.fromkeys(filled[places[0] - first : places[-1] + 1], LineKind.METADATA)
    return found


def _title_above(rows: Sequence[Row], above: Sequence[int]) -> int:
    """Return how many of the rows above a table belong to it: those from its title on, or none."""
    for count, number in enumerate(reversed(above[-_MOST_ABOVE:]), 1):
        if _TITLE.fullmatch(rows[number].content.rstrip(" :")):
            return count
    return 0
