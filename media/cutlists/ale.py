"""Avid Log Exchange (.ale): the clips as a bin of Avid Media Composer, with the recording's own timecode.

After Avid, "Avid Log Exchange (ALE) Format": a heading, the columns, and a line for each clip, divided by tabs.
"""

from __future__ import annotations

from asdelivered.media.cutlists.edl import reel
from asdelivered.media.edit import CutList, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.timecode import to_label

COLUMNS = (
    "Name",
    "Tracks",
    "Start",
    "End",
    "FPS",
    "Tape",
    "Source File",
    "Source Path",
    "Speaker",
    "Comments",
)
HEIGHTS = {480: "NTSC", 486: "NTSC", 576: "PAL", 720: "720", 1080: "1080"}
"""What Avid calls the pictures of these heights; any other is custom."""
MOST_TRACKS = 8


def to_ale(cuts: CutList) -> bytes:
    """Return a line for each clip, in the order of the edit, in UTF-8; subclips of one tape, which is the recording."""
    source = cuts.source
    lines = ["Heading", "FIELD_DELIM\tTABS"]
    if source.size:
        lines.append(f"VIDEO_FORMAT\t{HEIGHTS.get(min(source.size), 'CUSTOM')}")
    lines += [f"AUDIO_FORMAT\t{source.sample_rate // 1000}khz", f"FPS\t{_fps(source)}", ""]
    lines += ["Column", "\t".join(COLUMNS), "", "Data"]
    for event in events(cuts):
        clip = event.clip
        times = (to_label(source.first + frame, source.rate) for frame in (event.source_in, event.source_out))
        comment = "; ".join(filter(None, (clip.text, *clip.notes)))
        tape = reel(source.path.stem)
        file = (source.path.name, str(source.path))
        lines.append(
            "\t".join(
                (clip.name, _tracks(source), *times, _fps(source), tape, *file, clip.speaker or "", comment)
            )
        )
    return "".join(f"{line}\n" for line in lines).encode()


def _tracks(source: EditSource) -> str:
    sound = "".join(f"A{number}" for number in range(1, min(source.channels, MOST_TRACKS) + 1))
    return f"V{sound}" if source.size else sound


def _fps(source: EditSource) -> str:
    return f"{float(source.rate.fps):.3f}".rstrip("0").rstrip(".")
