"""WebVTT captions: the text of each cue, and its voices."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.captions import CueText, cue_document
from asdelivered.transcripts.source import Source

_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|</>")
_TIMES = re.compile(r"^.*-->.*$", re.MULTILINE)
"""The times of a cue, however they are written: they are not read. No text may have this arrow."""
_LANGUAGE = re.compile(r"^Language:[ \t]*([a-zA-Z]{2,3})\b", re.MULTILINE)


def read(source: Source) -> Document:
    """Read WebVTT captions. Raises TranscriptError where the file is damaged or has no cue with text."""
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    text = decode(source).replace("\r\n", "\n").replace("\r", "\n")
    try:
        captions = webvtt.from_string(_TIMES.sub("00:00.000 --> 00:01.000", text))
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
        raise TranscriptError(f"{source.name} is damaged WebVTT: {error}.") from error
    cues = [voice for caption in captions.captions for voice in _voices(caption.raw_text)]
    if not cues:
        raise TranscriptError(f"{source.name} has no captions with text: check the file.")
    language = _LANGUAGE.search(text[:500])
    return cue_document(cues, language=language[1].lower() if language else None)


def _voices(raw: str) -> Iterator[CueText]:
    """The text of a cue, voice by voice."""
    speaker = None
    parts = _VOICE.split(raw)
    for number, part in enumerate(parts):
        if number % 2:
            speaker = html.unescape(part).strip() or None
            continue
        text = html.unescape(_TAG.sub("", part))
        if text.strip():
            yield CueText(tuple(text.split("\n")), speaker)
