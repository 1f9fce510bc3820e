"""What a file holds, before anyone asks who speaks: the rows of text that a person sees, and how they look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from asdelivered.transcripts.model import LineKind


class Style(StrEnum):
    """How a part of a row looks, where that tells something."""

    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    """Struck out: said, and corrected by the editors."""
    RAISED = "raised"
    """Set higher: the mark of a footnote, an ordinal's ending, a power."""
    UNSPOKEN = "unspoken"
    """Seen and not said: a time, the mark of a footnote."""


@dataclass(frozen=True)
class Mark:
    """The characters from `start` up to, not including, `end` of a row look like `style`."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Row:
    """One line or paragraph of a document. `text` is every character that a person sees, and a line break.

    Where a file breaks its lines at a width, a row is the whole paragraph, its line breaks inside.
    """

    text: str
    kind: LineKind | None = None
    """What the format says that the row is; None where only its text can tell."""
    heading: int = 0
    """The level of a heading, from 1; 0 for anything else."""
    marks: tuple[Mark, ...] = ()
    speaker: str | None = None
    """Who says it, where the format tells."""

    @property
    def content(self) -> str:
        """The row without the blanks around it."""
        return self.text.strip()

    def marked(self, style: Style) -> Iterable[tuple[int, int]]:
        """Yield the parts of a style, in order, touching ones as one."""
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
    """A document as its format has it. What is None or False the format does not say."""

    rows: tuple[Row, ...]
    title: str | None = None
    date: date | None = None
    language: str | None = None
    """ISO 639-1 code."""
    speakers_named: bool = False
    """The rows say who speaks, so nobody needs to guess from the text."""
    cues: bool = False
    """The rows are captions: there is no heading."""


def text_rows(text: str) -> tuple[Row, ...]:
    """The rows of a plain text, broken where `str.splitlines` breaks it."""
    return tuple(map(Row, text.splitlines(keepends=True)))


def paragraphs(texts: Sequence[str]) -> tuple[Row, ...]:
    """Rows with a blank one between each two."""
    rows: list[Row] = []
    for text in texts:
        rows += [Row("\n")] if rows else []
        rows.append(Row(text + "\n"))
    return tuple(rows)


def with_kind(rows: Iterable[Row], kind: LineKind) -> tuple[Row, ...]:
    """The rows, each of the kind."""
    return tuple(replace(row, kind=kind) for row in rows)
