"""Captions out of a file, ours or not."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from asdelivered.base.reading import foreign, read_file
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, Format
from asdelivered.subtitles.formats.older import OLDER, OlderFormat
from asdelivered.subtitles.formats.text import LARGEST, file_text, in_utf_8
from asdelivered.subtitles.model import Captions
from asdelivered.transcripts.formats.recognise import is_alignment, is_recording

_LONGEST = 200 * 3_600_000
"""Milliseconds. No recording is longer."""


def _readable() -> Mapping[str, Format | OlderFormat]:
    return {**{name: form for name, form in FORMATS.items() if form.read is not None}, **OLDER}


def format_of(path: Path, data: bytes) -> str:
    """Return the format that the content shows, else the one that the ending of the name says: one of FORMATS or OLDER.

    Where the content fits several formats (all kinds of TTML begin alike), the ending decides between them. Raises
    SubtitleError.
    """
    readable = _readable()
    likely = [name for name, form in readable.items() if form.recognises(data)]
    fits = {name: _ending(path, readable[name].extensions) for name in likely or readable}
    best = max(fits, key=lambda name: fits[name])
    if not likely and not fits[best]:
        raise SubtitleError(
            f"{path}: captions in an unknown format; the known ones are {', '.join(readable)}"
        )
    return best


def _ending(path: Path, extensions: tuple[str, ...]) -> int:
    """Return the length of the longest extension that a name ends in; 0 for none."""
    name = path.name.lower()
    return max(len(extension) if name.endswith(extension.lower()) else 0 for extension in extensions)


def read_captions(
    path: str | os.PathLike[str], encoding: str | None = None, frame_rate: Fraction | None = None
) -> tuple[Captions, str]:
    """Return the captions in a file, and the name of its format: one of FORMATS or OLDER.

    `encoding` is how its text is encoded (a name that Python knows); by default the file says it, or it is guessed.
    `frame_rate` is that of the video, for formats that count frames of a rate that they do not state.
    Raises SubtitleError, which names the file and the place in it, if it cannot be read or understood, is empty or
    too large, or has no known format.

    Examples:
        >>> from asdelivered.subtitles import read_captions
        >>> captions, format = read_captions("harbour.srt")
        >>> format, captions.cues[0].lines[0][:20]
        ('srt', 'ANNA REED: Thank you')

    """
    path = Path(path)
    data = read_file(path, LARGEST, "caption file", SubtitleError)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0\r\n\t "):
        raise SubtitleError(f"{path}: the file is empty")
    if is_alignment(data):
        raise SubtitleError(f"{path} is an alignment: make captions of it first: asdelivered captions {path}")
    if is_recording(data):
        raise SubtitleError(f"{path} is a recording: give the file of the captions")
    if encoding is not None:
        try:
            data = in_utf_8(data, encoding)
        except SubtitleError as error:
            raise SubtitleError(f"{path}: {error}") from error
    name = format_of(path, data)
    title = _readable()[name].title
    with foreign(path, f"{title} file", SubtitleError):
        try:
            captions = _read(data, name, frame_rate)
            if name in OLDER or not FORMATS[name].says_encoding:
                text = file_text(data)
                captions = replace(captions, encoding_guess=text.encoding if text.guessed else "")
        except SubtitleError as error:
            raise SubtitleError(f"{path}: {error}") from error
    for number, cue in enumerate(captions.cues, start=1):
        if cue.span.end > _LONGEST:
            raise SubtitleError(f"{path}: caption {number} has a time beyond 200 hours: correct it")
    return captions, name


def _read(data: bytes, name: str, frame_rate: Fraction | None) -> Captions:
    if name in OLDER:
        return OLDER[name].read(data, frame_rate)
    read = FORMATS[name].read
    assert read is not None, "format_of returns what is read"
    return read(data)
