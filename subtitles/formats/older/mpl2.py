r"""MPL2 (.mpl, .txt): a caption a row, [in][out]text in tenths of a second, with | between its lines.

A line that begins with / is italic, with \ bold, with _ underlined.
"""

from __future__ import annotations

import re
from fractions import Fraction

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older.rows import cue_of, skipped, span_of
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue

_ROW = re.compile(r"\s*\[(\d{1,9})\] *\[(\d{0,9})\](.*)")
_MARKS = {"/": "i", "\\": "b", "_": "u"}
_TENTH = 100
"""Milliseconds."""


def recognises(data: bytes) -> bool:
    """Whether it begins with two times in brackets."""
    return _ROW.match(opening(data).decode("latin-1")) is not None


def read(data: bytes, frame_rate: Fraction | None = None) -> Captions:
    """Read such a file, whose times need no frame rate. Raises SubtitleError: it has no captions."""
    text, notes = decoded(data)
    cues: list[Cue] = []
    open_ones = []
    for number, row in enumerate(text.split("\n"), start=1):
        found = _ROW.match(row)
        if found is None:
            notes += [skipped(row, number)] if row.strip() else []
            continue
        start = int(found[1]) * _TENTH
        if not found[2]:
            open_ones.append(len(cues))
        end = int(found[2]) * _TENTH if found[2] else start
        lines = [_marked(line.strip()) for line in found[3].split("|")]
        cues.append(cue_of(span_of(start, end, number, notes), lines))
    if not cues:
        raise SubtitleError("no captions in it: expected rows like [10][25]text")
    ended, given = with_ends(cues, open_ones)
    return Captions(ended, notes=(*notes, *given))


def _marked(line: str) -> str:
    mark = _MARKS.get(line[:1])
    words = line[1:].strip()
    return f"<{mark}>{words}</{mark}>" if mark and words else line
