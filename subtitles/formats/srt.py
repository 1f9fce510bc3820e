"""SubRip (.srt).

The format has no standard and no escapes: text goes out as it is, and what a player makes of "<i>" in it is
the player's. UTF-8 without a mark and LF, as ffmpeg and YouTube write it: every tool reads that.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pysrt

from asdelivered.subtitles.cues import Cue


def to_srt(cues: Sequence[Cue]) -> bytes:
    """Return the cues as an SRT file. Speakers are left out: the format has no place for them."""
    items = [
        pysrt.SubRipItem(number, start=cue.span.start, end=cue.span.end, text="\n".join(cue.lines))
        for number, cue in enumerate(cues, start=1)
    ]
    file = io.StringIO()
    pysrt.SubRipFile(items).write_into(file, eol="\n")
    return file.getvalue().encode()
