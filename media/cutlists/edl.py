"""CMX3600 edit decision list (.edl), which every editing program reads.

Layout after CMX, "CMX 340X/3600 Edit Decision List Format" and Avid's "EDL Manager Guide": event, reel of at most
eight characters, channels, transition, source in and out, record in and out. Timecode has ";" before the frames
and an FCM line where it is drop-frame. The end of a span is the frame after its last.
"""

from __future__ import annotations

import re

from anyascii import anyascii

from asdelivered.media.edit import CutList, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import ascii_line
from asdelivered.media.timecode import FrameRate, from_label, to_label

RECORD_START = "01:00:00:00"
"""Where an edit begins, by convention since the days of tape."""

WIDTH = 70
"""Characters of a title; some readers take a longer one for damage."""
COMMENT = 200
"""Characters of a comment."""
NO_REEL = "AX"
"""The reel name for sources without one (auxiliary source)."""


def to_edl(cuts: CutList) -> bytes:
    """Return the clips as an EDL, in their order, with record times from 01:00:00:00 on."""
    source = cuts.source
    start = from_label(RECORD_START, source.rate)
    lines = [f"TITLE: {ascii_line(cuts.title, WIDTH)}", frame_count_mode(source.rate), ""]
    for number, event in enumerate(events(cuts), start=1):
        times = (
            to_label(source.first + event.source_in, source.rate),
            to_label(source.first + event.source_out, source.rate),
            to_label(start + event.record_in, source.rate),
            to_label(start + event.record_out, source.rate),
        )
        lines += [
            f"{number:03}  {reel(source.path.stem):<8} {_channels(source):<5} C        {' '.join(times)}",
            *_further_channels(source),
            f"* FROM CLIP NAME: {ascii_line(source.path.name, COMMENT)}",
            f"* COMMENT: {ascii_line(event.clip.name, COMMENT)}",
            *(f"* COMMENT: {ascii_line(note, COMMENT)}" for note in event.clip.notes),
        ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def frame_count_mode(rate: FrameRate) -> str:
    """Return the line that says whether timecode is drop-frame."""
    return f"FCM: {'DROP FRAME' if rate.drop else 'NON-DROP FRAME'}"


def reel(stem: str) -> str:
    """Return the reel name of a file: at most eight of A-Z, 0-9 and _."""
    return re.sub(r"[^A-Z0-9_]+", "_", anyascii(stem).upper()).strip("_")[:8].rstrip("_") or NO_REEL


def _channels(source: EditSource) -> str:
    """Return the tracks in use: B is picture and one channel of sound, AA/V picture and two channels.

    The format names the first two channels here, and the third and fourth on a line of their own.
    """
    first, second = (channel in source.heard_channels for channel in (0, 1))
    sound = {(True, True): "AA", (True, False): "A", (False, True): "A2", (False, False): ""}[first, second]
    if source.size is None:
        return sound or "NONE"
    return "B" if sound == "A" else f"{sound}/V" if sound else "V"


def _further_channels(source: EditSource) -> list[str]:
    """Return the line that names channels 3 and 4, where sound on them alone is heard, and a comment for all others."""
    heard = source.heard_channels
    if heard.start < 2:
        return []
    named = [str(channel + 1) for channel in heard if channel in (2, 3)]
    lines = [f"AUD  {'    '.join(named)}"] if named else []
    return [*lines, f"* AUDIO: CHANNELS {', '.join(str(channel + 1) for channel in heard)} OF THE FILE"]
