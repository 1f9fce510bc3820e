"""SubRip (.srt), written by pysrt.

The format has no standard and no escapes: text goes out as it is, and what a player makes of "<i>" in it is
the player's. UTF-8 without a mark and LF, as ffmpeg and YouTube write it: every tool reads that.
"""

from __future__ import annotations

import io

import pysrt

from asdelivered.subtitles.formats.parsed import captions_in, timings_in
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions
from asdelivered.transcripts.captions.srt import parse_srt

_TOP = r"{\an8}"
"""What players take for the top of the picture, though it comes from ASS."""


def write(captions: Captions) -> bytes:
    """Return the captions as an SRT file. Speakers have no place in it but in the labels of the cues."""
    items = [
        pysrt.SubRipItem(
            number,
            start=cue.span.start,
            end=cue.span.end,
            text=(_TOP if cue.at_top else "") + "\n".join(cue.marked_without_ruby or cue.shown),
        )
        for number, cue in enumerate(captions.cues, start=1)
    ]
    file = io.StringIO()
    pysrt.SubRipFile(items).write_into(file, eol="\n")
    return file.getvalue().encode()


def recognises(data: bytes) -> bool:
    """Whether a line near the beginning has two times and an arrow, and the file does not say that it is WebVTT."""
    return timings_in(data) and not opening(data).startswith(b"WEBVTT")


def read(data: bytes) -> Captions:
    """Read an SRT file. Raises SubtitleError, which names the line: it is none, or a time of it makes no sense."""
    text, notes = decoded(data)
    return captions_in(parse_srt(text), notes, "no line has two times with --> between them")
