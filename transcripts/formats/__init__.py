"""The formats of transcripts, one module each; captions, which share their parsers with `subtitles/`, have one for all.

Another one is a module with a `read` function, a function that recognises it, and a row in `FORMATS`. A module is
imported when a file is in its format, so that nobody waits for the parsers of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from asdelivered.base.late import late
from asdelivered.base.reading import foreign
from asdelivered.transcripts.blanks import with_short_blanks
from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import recognise
from asdelivered.transcripts.formats.recognise import Candidate, refuse_what_is_no_text
from asdelivered.transcripts.invisible import without_invisible
from asdelivered.transcripts.source import Source


@dataclass(frozen=True)
class Format:
    """A format: what people call it, how it is read, and how it is recognised.

    Both functions raise TranscriptError: `read` where the content is damaged, `recognises` where it shows that the file
    is of no use at all. `read` may also raise what parsers raise of a damaged file (`base.reading.DAMAGE`).
    """

    name: str
    read: Callable[[Source], Document]
    recognises: Callable[[Candidate], bool]


def _by(module: str, function: str = "read") -> Callable[[Source], Document]:
    """Return a function that reads by one of a module beside this one."""
    return late(f"{__name__}.{module}", function)


FORMATS: Mapping[str, Format] = {
    "pdf": Format("a PDF file", _by("pdf"), recognise.is_pdf),
    "docx": Format("a Word document", _by("docx"), recognise.is_docx),
    "odt": Format("an OpenDocument text", _by("odt"), recognise.is_odt),
    "rtf": Format("a Rich Text file", _by("rtf"), recognise.is_rtf),
    "mail": Format("a message or a web archive", _by("mail"), recognise.is_mail),
    "webarchive": Format("a web archive of Safari", _by("webarchive"), recognise.is_webarchive),
    "vtt": Format("WebVTT captions", _by("caption_files", "read_vtt"), recognise.is_vtt),
    "whisper": Format(
        "a Whisper or WhisperX transcript in JSON", _by("in_json.whisper"), recognise.is_whisper
    ),
    "podcast": Format("a Podcasting 2.0 transcript in JSON", _by("in_json.podcast"), recognise.is_podcast),
    "otr": Format("an oTranscribe file", _by("in_json.otranscribe"), recognise.is_otranscribe),
    "json": Format("a transcript in JSON", _by("in_json.speech_json"), recognise.is_json),
    "ass": Format("SubStation Alpha captions", _by("caption_files", "read_ass"), recognise.is_ass),
    "srt": Format("SubRip captions", _by("caption_files", "read_srt"), recognise.is_srt),
    "ttml": Format("TTML captions", _by("caption_files", "read_ttml"), recognise.is_ttml),
    "xml": Format("the XML of a parliament", _by("parliaments"), recognise.is_xml),
    "html": Format("a web page", _by("html"), recognise.is_html),
    "csv": Format("a table of turns (CSV, TSV)", _by("delimited"), recognise.is_delimited),
    "md": Format("Markdown", _by("markdown"), recognise.is_markdown),
    "txt": Format("plain text", _by("plain"), recognise.is_any_text),
}
"""By the names that `--from` takes, in the order in which they are asked whether a file is theirs: the surest first."""


def recognised_format(source: Source) -> str:
    """Return the name of the format that the content shows; "txt" where it is none of the others.

    Raises TranscriptError for a recording, and for a document of a kind that cannot be read here.
    """
    candidate = Candidate(source)
    refuse_what_is_no_text(source)
    return next(name for name, form in FORMATS.items() if form.recognises(candidate))


def read_document(source: Source, format: str | None = None) -> tuple[str, Document]:
    """Read a source in a format of `FORMATS`, or in the one that its content shows; return the format too.

    Raises TranscriptError where the format is none of them, or the content is not in it.
    """
    if format is not None and format not in FORMATS:
        raise TranscriptError(f"there is no format {format!r}: the formats are {', '.join(FORMATS)}.")
    found = format or recognised_format(source)
    form = FORMATS[found]
    with foreign(source.name, form.name.removeprefix("a "), TranscriptError):
        document = form.read(source)
    return found, replace(document, rows=with_short_blanks(without_invisible(document.rows)))
