"""Regions for Reaper (.reaper.csv): "Region/Marker Manager > Import regions/markers".

Times are minutes and seconds from the recording's start, which is to lie at the start of the project; the ruler of the
project must show minutes and seconds.
"""

from __future__ import annotations

from asdelivered.media.cutlists.csv_table import harmless, table
from asdelivered.media.cutlists.markers.audition import decimal_clock
from asdelivered.media.edit import CutList

COLUMNS = ("#", "Name", "Start", "End", "Length")


def to_reaper(cuts: CutList) -> bytes:
    """Return a region for each clip, in order of time, in UTF-8."""
    clips = sorted(cuts.clips, key=lambda clip: clip.start)
    rows = (
        (
            f"R{number}",
            harmless(clip.name),
            *(decimal_clock(at) for at in (clip.start, clip.end, clip.duration)),
        )
        for number, clip in enumerate(clips, start=1)
    )
    return table([COLUMNS, *rows])
