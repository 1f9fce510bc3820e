"""Captions into a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from asdelivered.media.files import write_whole
from asdelivered.subtitles.cues import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import WRITERS


def write_captions(cues: Sequence[Cue], path: Path, format: str) -> None:
    """Write the cues to `path`, whole or not at all, in a format of WRITERS ("srt", "vtt").

    Raises SubtitleError: there are no cues, the format is unknown, the file cannot be written.
    """
    if format not in WRITERS:
        raise SubtitleError(
            f"{format!r} is not a format of captions: choose one of {', '.join(sorted(WRITERS))}"
        )
    if not cues:
        raise SubtitleError(
            f"{path}: not written, there is nothing to caption: no line of the text has a time"
        )
    try:
        write_whole(path, WRITERS[format](cues))
    except OSError as error:
        raise SubtitleError(f"{path}: the captions cannot be written: {error.strerror or error}") from error
