"""Cues as the rows of a document, whatever format they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from asdelivered.transcripts.document import Document, Mark, Row, Style

CIRCLES = "○◯〇●◎"
_LABEL = re.compile(rf"\s*(?:[{CIRCLES}][^\s。、]{{1,60}}\s|[^:：\n]{{1,80}}[:：]\s*)(?=\S)")
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


def without_own_labels(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with the label that one begins with marked as unspoken where its speaker is known by it.

    Tables and interfaces that name the speaker may have the printed label in the text as well: "Ann Hill: Thank you.",
    "○議長（山田太郎君）　これより".
    """
    return tuple(_without_own_label(row) for row in rows)


def _without_own_label(row: Row) -> Row:
    speaker = "".join((row.speaker or "").split())
    label = _LABEL.match(row.text) if speaker else None
    name = "".join(label[0].split()) if label else ""
    # A record may print the family name alone, after its circle: "○森委員長" for 森太郎.
    if label is None or not (speaker in name or (name[0] in CIRCLES and name[1] == speaker[0])):
        return row
    return replace(row, marks=(*row.marks, Mark(label.start(), label.end(), Style.UNSPOKEN)))


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
