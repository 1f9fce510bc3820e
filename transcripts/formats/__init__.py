"""The formats of transcripts, one module each.

Another one is a module with a `read` function, an entry in `FORMATS`, and a line in `recognise` that tells it from
the others. A library is imported where it is used, so that nobody waits for those of other formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import (
    docx,
    html,
    markdown,
    otranscribe,
    pdf,
    plain,
    podcast,
    subrip,
    substation,
    ttml,
    webvtt,
    whisper,
)
from asdelivered.transcripts.formats.recognise import recognise
from asdelivered.transcripts.source import Source


@dataclass(frozen=True)
class Format:
    """A format: what people call it, and the function that reads it. That raises TranscriptError."""

    name: str
    read: Callable[[Source], Document]


FORMATS: Mapping[str, Format] = {
    "txt": Format("plain text", plain.read),
    "html": Format("a web page", html.read),
    "md": Format("Markdown", markdown.read),
    "docx": Format("a Word document", docx.read),
    "pdf": Format("a PDF file", pdf.read),
    "srt": Format("SubRip captions", subrip.read),
    "vtt": Format("WebVTT captions", webvtt.read),
    "ass": Format("SubStation Alpha captions", substation.read),
    "ttml": Format("TTML captions", ttml.read),
    "whisper": Format("a Whisper or WhisperX transcript in JSON", whisper.read),
    "podcast": Format("a Podcasting 2.0 transcript in JSON", podcast.read),
    "otr": Format("an oTranscribe file", otranscribe.read),
}
"""By the names that `--from` takes."""


def read_document(source: Source, format: str | None = None) -> tuple[str, Document]:
    """Read a source in a format of `FORMATS`, or in the one that its content shows; return the format too.

    Raises TranscriptError where the format is none of them, or the content is not in it.
    """
    if format is not None and format not in FORMATS:
        raise TranscriptError(f"there is no format {format!r}: the formats are {', '.join(FORMATS)}.")
    found = format or recognise(source)
    return found, FORMATS[found].read(source)
