"""A file as its format shows it, before anyone asks who speaks: rows of text, and how they look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from asdelivered.transcripts.model import LeftOut, LineKind


class Style(StrEnum):
    """How a part of a row looks, where that has a meaning."""

    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    """Struck out: it was said, and the editors corrected it."""
    RAISED = "raised"
    """Superscript: a footnote mark, the ending of an ordinal, a power."""
    UNSPOKEN = "unspoken"
    """Seen but not said: a time, a footnote mark."""


@dataclass(frozen=True)
class Mark:
    """The characters of a row from `start` up to but not including `end` have the style `style`."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Row:
    """One line or paragraph of a document. `text` is every visible character, and a line break.

    Where a file wraps its lines at a width, a row is the whole paragraph, with its line breaks inside.
    """

    text: str
    kind: LineKind | None = None
    """What the row is, where the format says so; None where only its text can tell."""
    heading: int = 0
    """The level of a heading, from 1; 0 for anything else."""
    marks: tuple[Mark, ...] = ()
    speaker: str | None = None
    """Who says it, where the format names a speaker."""
    style: str = ""
    """The name of its paragraph's style, where the file has such names: whatever its author called it."""

    content: str = field(init=False, repr=False, compare=False)
    """The row without surrounding blanks. Kept, since it is asked for a dozen times."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", self.text.strip())

    def is_all(self, style: Style) -> bool:
        """Return whether the whole row has a style, but for two characters at most, such as a colon."""
        return sum(end - start for start, end in self.marked(style)) >= len(self.content) - 2 > 0

    def part(self, begin: int, end: int) -> Row:
        """Return the characters from `begin` up to but not including `end`, with their looks, as a row."""
        marks = tuple(
            Mark(max(mark.start, begin) - begin, min(mark.end, end) - begin, mark.style)
            for mark in self.marks
            if mark.start < end and mark.end > begin
        )
        return replace(self, text=self.text[begin:end], marks=marks)

    def joined(self, other: Row) -> Row:
        """Return this row with the text of another at its end, and the looks of both."""
        shift = len(self.text)
        moved = (Mark(mark.start + shift, mark.end + shift, mark.style) for mark in other.marks)
        return replace(self, text=self.text + other.text, marks=(*self.marks, *moved))

    def marked(self, style: Style) -> Iterable[tuple[int, int]]:
        """Yield the character ranges that have a style, in order; ranges with only blanks between them count as one."""
        start = end = -1
        for mark in sorted((mark for mark in self.marks if mark.style is style), key=lambda mark: mark.start):
            if mark.start <= end or not self.text[end : mark.start].strip():
                end = max(end, mark.end)
                start = start if start >= 0 else mark.start
                continue
            if start >= 0:
                yield start, end
            start, end = mark.start, mark.end
        if start >= 0:
            yield start, end


@dataclass(frozen=True)
class Document:
    """A document as its format has it. A field is None or False where the format says nothing."""

    rows: tuple[Row, ...]
    title: str | None = None
    date: date | None = None
    language: str | None = None
    """ISO 639-1 code."""
    speakers_named: bool = False
    """The rows say who speaks, so there is no need to guess from the text."""
    speakers: tuple[str, ...] = ()
    """Names of those who speak, as the fields above the text list them."""
    cues: bool = False
    """The rows are captions, so there is no heading."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file has and its program shows on request only; no row has it."""


def text_rows(text: str) -> tuple[Row, ...]:
    """Return the rows of a plain text, split where `str.splitlines` splits it."""
    return tuple(map(Row, text.splitlines(keepends=True)))


def paragraphs(texts: Sequence[str]) -> tuple[Row, ...]:
    """Return a row for each text, with a blank row between them."""
    rows: list[Row] = []
    for text in texts:
        rows += [Row("\n")] if rows else []
        rows.append(Row(text + "\n"))
    return tuple(rows)
