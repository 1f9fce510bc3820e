"""Podcasting 2.0 transcripts in JSON: `segments` with a speaker and a body, which may be single words."""

from __future__ import annotations

from collections.abc import Sequence

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.cue_rows import CueText, cue_document
from asdelivered.transcripts.formats.in_json.json_values import objects, read_json, text_of
from asdelivered.transcripts.source import Source

_SINGLE_WORDS = 2
"""Words. If the mean segment is shorter, the segments are parts of sentences."""


def read(source: Source) -> Document:
    """Read a podcast's transcript. Raises TranscriptError if no segment has text."""
    value = read_json(source)
    cues = [
        CueText((text_of(segment, "body", "text").strip(),), text_of(segment, "speaker").strip() or None)
        for segment in objects(value.get("segments") if isinstance(value, dict) else value)
        if text_of(segment, "body", "text").strip()
    ]
    if not cues:
        raise TranscriptError(f"{source.name} is no podcast transcript: it has no segments with a body.")
    if sum(len(cue.lines[0].split()) for cue in cues) < _SINGLE_WORDS * len(cues):
        cues = _sentences(cues)
    language = text_of(value, "language")[:2].lower()
    return cue_document(cues, language or None)


def _sentences(cues: Sequence[CueText]) -> list[CueText]:
    """Join single words up to the end of a sentence, or up to a change of speaker."""
    joined: list[CueText] = []
    for cue in cues:
        last = joined[-1] if joined else None
        if last and last.speaker == cue.speaker and not last.lines[0].endswith((".", "!", "?", "…")):
            joined[-1] = CueText((f"{last.lines[0]} {cue.lines[0]}",), cue.speaker)
        else:
            joined.append(cue)
    return joined
