"""Captions out of a file, ours or not."""

from __future__ import annotations

import os
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.formats.text import LARGEST

_BY_ENDING = {
    ".srt": "srt",
    ".vtt": "vtt",
    ".webvtt": "vtt",
    ".ttml": "ttml",
    ".dfxp": "ttml",
    ".xml": "ttml",
    ".imsc": "ttml",
    ".itt": "itt",
    ".ass": "ass",
    ".ssa": "ass",
    ".scc": "scc",
    ".stl": "stl",
    ".lrc": "lrc",
    ".json": "json",
    ".textgrid": "textgrid",
    ".ctm": "ctm",
    ".txt": "audacity",
}


def format_of(path: Path, data: bytes) -> str:
    """Return the format of a file by what it begins with, else by its name. Raises SubtitleError."""
    head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").replace(b"\0", b"")
    ending = path.suffix.lower()
    if head.startswith(b"WEBVTT"):
        return "vtt"
    if head.startswith(b"Scenarist_SCC"):
        return "scc"
    if head.startswith((b"<?xml", b"<tt", b"<!DOCTYPE")):
        return (
            "itt"
            if ending == ".itt"
            else "ebu-tt-d"
            if path.name.lower().endswith(".ebu-tt-d.xml")
            else "ttml"
        )
    if head.startswith(b"[Script Info]"):
        return "ass"
    if data[3:6] == b"STL" and len(data) >= 1024:
        return "stl"
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if b"-->" in data[:4000].replace(b"\0", b""):
        return "srt"
    readable = [name for name, known in FORMATS.items() if known.read]
    raise SubtitleError(f"{path}: captions in no format that is known: {', '.join(readable)}")


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
    if read is None:
        raise SubtitleError(f"{path}: {FORMATS[name].title} can be written, not read")
    try:
        return read(data), name
    except SubtitleError as error:
        raise SubtitleError(f"{path}: {error}") from error
