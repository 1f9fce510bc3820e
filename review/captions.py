"""Captions as they would air, for the part of an event that is being watched; all of ten hours would take seconds."""

from __future__ import annotations

from dataclasses import replace

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cues import Labels, cues
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Speakers, Style

PART = 800
"""Words of a part."""
MARGIN = 120
"""Words before and after a part that are captioned with it, since the words next to a caption can move it."""


def captions_at(alignment: Alignment, style: Style, moment: int) -> tuple[TimeSpan, tuple[Cue, ...]]:
    """Return the captions around a moment (ms), and the span whose captions are complete."""
    lines = sorted((line for line in alignment.lines if line.span), key=_start)
    parts = _parts(lines)
    starts = [_start(lines[first]) for first, _ in parts]
    number = max((at for at, start in enumerate(starts) if start <= moment), default=0)
    if not parts:
        return TimeSpan(0, alignment.recording.duration), ()
    first, last = parts[number]
    since = 0 if number == 0 else _start(lines[first])
    until = alignment.recording.duration if last == len(lines) else _start(lines[last])
    near = lines[_before(lines, first) : _behind(lines, last)]
    labels = Labels.NONE if style.speakers is Speakers.NONE else Labels.ALL
    made = cues(replace(alignment, lines=tuple(near)), style, labels=labels)
    shown = tuple(
        cue for cue in made if since <= cue.span.start < until or cue.span.start < since < cue.span.end
    )
    return TimeSpan(since, max(since, until)), shown


def _start(line: AlignedLine) -> int:
    return line.span.start if line.span else 0


def _parts(lines: list[AlignedLine]) -> list[tuple[int, int]]:
    """Divide the lines into parts, [first, last), where the speaker changes, or anywhere in a very long turn."""
    parts: list[tuple[int, int]] = []
    first = words = 0
    for at, line in enumerate(lines):
        changes = at > 0 and line.speaker != lines[at - 1].speaker
        if (words >= PART and changes) or words >= 2 * PART:
            parts.append((first, at))
            first, words = at, 0
        words += len(line.words)
    return [*parts, (first, len(lines))] if lines else []


def _before(lines: list[AlignedLine], first: int) -> int:
    words = 0
    while first > 0 and words < MARGIN:
        first -= 1
        words += len(lines[first].words)
    return first


def _behind(lines: list[AlignedLine], last: int) -> int:
    words = 0
    while last < len(lines) and words < MARGIN:
        words += len(lines[last].words)
        last += 1
    return last
