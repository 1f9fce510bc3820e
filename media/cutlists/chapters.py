"""Chapters of a recording: one at a time, since a container or a player shows the one that began last."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from asdelivered.media.edit import CutList


@dataclass(frozen=True)
class Chapter:
    """A part of a recording, from `start` up to `end`, in seconds; `title` is one line."""

    start: Fraction
    end: Fraction
    title: str


def chapters_of(cuts: CutList) -> list[Chapter]:
    """Return a chapter for each clip, in order of time. It ends where the next begins, if not before.

    Clips that begin together share a chapter, which ends with the longest of them.
    """
    chapters: list[Chapter] = []
    for clip in sorted(cuts.clips, key=lambda clip: clip.start):
        last = chapters[-1] if chapters else None
        if last is not None and last.start == clip.start:
            titles = last.title if last.title == clip.name else f"{last.title} / {clip.name}"
            chapters[-1] = Chapter(last.start, max(last.end, clip.end), titles)
            continue
        if last is not None:
            chapters[-1] = Chapter(last.start, min(last.end, clip.start), last.title)
        chapters.append(Chapter(clip.start, clip.end, clip.name))
    return chapters
