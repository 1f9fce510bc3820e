"""The lines of printed pages in reading order; which of them are running heads, page numbers or footnotes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from asdelivered.transcripts.formats.pdf.columns import Gutter, column_of, gutters, in_reading_order, split
from asdelivered.transcripts.formats.pdf.line_numbers import without_line_numbers
from asdelivered.transcripts.formats.pdf.lines import PageLine
from asdelivered.transcripts.formats.pdf.margin import by_turns, names_in_margin
from asdelivered.transcripts.model import LineKind

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|strona|blatt|p|s)\.?\s*)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|sur|de|di|van|z)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?|\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+\d{1,2}:\d\d(?:\s*[AP]M)?(?:\s+.*)?",
    re.IGNORECASE,
)
"""Lines that browsers print above and below a page."""
_NOTE = re.compile(r"\[?\d{1,3}[\].)]?\s+\S|[*†‡]\s*\S")
_NUMBER = re.compile(r"\[?(\d{1,3})[\].)]?\s")
"""A footnote's number, in group 1."""
_MARKED = re.compile(r"[^\W\d_][\])”’\"']*[.,;:!?][”’\"']*(\d{1,3})$")
"""A word with punctuation and then a number, as a footnote's mark stands: group 1."""
_COUNTS = re.compile(r"^\W*(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})\W*$")
"""A number at the start or at the end of a line."""
_FEWEST_COUNTED = 3
"""Pages whose running heads count on."""
LARGE = 1.15
"""Times the body's print size. Larger print is a heading."""
_EDGE = 3
"""Lines at the top and at the bottom of a page that may be its head or foot."""
_SMALL = 0.92
"""A share of the body's print size. Smaller print at the foot of a page is a footnote."""


@dataclass(frozen=True)
class PlacedLine:
    """A line, the index of its page, its column and that one's right margin, and its kind if it is not text."""

    line: PageLine
    page: int
    column: int | None
    """From 0; None where the line runs across several columns."""
    margin: float
    kind: LineKind | None

    def turns_to(self, other: PlacedLine) -> bool:
        """Return whether another line is on another page, or in another column."""
        elsewhere = (self.page, self.column) != (other.page, other.column)
        return elsewhere or self.line.baseline < other.line.baseline


def place(pages: Sequence[Sequence[PageLine]]) -> Iterator[PlacedLine]:
    """Yield all lines of all pages, page by page and column by column."""
    size = body_size(pages)
    around = [[line for line in page if line.across] for page in pages]
    pages = [_without(page, lines) for page, lines in zip(pages, around, strict=True)]
    pages, numbers = without_line_numbers(pages)
    repeated, counted = _repeated(pages), _counted(pages) | _stamped(pages, size)
    heads = [_heads(page, repeated, counted) for page in pages]
    bodies = [_without(page, head) for page, head in zip(pages, heads, strict=True)]
    heads = [[*one, *other, *more] for one, other, more in zip(heads, numbers, around, strict=True)]
    margin = names_in_margin(bodies)
    between = [(margin,) for _ in bodies] if margin else gutters(bodies)
    bodies = [split(body, spaces) for body, spaces in zip(bodies, between, strict=True)]
    notes = [_footnotes(body, spaces, size) for body, spaces in zip(bodies, between, strict=True)]
    texts = [_without(body, small) for body, small in zip(bodies, notes, strict=True)]
    margins = _margins([[line for line in text if line.size <= LARGE * size] for text in texts], between)
    for page, spaces in enumerate(between):
        marks = frozenset(found[1] for line in notes[page] if (found := _NUMBER.match(line.text)))
        for kind, lines in (
            (LineKind.FURNITURE, heads[page]),
            (None, [_with_note_marks(line, marks) for line in texts[page]]),
            (LineKind.FOOTNOTE, notes[page]),
        ):
            ordered = (
                by_turns(lines, margin)
                if margin and kind is None
                else [(line, False) for line in in_reading_order(lines, spaces)]
            )
            for line, is_name in ordered:
                column = column_of(line, spaces)
                shown = LineKind.SPEAKER if is_name else kind
                yield PlacedLine(line, page, column, margins[page].get(column, line.right), shown)


def _without(page: Sequence[PageLine], others: Sequence[PageLine]) -> list[PageLine]:
    ids = set(map(id, others))
    return [line for line in page if id(line) not in ids]


def _with_note_marks(line: PageLine, notes: frozenset[str]) -> PageLine:
    """Return a line with the marks of its page's footnotes raised, also those printed as large as the text."""
    words = tuple(
        replace(word, raised=len(found[1]))
        if not word.raised and (found := _MARKED.search(word.text)) and found[1] in notes
        else word
        for word in line.words
    )
    return line if words == line.words else replace(line, words=words)


