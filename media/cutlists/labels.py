"""Labels for Audacity (.txt): start, end and label, separated by tabs (Audacity Manual, "Label Tracks")."""

from __future__ import annotations

from asdelivered.media.edit import CutList


def to_labels(cuts: CutList) -> bytes:
    """Return a region label for each clip, seconds with six decimals."""
    rows = (f"{float(clip.start):.6f}\t{float(clip.end):.6f}\t{clip.name}\n" for clip in cuts.clips)
    return "".join(rows).encode()
