"""Markers for Adobe Audition (.audition.csv): "Markers panel > Import Markers"; its own export has the same columns.

A table divided by tabs; times are decimal, from the recording's start.
"""

from __future__ import annotations

from fractions import Fraction

from asdelivered.media.edit import CutList

COLUMNS = ("Name", "Start", "Duration", "Time Format", "Type", "Description")


def to_audition(cuts: CutList) -> bytes:
    """Return a cue for each clip, in order of time, as long as the clip; UTF-8 with the mark at its start."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for clip in sorted(cuts.clips, key=lambda clip: clip.start):
        times = (decimal_clock(clip.start), decimal_clock(clip.duration))
        rows.append((clip.name, *times, "decimal", "Cue", clip.text))
    return "".join("\t".join(row) + "\r\n" for row in rows).encode("utf-8-sig")


def decimal_clock(seconds: Fraction) -> str:
    """Return a time as minutes, seconds and milliseconds: "1:13.500"; with hours where there are any."""
    milliseconds = round(seconds * 1000)
    hours, minutes = milliseconds // 3_600_000, milliseconds // 60_000 % 60
    rest = f"{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
    return f"{hours}:{minutes:02}:{rest}" if hours else f"{minutes}:{rest}"
