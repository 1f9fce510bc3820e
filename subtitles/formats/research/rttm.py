"""RTTM (.rttm), from the scoring of speaker diarisation: who speaks when, a turn a line.

The fields: https://catalog.ldc.upenn.edu/docs/LDC2004T12/RTTM-format-v13.pdf
"""

from __future__ import annotations

import re
from pathlib import Path

from asdelivered.align.document.alignment import turns_of
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions

PAUSE = 500
"""Milliseconds between two lines of a speaker that divide a turn in two."""


def write(captions: Captions) -> bytes:
    """Return the turns that were heard: recording, start and length in seconds, and the speaker's name.

    Blanks in names are underscores. Raises SubtitleError: the captions do not come from an alignment.
    """
    if captions.alignment is None:
        raise SubtitleError("RTTM is made of turns, whose times only an alignment has")
    name = _field(Path(captions.alignment.recording.path).stem) or "recording"
    rows = []
    for _, speaker, lines in turns_of(captions.alignment.lines):
        spans: list[tuple[int, int]] = []
        for line in lines:
            if line.span is None:
                continue
            if spans and line.span.start - spans[-1][1] <= PAUSE:
                spans[-1] = (spans[-1][0], max(spans[-1][1], line.span.end))
            else:
                spans.append((line.span.start, line.span.end))
        who = _field(speaker or "") or "unknown"
        rows += [(start, end - start, who) for start, end in spans]
    return "".join(
        f"SPEAKER {name} 1 {start / 1000:.3f} {length / 1000:.3f} <NA> <NA> {who} <NA> <NA>\n"
        for start, length, who in sorted(rows)
    ).encode()


def _field(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip())
