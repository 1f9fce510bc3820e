"""Join the lines of printed pages into paragraphs, with hyphenation undone.

Two lines belong to one paragraph if the first word of the second would not have fitted on the first. Where a page sets
each sentence on a line of its own, that would join sentences that happen to end near the margin; so it matters whether
other lines of the same passage end early.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.formats.pdf.initials import with_initials
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word
from asdelivered.transcripts.formats.pdf.pages import LARGE, PlacedLine, body_size, place
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.spoken.unspaced import HAN

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?…][\"'”’»)\]]*\s+[\"“„«‘(]*[^\W\d_a-zà-ÿ]")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:[^\W\d_]|Drs?|Mrs?|Ms|Prof|St|No|Nr|Art|Abs|ca|bzw|Sra?|Gen|Sen|Rep|Gov|Hr|Fr|np|tzw|ul|pt|dott|sig)\.$"
)
"""Endings of lines that end no sentence."""
_WITHOUT_BLANKS = re.compile(rf"[{HAN}\u3001-\u30ff\uff01-\uff60][{HAN}\u3001-\u30ff\uff01-\uff60]$")
"""Two letters of Chinese or Japanese, which has no blanks between words."""
_TEXT = (None, LineKind.SPEAKER)
"""The kinds of lines that stand where they are read: text, and the names in the margin."""
_ROOM = 1.45
"""Times the usual distance between lines. Further apart, there is a gap between two paragraphs."""
_INDENT = 0.8
"""Times the print size. A line indented by more begins a paragraph."""
_SLACK = 0.2
"""Times the print size: the room that a letter takes beyond its visible shape."""
_MANY_ENDS = 0.3
"""A share of the lines of a passage. Where as many end a sentence, they may have been broken there."""
_MANY_INSIDE = 0.25
"""Sentences that begin within a line, per line. With as many, lines that end early end whole paragraphs."""
_SINGLE = 0.15
"""A share of the lines of a passage. Where more end early, each sentence has a line of its own."""


_FEW = 0.1
"""A share of lines that is no more than chance."""


@dataclass(frozen=True)
class _Passage:
    """Lines without a gap between them. `single`: each sentence has a line of its own; None where that is unknown."""

    lines: tuple[PlacedLine, ...]
    single: bool | None


def layout(pages: Sequence[Sequence[PageLine]]) -> tuple[Row, ...]:
    """Return the rows of the pages: one per paragraph, with a blank row where there is a gap between two.

    Running heads, page numbers and footnotes come after the paragraph that they interrupt.
    """
    pages = with_initials(pages)
    lines = list(place(pages))
    passages = _settled(list(_passages([line for line in lines if line.kind in _TEXT])))
    # Stage directions have lines of their own throughout, or not at all.
    notes_apart = any(
        is_note(other.line.text) and not _is_full(one, other)
        for passage in passages
        for one, other in pairwise(passage.lines)
    )
    hyphens = _Hyphens([line.line for line in lines])
    aside = [line for line in lines if line.kind not in _TEXT]
    body = body_size(pages)
    rows: list[Row] = []
    for passage in passages:
        rows += [Row("\n")] if rows else []
        for paragraph in _paragraphs(passage, notes_apart):
            done = [line for line in aside if line.page < paragraph[0].page]
            rows += map(_aside, done)
            aside = aside[len(done) :]
            row = _row([line.line for line in paragraph], hyphens, body)
            rows.append(replace(row, kind=paragraph[0].kind))
    return (*rows, *map(_aside, aside))


def _aside(line: PlacedLine) -> Row:
    return Row(line.line.text + "\n", line.kind)


def _passages(lines: Sequence[PlacedLine]) -> Iterator[_Passage]:
    """Split the lines where there is a gap between them, or where the print changes."""
    usual = _usual_distance(lines)
    begin = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or _is_apart(lines[at - 1], lines[at], usual):
            part = tuple(lines[begin:at])
            yield _Passage(part, _is_single(part))
            begin = at


def _usual_distance(lines: Sequence[PlacedLine]) -> float:
    """Return the distance between two lines of a paragraph, in points; 0.0 without any.

    Where most paragraphs are a line, the usual distance is that between paragraphs, across which no sentence goes on.
    """
    pairs = [
        (distance, _is_full(one, other) and not _ends_sentence(one))
        for one, other in pairwise(lines)
        if one.page == other.page
        and 0 < (distance := one.line.baseline - other.line.baseline) < 4 * one.line.size
    ]
    if not pairs:
        return 0.0
    usual = median(distance for distance, _ in pairs)
    closer = [(distance, goes_on) for distance, goes_on in pairs if distance * _ROOM < usual]
    apart = [goes_on for distance, goes_on in pairs if distance * _ROOM >= usual]
    are_lines = len(closer) > _FEW * len(pairs) or 2 * sum(goes_on for _, goes_on in closer) > len(closer)
    if are_lines and sum(apart) < _FEW * len(apart):
        return median(distance for distance, _ in closer)
    return usual


def _is_apart(one: PlacedLine, other: PlacedLine, usual: float) -> bool:
    if one.kind is not other.kind or abs(one.line.size - other.line.size) > 0.08 * one.line.size:
        return True
    if one.turns_to(other):
        # On the next page or in the next column, an unfinished paragraph continues.
        return not _is_full(one, other) or _ends_sentence(one)
    return one.line.baseline - other.line.baseline > _ROOM * usual


def _is_full(one: PlacedLine, other: PlacedLine) -> bool:
    """Return whether the first word of the second line would not have fitted on the first."""
    if _is_broken(one.line):
        return True
    first, *more = other.line.words
    # A number stays on one line with what it counts: "20 million".
    last = more[0] if more and not any(map(str.isalpha, first.text)) and not _ends_sentence(one) else first
    return one.line.right + one.line.blank + (last.right - first.left) > one.margin - _SLACK * one.line.size


def _is_broken(line: PageLine) -> bool:
    """Return whether a line ends in the middle of a word."""
    return re.search(r"[^\W\d_]-$", line.words[-1].text) is not None


def _ends_sentence(line: PlacedLine) -> bool:
    text = line.line.text
    return _SENTENCE_END.search(text) is not None and not _ABBREVIATED.search(text)


def _is_single(lines: Sequence[PlacedLine]) -> bool | None:
    """Return whether each sentence of a passage has a line of its own; None where it is too short to tell."""
    pairs = list(pairwise(lines))
    early = sum(not _is_full(one, other) and not _is_indented(other, lines) for one, other in pairs)
    inside = sum(len(_SENTENCE_INSIDE.findall(line.line.text)) for line in lines)
    if early > _SINGLE * len(pairs):
        return inside < _MANY_INSIDE * len(lines)
    ended = sum(_ends_sentence(one) for one, _ in pairs)
    return False if len(pairs) >= 4 and ended < _MANY_ENDS * len(pairs) else None


def _is_indented(line: PlacedLine, lines: Sequence[PlacedLine]) -> bool:
    usual = median(
        other.line.left for other in lines if (other.page, other.column) == (line.page, line.column)
    )
    return 0 < line.line.left - usual - _INDENT * line.line.size < 60


def _settled(passages: Sequence[_Passage]) -> list[_Passage]:
    """Return the passages with `single` settled, and those joined that only the end of a page separates.

    A passage that is too short to tell is like the last one that was long enough, or else the next.
    """
    known = next((passage.single for passage in passages if passage.single is not None), False)
    settled: list[_Passage] = []
    for passage in passages:
        known = known if passage.single is None else passage.single
        last = settled[-1] if settled else None
        first = passage.lines[0]
        more = len(passage.lines) > 1 or first.line.text[:1].islower()
        alike = last and last.lines[-1].kind is first.kind is None
        if last and alike and not last.single and not known and more and _is_parted(last.lines[-1], first):
            settled[-1] = _Passage(last.lines + passage.lines, False)
        else:
            settled.append(_Passage(passage.lines, known))
    return settled


def _is_parted(one: PlacedLine, other: PlacedLine) -> bool:
    """Return whether a full line is the last of its page or column, and the other one the first of the next."""
    return one.turns_to(other) and one.line.size == other.line.size and _is_full(one, other)


def _paragraphs(passage: _Passage, notes_apart: bool) -> Iterator[list[PlacedLine]]:
    paragraph: list[PlacedLine] = []
    for line in passage.lines:
        if paragraph and not _goes_on(paragraph[-1], line, passage, notes_apart):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(one: PlacedLine, other: PlacedLine, passage: _Passage, notes_apart: bool) -> bool:
    if one.kind is LineKind.SPEAKER:  # a name that takes several lines
        return True
    if _is_indented(other, passage.lines) or (notes_apart and is_note(other.line.text)):
        return False
    if not _is_full(one, other):
        nearly = one.line.right > 0.85 * one.margin
        return nearly and not passage.single and not _ends_sentence(one) and other.line.text[:1].islower()
    return not (passage.single and _ends_sentence(one) and not other.line.text[:1].islower())


def _row(lines: Sequence[PageLine], hyphens: _Hyphens, body: float) -> Row:
    text = ""
    marks: list[Mark] = []
    words = [word for line in lines for word in line.words]
    lasts = {id(line.words[-1]) for line in lines[:-1]}
    glued = True
    for number, word in enumerate(words):
        shown = word.text
        start = len(text) if glued else len(text) + 1
        text += shown if glued else f"{_blank(words, number, lasts)}{shown}"
        marks += _marks(word, start)
        glued = False
        if id(word) in lasts and _WITHOUT_BLANKS.search(shown + words[number + 1].text[0]):
            glued = True
        elif id(word) in lasts and re.search(r"\w-$", shown):
            glued = True
            if hyphens.are_added(shown, words[number + 1].text):
                text = text[:-1]
    size = max((line.size for line in lines), default=0.0)
    heading = (1 if size > 1.4 * body else 2) if size > LARGE * body and len(lines) <= 4 else 0
    return Row(text + "\n", heading=heading, marks=tuple(_joined(marks)))


def _blank(words: Sequence[Word], number: int, lasts: set[int]) -> str:
    """Return what stands before a word: a tab after a letter that stands apart, as "Q" does in a court's record."""
    one, other = words[number - 1], words[number]
    letter = number == 1 and len(one.text) == 1 and one.text.isupper()
    return "\t" if letter and id(one) not in lasts and other.left - one.right > one.size else " "


