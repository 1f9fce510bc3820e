"""Segments for LosslessCut (.losslesscut.csv): start, end and label, without a heading ("Import project", CSV)."""

from __future__ import annotations

from asdelivered.media.cutlists.csv_table import harmless, table
from asdelivered.media.edit import CutList


def to_losslesscut(cuts: CutList) -> bytes:
    """Return a row for each clip, seconds with six decimals."""
    return table(
        (f"{float(clip.start):.6f}", f"{float(clip.end):.6f}", harmless(clip.name)) for clip in cuts.clips
    )
