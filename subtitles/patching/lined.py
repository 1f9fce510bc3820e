"""SRT and WebVTT: captions are blocks of lines, which a line of times opens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asdelivered.subtitles.patching.place import CannotPatchError, Edit, Place, edited
from asdelivered.subtitles.patching.words import Markup, Piece, Token, size_of
from asdelivered.transcripts.captions.markup import TAG, plain
from asdelivered.transcripts.captions.times import TIMING

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_PIECE = re.compile(
    rf"(?P<ruby><ruby>.*?</ruby>)|(?P<tag>{TAG.pattern})|(?P<override>\{{\\[^{{}}]*\}})|(?P<break>\r\n|\r|\n)|(?P<blank>[^\S\r\n]+)"
    r"|(?P<entity>&\w+;|&#\w+;)|(?P<word>.)",
    re.DOTALL,
)
Blocks = list[tuple[int, int, int]]
"""For each caption the line of its times, the first line of its text, and the line after its text."""


@dataclass(frozen=True)
class Lines:
    """The lines of a text, without their ends, and where each begins."""

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    end: str
    """What ends most lines."""

    @staticmethod
    def of(text: str) -> Lines:
        """Return the lines of a text, whatever their ends."""
        found = [match for match in _LINE.finditer(text) if match.start() < len(text) or match.start() == 0]
        if text.endswith(("\r", "\n")):
            found.append(_LINE.match(text, len(text)) or found[-1])
        ends = [match[2] for match in found if match[2]]
        return Lines(
            tuple(match[1] for match in found),
            tuple(match.start() for match in found),
            max(set(ends), key=ends.count) if ends else "\n",
        )


def places(text: str, blocks: Callable[[list[str]], Blocks], head: Callable[[str], bool]) -> dict[int, Place]:
    """Return the place of each caption, by the line of its times.

    `head` says whether the line above the times belongs to the caption: its number, or its identifier.
    """
    lined = Lines.of(text)
    found = {}
    for at, first, last in blocks(list(lined.lines)):
        timing = TIMING.match(lined.lines[at])
        if timing is None:
            raise CannotPatchError(f"line {at + 1} is not a pair of times")
        start = lined.starts[at]
        begins = at - 1 if at and head(lined.lines[at - 1]) else at
        body = (
            (lined.starts[first], lined.starts[last - 1] + len(lined.lines[last - 1]))
            if last > first
            else (0, 0)
        )
        end = body[1] if last > first else start + len(lined.lines[at])
        found[at] = Place(
            (lined.starts[begins], end),
            (start + timing.start(1), start + timing.end(1)),
            (start + timing.start(2), start + timing.end(2)),
            body,
        )
    return found


def removed(text: str, place: Place) -> Edit:
    """Return the edit that takes a caption out, with the blank lines after it."""
    end = place.block[1]
    while end < len(text) and text[end].isspace():
        end += 1
    return Edit(place.block[0], end, "")


def sorted_by_time(text: str, places: Sequence[Place], order: Sequence[int], end: str) -> str:
    """Return the text with its captions in another order; what stands before a caption moves with it."""
    starts = [places[0].block[0], *(place.block[1] for place in places[:-1])]
    chunks = [text[a : place.block[1]].strip("\r\n") for a, place in zip(starts, places, strict=True)]
    return text[: starts[0]] + (end + end).join(chunks[at] for at in order) + text[places[-1].block[1] :]


def renumbered(text: str, blocks: Callable[[list[str]], Blocks]) -> str:
    """Return an SRT text with its numbers counted anew."""
    lined = Lines.of(text)
    edits = []
    for number, (at, _, _) in enumerate(blocks(list(lined.lines)), start=1):
        line = lined.lines[at - 1] if at else ""
        if line.strip().isdigit():
            edits.append(Edit(lined.starts[at - 1], lined.starts[at - 1] + len(line), str(number)))
    return edited(text, edits)


def markup_of(line_break: str, entities: bool) -> Markup:
    """Return the markup of SRT, or of WebVTT, which has `entities` for some characters."""

    def tokens(body: str) -> list[Token]:
        made = []
        for found in _PIECE.finditer(body):
            text = found[0]
            if found["ruby"]:
                # Its characters stay together, with what says how they are read.
                seen = plain(text)
                made.append(Token(Piece.WORD, text, size_of(html.unescape(seen) if entities else seen)))
            elif found["tag"]:
                kind = Piece.MARK
                if text.startswith("</"):
                    kind = Piece.CLOSING
                elif not text[1].isdigit() and not text.endswith("/>") and text.lower() != "<br>":
                    kind = Piece.OPENING
                made.append(Token(kind, text))
            elif found["override"] and entities:
                made += [Token(Piece.WORD, letter, size_of(letter)) for letter in text]
            elif found["override"]:
                made.append(Token(Piece.STANDING, text))
            elif found["break"]:
                made.append(Token(Piece.BREAK, text))
            elif found["blank"]:
                made.append(Token(Piece.BLANK, text))
            elif found["entity"] and entities:
                size = size_of(html.unescape(text))
                made.append(Token(Piece.WORD if size else Piece.BLANK, text, size))
            elif found["entity"]:
                made += [Token(Piece.WORD, letter, 1) for letter in text]
            else:
                made.append(Token(Piece.WORD, text, 1))
        return made

    return Markup(tokens, line_break, _closing)


def _closing(tag: str) -> str:
    name = re.match(r"<([a-zA-Z]+)", tag)
    if name is None:
        raise CannotPatchError(f"{tag} would have to be closed")
    return f"</{name[1]}>"