class _Hyphens:
    """Tells the hyphens that break a word at the end of a line from those that belong to the word."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self._known = Counter(_core(word.text) for line in lines for word in line.words)
        added = own = 0
        for one, other in pairwise(lines):
            if _is_broken(one):
                whole, parted = self._counts(one.words[-1].text, other.words[0].text)
                added += whole > parted
                own += parted > whole
        # Where the text does not have the word elsewhere, go by what it does with most words.
        self._adds = added > own

    def are_added(self, one: str, other: str) -> bool:
        """Return whether the hyphen at the end of `one` does not belong to the word; `other` begins the next line."""
        if not other[:1].islower() or not _core(one)[-1:].isalpha():
            return False
        whole, parted = self._counts(one, other)
        return self._adds if whole == parted else whole > parted

    def _counts(self, one: str, other: str) -> tuple[int, int]:
        """Return how often the text has the word without its hyphen, and with it."""
        first, second = _core(one), _core(other)
        return self._known[first + second], self._known[f"{first}-{second}"]


def _core(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word).casefold()


def _marks(word: Word, start: int) -> Iterator[Mark]:
    end = start + len(word.text)
    if word.bold:
        yield Mark(start, end, Style.BOLD)
    if word.italic:
        yield Mark(start, end, Style.ITALIC)
    if word.raised:
        yield Mark(end - word.raised, end, Style.RAISED)


def _joined(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the marks, with those of one style joined that only a blank separates."""
    last: dict[Style, Mark] = {}
    for mark in marks:
        before = last.get(mark.style)
        if before and mark.start <= before.end + 1:
            last[mark.style] = Mark(before.start, mark.end, mark.style)
            continue
        if before:
            yield before
        last[mark.style] = mark
    yield from last.values()
