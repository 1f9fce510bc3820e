"""Captions out of a file, ours or not."""

from __future__ import annotations

import os
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.formats.text import LARGEST
from asdelivered.subtitles.model import Captions


def format_of(path: Path, data: bytes) -> str:
    """Return the format that the content shows, else the one that the ending of the name says.

    Where the content fits several formats (all kinds of TTML begin alike), the ending decides between them. Raises
    SubtitleError.
    """
    readable = {name: form for name, form in FORMATS.items() if form.read is not None}
    likely = [name for name, form in readable.items() if form.recognises(data)]
    fits = {name: _ending(path, readable[name].extensions) for name in likely or readable}
    best = max(fits, key=lambda name: fits[name])
    if not likely and not fits[best]:
        raise SubtitleError(f"{path}: captions in no format that is known: {', '.join(readable)}")
    return best


def _ending(path: Path, extensions: tuple[str, ...]) -> int:
    """Return the length of the longest extension that a name ends in; 0 for none."""
    name = path.name.lower()
    return max(len(extension) if name.endswith(extension.lower()) else 0 for extension in extensions)


def read_captions(path: str | os.PathLike[str]) -> tuple[Captions, str]:
    """Return the captions in a file, and the name of its format.

    Raises SubtitleError, which names the file and the place in it, if it cannot be read or understood, is empty or
    too large, or has no known format.

    Examples:
        >>> from asdelivered.subtitles import read_captions
        >>> captions, format = read_captions("harbour.srt")
        >>> format, captions.cues[0].lines
        ('srt', ('ANNA REED: Thank you, Daniel,',))

    """
    path = Path(path)
    data = read_file(path, LARGEST, "caption file", SubtitleError)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0\r\n\t "):
        raise SubtitleError(f"{path}: the file is empty")
    name = format_of(path, data)
    read = FORMATS[name].read
    assert read is not None
    try:
        return read(data), name
    except SubtitleError as error:
        raise SubtitleError(f"{path}: {error}") from error
