"""Markers for DaVinci Resolve (.resolve.edl): "Import > Timeline Markers from EDL".

The timeline must have the recording from its first frame on, and start at the recording's own timecode.
"""

from __future__ import annotations

from asdelivered.media.cutlists.edl import WIDTH, frame_count_mode
from asdelivered.media.edit import CutList, events
from asdelivered.media.text import ascii_line
from asdelivered.media.timecode import to_label

COLOUR = "ResolveColorBlue"


def to_resolve_markers(cuts: CutList) -> bytes:
    """Return a marker for each clip, in order of time; a marker is as long as its clip."""
    source = cuts.source
    lines = [f"TITLE: {ascii_line(cuts.title, WIDTH)}", frame_count_mode(source.rate), ""]
    for number, event in enumerate(sorted(events(cuts), key=lambda event: event.source_in), start=1):
        at = to_label(source.first + event.source_in, source.rate)
        after = to_label(source.first + event.source_in + 1, source.rate)
        name = event.clip.name.replace("|", "/")
        lines += [
            f"{number:03}  001      V     C        {at} {after} {at} {after}",
            f" |C:{COLOUR} |M:{name} |D:{event.source_out - event.source_in}",
            "",
        ]
    return "".join(f"{line}\n" for line in lines).encode()
