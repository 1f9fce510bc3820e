"""Captions into a file."""

from __future__ import annotations

from pathlib import Path

from asdelivered.base.files import write_whole
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, Format


def find_format(name: str) -> Format:
    """Return the format of that name. Raises SubtitleError with the known names."""
    if name not in FORMATS:
        raise SubtitleError(f"{name!r} is not a format of captions: choose one of {', '.join(FORMATS)}")
    return FORMATS[name]


def write_captions(captions: Captions, path: Path, format: str) -> None:
    """Write the captions to `path`, whole or not at all, in one of FORMATS ("srt", "vtt").

    Raises SubtitleError if there are no cues, if the format is unknown or cannot hold them, or if the file cannot be
    written.

    Examples:
        >>> from pathlib import Path
        >>> from asdelivered.subtitles import read_captions, write_captions
        >>> captions, _ = read_captions("harbour.srt")
        >>> write_captions(captions, Path("harbour.ttml"), "ttml")
        >>> read_captions("harbour.ttml")[0].cues == captions.cues
        True

    """
    write = find_format(format).write
    if not captions.cues:
        raise SubtitleError(
            f"{path}: not written, there is nothing to caption: no line of the text has a time"
        )
    try:
        data = write(captions)
    except SubtitleError as error:
        raise SubtitleError(f"{path}: not written: {error}") from error
    try:
        write_whole(path, data)
    except OSError as error:
        raise SubtitleError(f"{path}: the captions cannot be written: {error.strerror or error}") from error
