"""The words, lines and columns of printed pages; which lines are running heads, page numbers or footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

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
_EDGE = 3
"""Lines at the top and at the bottom of a page that may be its head or foot."""
_SMALL = 0.92
"""A share of the body's print size. Smaller print at the foot of a page is a footnote."""


@dataclass(frozen=True)
class Word:
    """A word on a page. Lengths are in points, `left` and `baseline` from the lower left corner of the page.

    The last `raised` characters are superscript.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    raised: int = 0


@dataclass(frozen=True)
class PageLine:
    """A line on a page; `height` is that of the page."""

    words: tuple[Word, ...]
    height: float

    @property
    def text(self) -> str:
        """The text of the line."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """The position where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The position where the line ends."""
        return self.words[-1].right

    @property
    def baseline(self) -> float:
        """The height of the line's baseline."""
        return self.words[0].baseline

    @property
    def blank(self) -> float:
        """The usual gap between its words."""
        gaps = [other.left - one.right for one, other in pairwise(self.words)]
        return median(gaps) if gaps else 0.25 * self.size

    @property
    def size(self) -> float:
        """The size of its print."""
        return median(word.size for word in self.words)


@dataclass(frozen=True)
class PlacedLine:
    """A line, the index of its page, the right margin of its column, and its kind if it is not text."""

    line: PageLine
    page: int
    margin: float
    kind: LineKind | None


def place(pages: Sequence[Sequence[PageLine]]) -> Iterator[PlacedLine]:
    """Yield all lines of all pages, in their order."""
    size = body_size(pages)
    repeated = _repeated(pages)
    parts = [_parts(page, repeated, size) for page in pages]
    width = max((_width(part[None]) for part in parts), default=0.0)
    for number, (page, part) in enumerate(zip(pages, parts, strict=True)):
        split = _gutter(part[None])
        margins = _margins(part[None], split, width)
        kinds = {id(line): kind for kind, lines in part.items() for line in lines}
        notes = frozenset(found[1] for line in part[LineKind.FOOTNOTE] if (found := _NUMBER.match(line.text)))
        for line in page:
            kind = kinds[id(line)]
            shown = _with_note_marks(line, notes) if kind is None else line
            yield PlacedLine(shown, number, margins[_is_right(line, split)], kind)


def _with_note_marks(line: PageLine, notes: frozenset[str]) -> PageLine:
    """Return a line with the marks of its page's footnotes raised, also those printed as large as the text."""
    words = tuple(
        replace(word, raised=len(found[1]))
        if not word.raised and (found := _MARKED.search(word.text)) and found[1] in notes
        else word
        for word in line.words
    )
    return line if words == line.words else replace(line, words=words)


def _parts(
    page: Sequence[PageLine], repeated: set[str], size: float
) -> dict[LineKind | None, list[PageLine]]:
    """Return the lines of a page by their kind; None is the text."""
    edges = {id(line) for line in _edge_lines(page)}
    heads = [line for line in page if id(line) in edges and _is_head(line, page, repeated)]
    rest = [line for line in page if line not in heads]
    notes = _notes(rest, size)
    return {
        LineKind.FURNITURE: heads,
        LineKind.FOOTNOTE: notes,
        None: [line for line in rest if line not in notes],
    }


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


def _gutter(page: Sequence[PageLine]) -> float | None:
    """Return where the second of two columns begins; None where there is only one."""
    starts = Counter(round(line.left / 4) for line in page)
    common = sorted(start * 4 for start, count in starts.items() if count >= max(4, len(page) // 6))
    if len(common) < 2 or common[-1] - common[0] < 100:
        return None
    split = next(start for start in common if start - common[0] >= 100) - 6.0
    left = [line for line in page if line.left < split]
    return split if sum(line.right > split + 6 for line in left) <= 0.2 * len(left) else None


def _is_right(line: PageLine, split: float | None) -> bool:
    return split is not None and line.left >= split


def _width(page: Sequence[PageLine]) -> float:
    """Return the width of the text on a page with one column; 0 where it has two."""
    if not page or _gutter(page) is not None:
        return 0.0
    return max(line.right for line in page) - min(line.left for line in page)


def _margins(page: Sequence[PageLine], split: float | None, width: float) -> dict[bool, float]:
    """Return the right margins of the left or only column (False), and of the right one (True).

    `width` is that of pages with one column; a short page may not show it.
    """
    margins = {False: 0.0, True: 0.0}
    for line in page:
        right = _is_right(line, split)
        if right or split is None or line.right <= split + 6:
            margins[right] = max(margins[right], line.right)
    if split is None and page:
        margins[False] = max(margins[False], min(line.left for line in page) + width)
    return margins
