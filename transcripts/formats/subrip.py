"""SubRip captions: the text of each cue, without its number and times."""

from __future__ import annotations

import re

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.formats.captions import CueText, cue_document
from asdelivered.transcripts.formats.substation import cues_of
from asdelivered.transcripts.source import Source

_TIMES = re.compile(r"(?:\A|(?<=\n\n))(\d+[ \t]*\n)?[^\n]*-->[^\n]*")
"""The lines above a cue's text, however its times are written: they are not read."""


def read(source: Source) -> Document:
    """Read SubRip captions. Raises TranscriptError where there is no cue."""
    text = decode(source).replace("\r\n", "\n").replace("\r", "\n")
    text = _TIMES.sub(r"\g<1>00:00:00,000 --> 00:00:01,000", text)
    return cue_document([CueText(lines) for lines, _ in cues_of(text, "srt", source)])
