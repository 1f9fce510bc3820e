"""The order of clips: by time where the user asks for it, and those that overlap merged into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.excerpt import excerpt
from asdelivered.clips.plan import QuotedClip, clip_span
from asdelivered.media.text import one_line


def in_time(clips: Iterable[QuotedClip]) -> tuple[QuotedClip, ...]:
    """Return clips in the order in which they were said."""
    return tuple(sorted(clips, key=lambda one: (one.clip.start, one.clip.end)))


def merged(clips: Sequence[QuotedClip], alignment: Alignment) -> tuple[QuotedClip, ...]:
    """Join clips that overlap or touch; each joined clip takes the place of the first of its parts."""
    groups: list[list[int]] = []
    end = None
    for number in sorted(range(len(clips)), key=lambda at: clips[at].clip.start):
        clip = clips[number].clip
        if end is not None and clip.start <= end:
            groups[-1].append(number)
            end = max(end, clip.end)
        else:
            groups.append([number])
            end = clip.end
    return tuple(_joined([clips[number] for number in group], alignment) for group in sorted(groups, key=min))


def _joined(clips: Sequence[QuotedClip], alignment: Alignment) -> QuotedClip:
    """Return one clip for several that overlap, which are in order of time."""
    if len(clips) == 1:
        return clips[0]
    parts = [one.clip for one in clips]
    whole = replace(parts[0], end=max(part.end for part in parts))
    lines = excerpt(alignment, clip_span(whole)).lines
    speakers = dict.fromkeys(part.speaker for part in parts if part.speaker)
    joined = replace(
        whole,
        speaker=", ".join(speakers) or None,
        text=one_line(" ".join(line.text for line in lines)),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
    )
    return replace(clips[0], clip=joined)
