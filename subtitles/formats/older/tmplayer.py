"""TMPlayer (.tmp, .txt): a caption a row, 0:00:01:text, with | between its lines; or a line a row, 0:00:01,1=text.

Times are whole seconds, and only those at which captions come in: a row without text ends the one before it.
"""

from __future__ import annotations

import re
from fractions import Fraction

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older.rows import cue_of, skipped
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions

_ROW = re.compile(r"\s*(\d{1,2}):(\d\d):(\d\d)(?:,(\d))?[:=](?!\d{2,3}\s*(?:,|-+>))(.*)")


def recognises(data: bytes) -> bool:
    """Whether it begins with a time, a colon or equals sign, and a text."""
    return _ROW.match(opening(data).decode("latin-1")) is not None


def read(data: bytes, frame_rate: Fraction | None = None) -> Captions:
    """Read such a file, whose times need no frame rate. Raises SubtitleError: it has no captions."""
    text, notes = decoded(data)
    moments: list[tuple[int, list[str]]] = []
    for number, row in enumerate(text.split("\n"), start=1):
        found = _ROW.match(row)
        if found is None:
            notes += [skipped(row, number)] if row.strip() else []
            continue
        start = ((int(found[1]) * 60 + int(found[2])) * 60 + int(found[3])) * 1000
        lines = found[5].split("|")
        if (found[4] or "1") > "1" and moments and moments[-1][0] == start:
            moments[-1][1].extend(lines)
        else:
            moments.append((start, lines))
    shown = [cue_of(TimeSpan(start, start), lines) for start, lines in moments]
    if not any(cue.lines for cue in shown):
        raise SubtitleError("no captions in it: expected rows like 0:00:01:text")
    ended, _ = with_ends(shown, range(len(shown)))
    notes.append(
        "the format states no ends: each caption stays until the next row, the last one until it can have been read"
    )
    return Captions(tuple(cue for cue in ended if cue.lines), notes=tuple(notes))
