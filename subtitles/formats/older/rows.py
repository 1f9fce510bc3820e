"""What the older formats share: a caption a row, with | between its lines, and times that may make no sense."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Cue
from asdelivered.transcripts.captions.markup import has_marks, kept, plain


def cue_of(span: TimeSpan, lines: Sequence[str], speaker: str | None = None) -> Cue:
    """Return a caption of lines that may have <i>, <b> and <u>; other tags and empty lines are left out."""
    shown = [line.strip() for line in lines if plain(line).strip()]
    marked = tuple(kept(line) for line in shown)
    return Cue(
        span,
        speaker,
        tuple(plain(line).strip() for line in shown),
        marked=marked if any(map(has_marks, marked)) else (),
    )


def span_of(start: int, end: int, number: int, notes: list[str]) -> TimeSpan:
    """Return the span of the row `number`; one that ends before it begins ends there, and a note is added."""
    if end < start:
        notes.append(f"line {number}: it ends before it begins; taken to end where it begins")
    return TimeSpan(start, max(start, end))


def skipped(row: str, number: int) -> str:
    """Return the note on a row that is no caption."""
    return f"line {number}: {row.strip()[:60]!r} is no caption of this format; left out"


def rate_needed(said: Fraction | None) -> Fraction:
    """Return the frame rate that was said. Raises SubtitleError: none was."""
    if said is None:
        raise SubtitleError(
            "it counts frames and does not state their rate: say that of its video, such as --frame-rate 25"
        )
    return said
