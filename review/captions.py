"""Captions as they would air, for the part of an event that is being watched; all of ten hours would take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.cueing.utterances import in_order
from asdelivered.subtitles.cues import PLAYER, Labels, cues
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.fitting import fit_edits, numbered, placed_at
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Speakers, Style

PART = 800
"""Words of a part."""
MARGIN = 120
"""Words before and after a part that are captioned with it, since the words next to a caption can move it."""


@dataclass(frozen=True)
class CaptionsPart:
    """The cues around a moment, all of those within `span`, and for each what it breaks of the style.

    The words of the cues are numbered among those of the whole alignment.
    """

    span: TimeSpan
    cues: tuple[Cue, ...] = ()
    problems: tuple[tuple[Violation, ...], ...] = ()


def captions_at(
    alignment: Alignment, style: Style, moment: int, edits: Sequence[CueEdit] = ()
) -> CaptionsPart:
    """Return the captions around a moment (ms), with the edits that a person made in this style."""
    lines = tuple(in_order(alignment.lines))
    style = style.in_language(alignment.transcript.language)
    parts = _parts(lines)
    if not parts:
        return CaptionsPart(TimeSpan(0, alignment.recording.duration))
    starts = [_start(lines[first:last]) for first, last in parts]
    number = max((at for at, start in enumerate(starts) if start <= moment), default=0)
    first, last = parts[number]
    since = 0 if number == 0 else starts[number]
    until = alignment.recording.duration if number + 1 == len(parts) else starts[number + 1]
    begin, end = _before(lines, first), _behind(lines, last)
    labels = Labels.NONE if style.speakers is Speakers.NONE else Labels.ALL
    words = numbered(lines)
    placed = [
        placed_at(one, words)
        for one in fit_edits(edits, words).fitted
        if words.starts[begin] <= one.first and one.last <= words.starts[end]
    ]
    made = cues(replace(alignment, lines=lines[begin:end]), style, PLAYER, labels, placed)
    spoken = [cue.speech for cue in made]
    broken: dict[int, list[Violation]] = {}
    for found in check(made, style, PLAYER, spoken, alignment.transcript.language, verbatim=True):
        broken.setdefault(found.cue - 1, []).append(found)
    offset = words.starts[begin]
    shown = [
        at
        for at, cue in enumerate(made)
        if since <= cue.span.start < until or cue.span.start < since < cue.span.end
    ]
    return CaptionsPart(
        TimeSpan(since, max(since, until)),
        tuple(_renumbered(made[at], offset) for at in shown),
        tuple(tuple(broken.get(at, ())) for at in shown),
    )


def _renumbered(cue: Cue, offset: int) -> Cue:
    return replace(cue, words=tuple((first + offset, last + offset) for first, last in cue.words))


def _start(lines: Sequence[AlignedLine]) -> int:
    return next((line.span.start for line in lines if line.span), 0)


def _parts(lines: Sequence[AlignedLine]) -> list[tuple[int, int]]:
    """Divide the lines into parts, [first, last), where the speaker changes, or anywhere in a very long turn.

    Each part begins with a line that has a time.
    """
    parts: list[tuple[int, int]] = []
    words = 0
    speaker: str | None = None
    for at, line in enumerate(lines):
        if line.span is None:
            continue
        changes = bool(parts) and line.speaker != speaker
        if not parts or (words >= PART and changes) or words >= 2 * PART:
            parts.append((at, len(lines)))
            if len(parts) > 1:
                parts[-2] = (parts[-2][0], at)
            words = 0
        words += len(line.words)
        speaker = line.speaker
    return parts


def _before(lines: Sequence[AlignedLine], first: int) -> int:
    words = 0
    while first > 0 and words < MARGIN:
        first -= 1
        words += len(lines[first].words)
    return first


def _behind(lines: Sequence[AlignedLine], last: int) -> int:
    words = 0
    while last < len(lines) and words < MARGIN:
        words += len(lines[last].words)
        last += 1
    return last
