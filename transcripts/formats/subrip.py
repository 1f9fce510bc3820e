"""SubRip captions: the text of each cue, without its number and times."""

from __future__ import annotations

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.formats.captions import CueText, cue_document
from asdelivered.transcripts.formats.substation import cues_of
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read SubRip captions. Raises TranscriptError where there is no cue."""
    text = decode(source).replace("\r\n", "\n").replace("\r", "\n")
    return cue_document([CueText(lines) for lines, _ in cues_of(text, "srt", source)])
