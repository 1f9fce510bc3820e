"""Initials of printed pages: a first letter as high as several lines, beside which these lines are shortened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from asdelivered.transcripts.formats.pdf.lines import PageLine, Word

_INITIAL = re.compile(r"[\"“„«‘¿¡]?[^\W\d_a-zà-ÿ]['’]?")
_LARGE = 1.7
"""Times the print size of the text beside it."""
_BESIDE = 1.5
"""Times the print size of the text: no line beside an initial begins farther from it."""
_ABOVE = 0.5
"""A share of the print size, within which the top of the first line is as high as that of the initial."""
_HEIGHT = 0.7
"""The height of a capital, as a share of its print size."""


def with_initials(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """Return the pages with each initial put before the word that it begins, and the lines beside it as wide as others.

    A letter that is a word as well ("A", "I") is one if the page has what follows as a word, and not both as one.
    """
    known: Counter[str] | None = None
    found: list[list[PageLine]] = []
    for page in pages:
        page = [part for line in page for part in _parted(line)]
        for initial in [line for line in page if _is_initial(line)]:
            beside = _lines_beside(initial, page)
            if not beside:
                continue
            known = known or _words_of(pages)
            page = list(_joined(page, initial, beside, known))
        found.append(page)
    return found


def _words_of(pages: Sequence[Sequence[PageLine]]) -> Counter[str]:
    return Counter(
        word.text.casefold().strip(".,;:!?") for page in pages for line in page for word in line.words
    )


def _parted(line: PageLine) -> tuple[PageLine, ...]:
    """Return an initial and the line that was drawn right after it as two lines, even within a word."""
    first, *more = line.words
    if not more or line.across or first.size < _LARGE * more[0].size:
        return (line,)
    if abs(first.baseline - more[0].baseline) < _ABOVE * more[0].size:
        return (line,)
    letter = _INITIAL.match(first.text)
    rest = first.text[letter.end() :] if letter else ""
    if not rest:
        return replace(line, words=(first,)), replace(line, words=tuple(more))
    # Nobody knows where in the word the initial ends; a letter of the text is half as wide as high.
    edge = max(first.left, first.right - 0.5 * more[0].size * len(rest))
    initial = replace(first, text=first.text[: -len(rest)], right=edge)
    begun = replace(more[0], text=rest, left=edge, right=first.right)
    return replace(line, words=(initial,)), replace(line, words=(begun, *more))


def _is_initial(line: PageLine) -> bool:
    return len(line.words) == 1 and not line.across and _INITIAL.fullmatch(line.words[0].text) is not None


def _lines_beside(initial: PageLine, page: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines that stand right beside an initial, from the first on; none where it is no initial."""
    letter = initial.words[0]
    beside = [
        line
        for line in page
        if line is not initial
        and not line.across
        and letter.size >= _LARGE * line.size
        and -_ABOVE * line.size < line.left - letter.right < _BESIDE * line.size
        and letter.baseline - _ABOVE * line.size < line.baseline < letter.baseline + _HEIGHT * letter.size
    ]
    beside.sort(key=lambda line: -line.baseline)
    if not beside:
        return []
    first = beside[0]
    tops = (first.baseline + _HEIGHT * first.size, letter.baseline + _HEIGHT * letter.size)
    return beside if abs(tops[0] - tops[1]) < _ABOVE * first.size + 0.1 * letter.size else []


def _joined(
    page: Sequence[PageLine], initial: PageLine, beside: Sequence[PageLine], known: Counter[str]
) -> Iterator[PageLine]:
    """Yield the lines of a page with an initial in the first of those beside it."""
    letter = initial.words[0]
    ids = set(map(id, beside))
    for line in page:
        if line is initial:
            continue
        if id(line) not in ids:
            yield line
            continue
        first = line.words[0]
        if line is not beside[0]:
            yield replace(line, words=(replace(first, left=letter.left), *line.words[1:]))
        elif _is_word(letter.text, first.text, known):
            alone = replace(
                first, text=letter.text, left=letter.left, right=first.left - line.blank, raised=0
            )
            yield replace(line, words=(alone, *line.words))
        else:
            yield replace(line, words=(_begun(letter, first), *line.words[1:]))


def _begun(letter: Word, first: Word) -> Word:
    return replace(first, text=letter.text + first.text, left=letter.left)


def _is_word(letter: str, first: str, known: Counter[str]) -> bool:
    """Return whether an initial is a word of its own, before the word `first`."""
    bare, rest = letter.casefold().strip('"“„«‘¿¡'), first.casefold().strip(".,;:!?")
    return known[bare] > 1 and known[rest] > 1 and known[rest] > known[bare + rest]
