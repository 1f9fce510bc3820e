"""SubViewer (.sbv, .sub): a line with two times between a comma, then the text, then a blank line.

Written as YouTube has it; what SubViewer itself puts before the captions ([INFORMATION], [TITLE]...) may be there.
"""

from __future__ import annotations

import re

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.transcripts.captions.times import clock_time, parse_time

_TIMES = re.compile(r"^(\d+:\d\d:\d\d\.\d{1,3}),(\d+:\d\d:\d\d\.\d{1,3})[ \t]*$", re.MULTILINE)


def write(captions: Captions) -> bytes:
    """Return the captions as an SBV file."""
    blocks = [
        "\n".join([f"{_time(cue.span.start)},{_time(cue.span.end)}", *cue.shown]) for cue in captions.cues
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _time(milliseconds: int) -> str:
    return clock_time(milliseconds).removeprefix("0")


def recognises(data: bytes) -> bool:
    """Whether it begins with a line of two times, or as SubViewer's own files do."""
    begin = opening(data).decode("latin-1").replace("\r", "\n")
    return _TIMES.match(begin) is not None or begin.upper().startswith("[INFORMATION]")


def read(data: bytes) -> Captions:
    """Read an SBV file. Raises SubtitleError: no line of it has two times."""
    text, notes = decoded(data)
    before, *found = _TIMES.split(text)
    head = [line.strip() for line in before.split("\n") if line.strip()]
    if not found or not all(line.startswith("[") for line in head):
        raise SubtitleError("not an SBV file: it does not begin with two times like 0:00:01.000,0:00:02.500")
    cues = []
    for start, end, body in zip(found[::3], found[1::3], found[2::3], strict=True):
        begin = parse_time(start) or 0
        lines = tuple(line.strip() for line in body.replace("[br]", "\n").split("\n") if line.strip())
        cues.append(Cue(TimeSpan(begin, max(begin, parse_time(end) or 0)), None, lines))
    title = next((line[len("[TITLE]") :].strip() for line in head if line.upper().startswith("[TITLE]")), "")
    return Captions(tuple(cues), title=title, notes=tuple(notes))