def _heads(page: Sequence[PageLine], repeated: set[str], counted: set[int]) -> list[PageLine]:
    """Return the running heads and the page number of a page; `counted` are the ids of lines that are surely some."""
    found = [line for line in page if id(line) in counted]
    for _ in range(_EDGE):
        # A page number may stand above a stamp.
        rest = _without(page, found)
        edges = {id(line) for line in _edge_lines(rest)}
        more = [line for line in rest if id(line) in edges and _is_head(line, rest, repeated)]
        if not more:
            break
        found += more
    return found


def _counted(pages: Sequence[Sequence[PageLine]]) -> set[int]:
    """Return the ids of the lines at the top or the bottom whose number counts the pages: "12  The Road"."""
    counts: dict[tuple[bool, int], set[int]] = {}
    for number, page in enumerate(pages):
        for top in (True, False):
            line = (max if top else min)(page, key=lambda line: line.baseline, default=None)
            for found in _COUNTS.finditer(line.text) if line and len(page) > 1 else ():
                counts.setdefault((top, int(found[1] or found[2]) - number), set()).add(id(line))
    enough = max(_FEWEST_COUNTED, len(pages) / 2)
    return {line for lines in counts.values() if len(lines) >= enough for line in lines}


def _stamped(pages: Sequence[Sequence[PageLine]], size: float) -> set[int]:
    """Return the ids of lines in large print that stand at one place on most pages, as a "DRAFT" across them does."""
    places: dict[tuple[str, int, int], list[int]] = {}
    for page in pages:
        for line in page:
            if line.size > LARGE * size:
                key = (line.text, round(line.left), round(line.baseline))
                places.setdefault(key, []).append(id(line))
    enough = max(2.0, len(pages) / 2)
    return {line for lines in places.values() if len(lines) >= enough for line in lines}


def _footnotes(page: Sequence[PageLine], between: Sequence[Gutter], size: float) -> list[PageLine]:
    """Return the footnotes of a page: below all of it, or below single columns."""
    found = _notes(page, size)
    for column in range(len(between) + 1 if between else 0):
        rest = _without(page, found)
        found += _notes([line for line in rest if column_of(line, between) == column], size)
    return found


def body_size(pages: Sequence[Sequence[PageLine]]) -> float:
    """Return the size that most of the text is printed in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.words)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _edge_lines(page: Sequence[PageLine]) -> list[PageLine]:
    heights = sorted({round(line.baseline) for line in page})
    count = min(_EDGE, max(1, len(heights) // 4))
    near = {*heights[:count], *heights[-count:]}
    return [line for line in page if round(line.baseline) in near]


def _repeated(pages: Sequence[Sequence[PageLine]]) -> set[str]:
    """Return the texts, without numbers, at the edges of several pages at the same height, and nowhere else."""
    found: Counter[tuple[str, int]] = Counter()
    inside: set[str] = set()
    for page in pages:
        edges = _edge_lines(page)
        found.update({(_without_numbers(line), round(line.baseline / 12)) for line in edges})
        inside |= {_without_numbers(line) for line in page if line not in edges}
    enough = max(2, min(4, len(pages) // 3))
    return {
        text
        for (text, _), count in found.items()
        if count >= enough and text not in inside and any(map(str.isalpha, text))
    }


def _without_numbers(line: PageLine) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold())


def _is_head(line: PageLine, page: Sequence[PageLine], repeated: set[str]) -> bool:
    if _without_numbers(line) in repeated:
        return True
    heights = [other.baseline for other in page]
    outermost = line.baseline < min(heights) + 2 or line.baseline > max(heights) - 2
    if not outermost or len(page) < 2:
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text) or _PRINTED.fullmatch(line.text))


def _notes(page: Sequence[PageLine], body: float) -> list[PageLine]:
    """Return the small print at the foot of a page, from the first line that begins with a number or a sign."""
    found: list[PageLine] = []
    for line in sorted(page, key=lambda line: line.baseline):
        if line.size > _SMALL * body or line.baseline > line.height / 2:
            break
        found.append(line)
    while found and not _NOTE.match(found[-1].text):
        found.pop()
    return found


def _margins(
    pages: Sequence[Sequence[PageLine]], between: Sequence[Sequence[Gutter]]
) -> list[dict[int | None, float]]:
    """Return the right margin of each column, page by page.

    A short page may not show it; then the column is as wide as on the pages with as many columns.
    """
    sides: list[dict[int | None, tuple[float, float]]] = []
    widths: Counter[int] = Counter()
    for page, spaces in zip(pages, between, strict=True):
        found: dict[int | None, tuple[float, float]] = {}
        for line in page:
            column = column_of(line, spaces)
            left, right = found.get(column, (line.left, line.right))
            found[column] = min(left, line.left), max(right, line.right)
        sides.append(found)
        for column, (left, right) in found.items():
            if column is not None:
                widths[len(spaces)] = max(widths[len(spaces)], math.ceil(right - left))
    return [
        {
            column: right if column is None else max(right, left + widths[len(spaces)])
            for column, (left, right) in found.items()
        }
        for found, spaces in zip(sides, between, strict=True)
    ]
