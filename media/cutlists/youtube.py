"""Chapters for the description of a video on YouTube (.youtube.txt; YouTube Help, "Video Chapters")."""

from __future__ import annotations

import math

from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.edit import CutList

FEWEST = 3
"""The fewest chapters that YouTube accepts; the first must be at 0:00."""
SHORTEST = 10
"""The shortest chapter that YouTube accepts, in seconds."""
OPENING = "Start"
"""The title of the time before the first clip."""


def to_youtube(cuts: CutList) -> bytes:
    """Return a line "1:05 title" for each clip, in order of time; the first line is at 0:00.

    Clips that begin within 10 s of each other share a line. Raises CutListError where fewer than three lines
    are left: YouTube would show no chapters.
    """
    chapters = [(0, [OPENING])]
    for clip in sorted(cuts.clips, key=lambda clip: clip.start):
        second = math.floor(clip.start)
        if second - chapters[-1][0] >= SHORTEST:
            chapters.append((second, [clip.name]))
        elif chapters == [(0, [OPENING])]:
            chapters = [(0, [clip.name])]
        else:
            chapters[-1][1].append(clip.name)
    if len(chapters) < FEWEST:
        raise CutListError(
            f"YouTube shows chapters only where there are {FEWEST} or more, {SHORTEST} s apart, and these clips "
            f"make {len(chapters)}: give more quotes, or leave this list out"
        )
    # A description can't have angle brackets.
    lines = (f"{_clock(second)} {' / '.join(names)}\n" for second, names in chapters)
    return "".join(lines).translate({ord("<"): "‹", ord(">"): "›"}).encode()


def _clock(second: int) -> str:
    hours, minutes, seconds = second // 3600, second // 60 % 60, second % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
