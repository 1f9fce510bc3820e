"""SubStation Alpha captions, by pysubs2: the text of each dialogue line, and its actor."""

from __future__ import annotations

import re

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.captions import CueText, cue_document
from asdelivered.transcripts.source import Source

_TITLE = re.compile(r"^Title:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


def read(source: Source) -> Document:
    """Read SubStation Alpha captions. Raises TranscriptError where there is no dialogue."""
    text = decode(source)
    title = _TITLE.search(text.replace("\r", "\n"))
    cues = [CueText(lines, name or None) for lines, name in cues_of(text, "ass", source)]
    return cue_document(cues, title=title[1] if title else None)


def cues_of(text: str, format: str, source: Source) -> list[tuple[tuple[str, ...], str]]:
    """The lines and the actor ("" for none) of each cue, in the order of the file, without drawings and comments."""
    import pysubs2

    try:
        events = pysubs2.SSAFile.from_string(text, format_=format)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, KeyError, IndexError) as error:
        raise TranscriptError(f"{source.name} is damaged: {error}.") from error
    cues = [
        (tuple(event.plaintext.split("\n")), event.name.strip())
        for event in events
        if not event.is_comment and not event.is_drawing and event.plaintext.strip()
    ]
    if not cues:
        raise TranscriptError(f"{source.name} has no captions with text: check the file.")
    return cues
