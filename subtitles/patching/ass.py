"""SubStation Alpha: a caption is a line of fields between commas, the text last."""

from __future__ import annotations

import re

from asdelivered.subtitles.patching.lined import Lines
from asdelivered.subtitles.patching.place import CannotPatchError, Place
from asdelivered.subtitles.patching.words import Markup, Piece, Token, size_of
from asdelivered.transcripts.captions.ass import JOINER

_EVENT = re.compile(r"\s*(?:Dialogue|Comment):")
_FIELDS = 10
_PIECE = re.compile(
    rf"(?P<escape>\\[{{}}]|\\{JOINER})|(?P<override>\{{[^{{}}]*\}})|(?P<break>\\[nN])|(?P<blank>\\h|\s+)|(?P<word>.)",
    re.DOTALL,
)
_TIED = re.compile(r"\\(?:move|fade?|t)\s*\(|\\[kK][fot]?\s*\d")


def places(text: str) -> dict[int, Place]:
    """Return the place of each event, by its number; the body is the last field."""
    lined = Lines.of(text)
    found = {}
    events = [at for at, line in enumerate(lined.lines) if _EVENT.match(line)]
    for number, at in enumerate(events):
        line, start = lined.lines[at], lined.starts[at]
        commas = [found.start() for found in re.finditer(",", line)][: _FIELDS - 1]
        if len(commas) < _FIELDS - 1:
            raise CannotPatchError(f"line {at + 1} has too few fields")
        found[number] = Place(
            (start, start + len(line)),
            (start + commas[0] + 1, start + commas[1]),
            (start + commas[1] + 1, start + commas[2]),
            (start + commas[-1] + 1, start + len(line)),
        )
    return found


def _tokens(body: str) -> list[Token]:
    made = []
    for found in _PIECE.finditer(body):
        text = found[0]
        if found["override"]:
            made.append(Token(Piece.STANDING, text))
        elif found["break"]:
            made.append(Token(Piece.BREAK, text))
        elif found["blank"]:
            made.append(Token(Piece.BLANK, text))
        else:
            made.append(Token(Piece.WORD, text, 1 if found["escape"] else size_of(text)))
    return made


MARKUP = Markup(_tokens, r"\N", tied=_TIED)
