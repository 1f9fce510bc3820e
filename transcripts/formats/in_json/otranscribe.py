"""oTranscribe files (.otr): JSON around a small web page."""

from __future__ import annotations

from dataclasses import replace

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.html import read_html
from asdelivered.transcripts.formats.in_json.json_values import read_json, text_of
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read an oTranscribe file. Raises TranscriptError if it has no text."""
    text = text_of(read_json(source), "text")
    if not text.strip():
        raise TranscriptError(f"{source.name} is no oTranscribe file: it has no text.")
    return replace(read_html(text, source.name), title=None)
