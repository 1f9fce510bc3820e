"""LRC (.lrc): lines of text with the time at which each begins, to the hundredth of a second, for players of sound.

The lines of a cue have the same time. Where silence follows, an empty line marks it.
"""

from __future__ import annotations

import re

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.model import Captions, Cue

_TIME = re.compile(r"\[(\d+):(\d{1,2})(?:[.:](\d{1,3}))?\]")


def write(captions: Captions) -> bytes:
    """Return the captions as an LRC file."""
    lines = [f"[ti:{' '.join(captions.title.split())}]"] if captions.title else []
    for number, cue in enumerate(captions.cues):
        lines += [f"{_time(cue.span.start)}{line}" for line in cue.shown]
        following = captions.cues[number + 1].span.start if number + 1 < len(captions.cues) else None
        if following is None or _hundredths(following) > _hundredths(cue.span.end):
            lines.append(_time(cue.span.end))
    return ("\n".join(lines) + "\n").encode()


def _hundredths(milliseconds: int) -> int:
    return (milliseconds + 5) // 10


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(_hundredths(milliseconds), 100)
    return f"[{seconds // 60:02}:{seconds % 60:02}.{rest:02}]"


def read(data: bytes) -> Captions:
    """Read an LRC file; a line ends where the next one begins. Raises SubtitleError: no line of it has a time."""
    text, notes = decoded(data)
    title = re.search(r"^\[ti:(.*)\]", text, re.MULTILINE)
    moments: dict[int, list[str]] = {}
    for line in text.split("\n"):
        times = []
        rest = line.strip()
        while (found := _TIME.match(rest)) is not None:
            times.append((int(found[1]) * 60 + int(found[2])) * 1000 + int(f"{found[3] or ''}000"[:3]))
            rest = rest[found.end() :]
        for time in times:
            moments.setdefault(time, []).append(re.sub(r"<\d+:\d+[.:]\d+>", "", rest).strip())
    if not moments:
        raise SubtitleError("not an LRC file: no line begins with a time like [01:23.45]")
    times = sorted(moments)
    cues = []
    for number, time in enumerate(times):
        lines = tuple(line for line in moments[time] if line)
        end = times[number + 1] if number + 1 < len(times) else time + 5000
        if lines:
            cues.append(Cue(TimeSpan(time, end), None, lines))
    return Captions(tuple(cues), title=title[1].strip() if title else "", notes=tuple(notes))
