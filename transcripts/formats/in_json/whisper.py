"""Transcripts by Whisper, faster-whisper, WhisperX and whisper.cpp in JSON: a row per segment."""

from __future__ import annotations

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.cue_rows import CueText, cue_document
from asdelivered.transcripts.formats.in_json.json_values import objects, read_json, text_of
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read a transcript with `segments`, a bare array of them, or only `text`.

    Raises TranscriptError if there is none of these.
    """
    value = read_json(source)
    whole = value if isinstance(value, dict) else {}
    segments = objects(value) or objects(whole.get("segments")) or objects(whole.get("transcription"))
    cues = [
        CueText((text_of(segment, "text", "sentence"),), text_of(segment, "speaker") or None)
        for segment in segments
        if text_of(segment, "text", "sentence").strip()
    ]
    if not cues and (text := text_of(whole, "text").strip()):
        cues = [CueText((line,)) for line in text.split("\n")]
    if not cues:
        raise TranscriptError(
            f"{source.name} is JSON, but no transcript of Whisper: it has no segments with text."
        )
    result = whole.get("result")
    language = text_of(whole, "language") or text_of(result, "language")
    return cue_document(cues, language if len(language) == 2 else None)
