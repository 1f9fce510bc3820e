"""Captions as transcripts: what is said in a SubRip, WebVTT, SubStation Alpha or TTML file, and by whom.

Times are not needed here: a cue whose times make no sense is read all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from asdelivered.transcripts.captions.ass import parse_ass
from asdelivered.transcripts.captions.model import CaptionFile, CaptionFileError, RawCue
from asdelivered.transcripts.captions.srt import parse_srt
from asdelivered.transcripts.captions.ttml import parse_ttml
from asdelivered.transcripts.captions.vtt import parse_vtt
from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.cue_rows import CueText, cue_document
from asdelivered.transcripts.source import Source


def read_srt(source: Source) -> Document:
    """Read SubRip captions. Raises TranscriptError where no cue has text."""
    return _read(source, lambda: parse_srt(decode(source)))


def read_vtt(source: Source) -> Document:
    """Read WebVTT captions. Raises TranscriptError where the file is damaged or no cue has text."""
    return _read(source, lambda: parse_vtt(decode(source)))


def read_ass(source: Source) -> Document:
    """Read SubStation Alpha captions. Raises TranscriptError where no line of dialogue has text."""
    return _read(source, lambda: parse_ass(decode(source)))


def read_ttml(source: Source) -> Document:
    """Read TTML. Raises TranscriptError where it is no XML, defines entities, or has no paragraph with text."""
    return _read(source, lambda: parse_ttml(source.data))


def _read(source: Source, parse: Callable[[], CaptionFile]) -> Document:
    try:
        file = parse()
    except CaptionFileError as error:
        raise TranscriptError(f"{source.name} is damaged: {error}.") from error
    cues = [cue for raw in file.cues for cue in _by_voice(raw)]
    if not cues:
        raise TranscriptError(f"{source.name} has no captions with text: check the file.")
    language = file.language.lower().partition("-")[0]
    return cue_document(cues, language or None, file.title or None)


def _by_voice(cue: RawCue) -> Iterator[CueText]:
    """Yield the text of a cue, voice by voice."""
    for run in cue.runs:
        if run.text.strip():
            yield CueText(tuple(run.text.split("\n")), run.voice)
