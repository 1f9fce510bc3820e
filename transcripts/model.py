"""An official page, taken apart: every character is kept, and each part is marked as spoken or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_BREAKS = re.compile(r"\s*[\r\n]\s*")

SpokenForm = tuple[str, ...]
"""The words heard for one token, in lower case: ("seven", "percent")."""


class LineKind(StrEnum):
    """What a line of the page is."""

    SPOKEN = "spoken"
    TITLE = "title"
    OCCASION = "occasion"
    METADATA = "metadata"
    NOTE = "note"
    SEPARATOR = "separator"
    SPEAKER = "speaker"
    HEADING = "heading"
    """The title of a part of the page."""
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Whatever surrounds the text: navigation, running heads, page numbers, footers."""
    BLANK = "blank"


class Delivery(StrEnum):
    """How close a page says it is to the words that were spoken."""

    AS_DELIVERED = "as delivered"
    AS_PREPARED = "as prepared"
    CHECK_AGAINST_DELIVERY = "check against delivery"


class TokenKind(StrEnum):
    """What a whitespace-separated token of a spoken line is."""

    WORD = "word"
    SILENT = "silent"
    """Nothing is heard for it: a dash, an ellipsis on its own."""
    UNKNOWN = "unknown"
    """Something was said that the text lacks: [inaudible]."""


@dataclass(frozen=True, slots=True)
class Token:
    """One whitespace-separated token of a line, as in the source, and the ways it may be said.

    `spoken` holds those ways, likeliest first; it is empty unless the kind is WORD.
    """

    text: str
    kind: TokenKind
    spoken: tuple[SpokenForm, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source. `source` is every character of it, including its line break."""

    id: str
    kind: LineKind
    source: str
    tokens: tuple[Token, ...] = ()
    optional: int = 0
    """How many of the first tokens the page leaves in doubt: a recording shows whether they were said.

    They are all tokens of a line that may not be speech, or those of what may be a label before speech.
    """

    @property
    def text(self) -> str:
        """The line without surrounding blanks, on one line even where the source spreads it over several."""
        return _BREAKS.sub(" ", self.source.strip())


@dataclass(frozen=True)
class Turn:
    """A run of lines by one speaker. `speaker` is the label as on the page, or None before anyone speaks."""

    id: str
    speaker: str | None
    lines: tuple[Line, ...]


class LeftOut(StrEnum):
    """Text of a file that its program shows on request only, and that is not read."""

    DELETED = "what tracked changes deleted"
    HIDDEN = "hidden text"


@dataclass(frozen=True)
class Transcript:
    """An official page. The `source` of all lines of all turns, joined, is the text that was read."""

    path: str
    """The path as the user gave it."""
    sha256: str
    """The SHA-256 of the file's bytes, in hex."""
    title: str | None
    occasion: str | None
    date: date | None
    language: str
    """ISO 639-1 code: "en"."""
    turns: tuple[Turn, ...]
    place: str | None = None
    delivery: Delivery | None = None
    """How close the page says it is to the words that were spoken; None where it does not say."""
    format: str = "txt"
    """A key of `formats.FORMATS`."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file has beside the text that was read."""

    def spoken_lines(self) -> Iterator[tuple[Turn, Line]]:
        """Yield the spoken lines in order, each with its turn."""
        for turn in self.turns:
            for line in turn.lines:
                if line.kind is LineKind.SPOKEN:
                    yield turn, line

    def lines_to_align(self) -> Iterator[tuple[Turn, Line]]:
        """Yield the spoken lines and those that may have been spoken, in order, each with its turn."""
        for turn in self.turns:
            for line in turn.lines:
                if line.kind is LineKind.SPOKEN or line.optional:
                    yield turn, line

    @property
    def source(self) -> str:
        """The whole text, character for character."""
        return "".join(line.source for turn in self.turns for line in turn.lines)
