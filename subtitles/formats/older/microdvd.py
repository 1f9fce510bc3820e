"""MicroDVD (.sub): a caption a row, {frame in}{frame out}text, with | between its lines.

The first row may state the frame rate: {1}{1}25.000. {y:i} makes a line italic, {Y:i} all of them; colours, fonts,
sizes and places are left out. A caption without an out-time stays until the next one.
"""

from __future__ import annotations

import re
from fractions import Fraction

from asdelivered.media.timecode import TimecodeError, named_rate
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older.rows import cue_of, rate_needed, skipped, span_of
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue

_ROW = re.compile(r"\s*\{ *(\d{1,9}) *\} *\{ *(\d{0,9}) *\}(.*)")
_DEFAULTS = re.compile(r"\{DEFAULT\}", re.IGNORECASE)
_CODE = re.compile(r"\{([yfscpoh]):([^{}]*)\}", re.IGNORECASE)


def recognises(data: bytes) -> bool:
    """Whether it begins with two frames, or with what holds for all captions."""
    begin = opening(data).decode("latin-1")
    return _ROW.match(begin) is not None or _DEFAULTS.match(begin) is not None


def read(data: bytes, frame_rate: Fraction | None) -> Captions:
    """Read such a file at a frame rate, or else at the one that it states. Raises SubtitleError: there is neither."""
    text, notes = decoded(data)
    rows = text.split("\n")
    rate = rate_needed(frame_rate or next(filter(None, map(_stated_rate, rows[:1])), None))
    cues: list[Cue] = []
    open_ones = []
    for number, row in enumerate(rows, start=1):
        found = _ROW.match(row)
        if found is None:
            if row.strip() and not _DEFAULTS.match(row.strip()):
                notes.append(skipped(row, number))
        elif number > 1 or _stated_rate(row) is None:
            start = _milliseconds(found[1], rate)
            if not found[2]:
                open_ones.append(len(cues))
            end = _milliseconds(found[2], rate) if found[2] else start
            cues.append(cue_of(span_of(start, end, number, notes), _marked(found[3])))
    if not cues:
        raise SubtitleError("no captions in it: expected rows like {25}{50}text")
    ended, given = with_ends(cues, open_ones)
    return Captions(ended, frame_rate=rate, notes=(*notes, *given))


def _stated_rate(row: str) -> Fraction | None:
    """Return the frame rate that a row states instead of a caption; None where it states none."""
    found = _ROW.match(row)
    if found is None or not {found[1], found[2]} <= {"0", "1"}:
        return None
    try:
        return named_rate(found[3].strip())
    except TimecodeError:
        return None


def _milliseconds(frame: str, rate: Fraction) -> int:
    return round(int(frame) * 1000 / rate)


def _marked(text: str) -> list[str]:
    """Return the lines of a caption with <i>, <b> and <u> in place of its codes."""
    codes = [(found[1], found[2].lower()) for found in _CODE.finditer(text)]
    whole = "".join(letters for code, letters in codes if code == "Y")
    lines = []
    for line in text.split("|"):
        own = "".join(found[2].lower() for found in _CODE.finditer(line) if found[1] == "y")
        words = _CODE.sub("", line).strip()
        for mark in "ibu":
            words = f"<{mark}>{words}</{mark}>" if words and mark in whole + own else words
        lines.append(words)
    return lines
