"""Spruce STL (.stl), of DVD Studio Pro: a caption a row, with commas between in-time, out-time and text.

Times are timecode, 00:00:01:12, of a frame rate that the file does not state; with ; before the frames it is
drop-frame. | parts lines; ^I, ^B and ^U switch italics, bold and underlining, and so do rows such as $Italic = TRUE for
all captions below them. Fonts, colours and places are left out.
"""

from __future__ import annotations

import re
from fractions import Fraction

from asdelivered.media.timecode import FrameRate, TimecodeError, from_label, is_drop_label
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older.rows import cue_of, rate_needed, skipped, span_of
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions

_TIME = r"(\d\d:\d\d:\d\d[:;.]\d\d)"
_ROW = re.compile(rf"\s*{_TIME}\s*,\s*{_TIME}\s*,(.*)")
_SETTING = re.compile(r"\s*\$(\w+)\s*=\s*(\w*)")
_SWITCH = re.compile(r"\^([IBU])", re.IGNORECASE)
_MARKS = {"italic": "i", "bold": "b", "underlined": "u"}


def recognises(data: bytes) -> bool:
    """Whether it begins with a setting, or with two timecodes between commas."""
    begin = opening(data).decode("latin-1")
    rows = [row for row in begin.splitlines() if row.strip() and not row.lstrip().startswith("//")]
    return any(_ROW.match(row) for row in rows) or bool(rows and _SETTING.match(rows[0]))


def read(data: bytes, frame_rate: Fraction | None) -> Captions:
    """Read such a file at a frame rate. Raises SubtitleError: none is given, or a row has no such timecode."""
    text, notes = decoded(data)
    rate = rate_needed(frame_rate)
    marks: set[str] = set()
    cues = []
    for number, row in enumerate(text.split("\n"), start=1):
        if (setting := _SETTING.match(row)) is not None:
            mark = {_MARKS.get(setting[1].lower(), "")} - {""}
            marks = marks | mark if setting[2].lower() == "true" else marks - mark
        elif (found := _ROW.match(row)) is not None:
            start, end = (_milliseconds(label, rate, number) for label in found.groups()[:2])
            cues.append(cue_of(span_of(start, end, number, notes), _marked(found[3], marks)))
        elif row.strip() and not row.lstrip().startswith("//"):
            notes.append(skipped(row, number))
    if not cues:
        raise SubtitleError("no captions in it: expected rows like 00:00:01:00 , 00:00:02:12 , text")
    return Captions(tuple(cues), frame_rate=rate, notes=tuple(notes))


def _milliseconds(label: str, fps: Fraction, number: int) -> int:
    try:
        rate = FrameRate(fps, is_drop_label(label))
        return round(from_label(label, rate) * 1000 / fps)
    except TimecodeError as error:
        raise SubtitleError(f"line {number}: {error}") from error


def _marked(text: str, marks: set[str]) -> list[str]:
    """Return the lines of a caption with <i>, <b> and <u> in place of its switches; `marks` are on at its start."""
    lit = set(marks)
    lines = []
    for line in text.split("|"):
        made = "".join(f"<{mark}>" for mark in "ibu" if mark in lit)
        for at, part in enumerate(_SWITCH.split(line.strip())):
            if at % 2 == 0:
                made += part
                continue
            mark = part.lower()
            made += f"</{mark}>" if mark in lit else f"<{mark}>"
            lit ^= {mark}
        lines.append(made + "".join(f"</{mark}>" for mark in "ubi" if mark in lit))
    return lines
