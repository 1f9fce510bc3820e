"""Cues as the rows of a document, whatever format they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from asdelivered.transcripts.document import Document, Row

_DASH = re.compile(r"\s*(?:[-–—]|>>)\s*(?=\S)")


@dataclass(frozen=True)
class CueText:
    """The text of a cue, line by line, and who says it if the format has that."""

    lines: tuple[str, ...]
    speaker: str | None = None


def cue_document(cues: Sequence[CueText], language: str | None = None, title: str | None = None) -> Document:
    """Make each cue a row, its lines joined with a blank.

    A cue in which two people speak, each after a dash, is a row for each. Of captions that roll up, as live
    ones do, the lines that a cue repeats from the one before are left out.
    """
    rows: list[Row] = []
    before: tuple[str, ...] = ()
    named = any(cue.speaker for cue in cues)
    for cue in cues:
        lines = tuple(line for text in cue.lines if (line := " ".join(text.split())))
        fresh = lines[_repeated(before, lines) :]
        before = lines
        parts = fresh if _is_dialogue(fresh) else (" ".join(fresh),)
        rows += [Row(part + "\n", speaker=cue.speaker) for part in parts if part]
    return Document(tuple(rows), title=title, language=language, speakers_named=named, cues=True)


def _is_dialogue(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and sum(bool(_DASH.match(line)) for line in lines) > 1


def _repeated(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first lines are the last ones of the cue before; 0 where both cues are the same."""
    if tuple(before) == tuple(lines):
        return 0
    for count in range(min(len(before), len(lines)), 0, -1):
        if tuple(before[-count:]) == tuple(lines[:count]):
            return count
    return 0
