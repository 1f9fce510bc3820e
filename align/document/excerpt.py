"""An excerpt: a part of an alignment as an alignment of its own, with a clock that begins with the part."""

from __future__ import annotations

from dataclasses import replace

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.base.span import TimeSpan


def excerpt(alignment: Alignment, span: TimeSpan) -> Alignment:
    """Return what is said during `span`, with times that count from its start.

    It holds every word whose middle lies in the span, and words without a time, such as dashes, between two of them.
    A line of which something is left keeps its id; other lines are dropped.
    """
    lines = [_line(line, span) for line in alignment.lines if line.span and line.span.overlap(span)]
    return replace(
        alignment,
        recording=replace(alignment.recording, duration=span.duration),
        lines=tuple(line for line in lines if line is not None),
        untranscribed=tuple(_moved(one, span) for one in alignment.untranscribed if one.overlap(span)),
        drafts=tuple(
            replace(draft, span=_moved(draft.span, span))
            for draft in alignment.drafts
            if draft.span.overlap(span)
        ),
        sounds=tuple(
            replace(sound, span=_moved(sound.span, span))
            for sound in alignment.sounds
            if sound.span.overlap(span)
        ),
    )


def _line(line: AlignedLine, span: TimeSpan) -> AlignedLine | None:
    inside = [
        place
        for place, word in enumerate(line.words)
        if word.span is not None and span.start <= (word.span.start + word.span.end) / 2 < span.end
    ]
    if not inside:
        return None
    words = tuple(
        replace(word, span=_moved(word.span, span) if word.span else None)
        for word in line.words[inside[0] : inside[-1] + 1]
    )
    spans = [word.span for word in words if word.span is not None]
    return replace(
        line,
        text=" ".join(word.text for word in words),
        span=TimeSpan(min(one.start for one in spans), max(one.end for one in spans)),
        words=words,
    )


def _moved(span: TimeSpan, within: TimeSpan) -> TimeSpan:
    """Return the part of a span that lies within another, counted from the start of that one."""
    start = max(span.start, within.start) - within.start
    return TimeSpan(start, max(start, min(span.end, within.end) - within.start))
