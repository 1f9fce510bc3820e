"""Where a published page finds the recording."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from asdelivered.align.document import Alignment
from asdelivered.app.errors import UsageError
from asdelivered.app.recording_file import find_recording
from asdelivered.media.playing import shows_picture
from asdelivered.media.recording import open_recording


@dataclass(frozen=True)
class Player:
    """The recording's address, absolute or from the page on, and whether it has a picture."""

    address: str
    picture: bool


def player_for(alignment: Alignment, alignment_path: Path, given: str | None, folder: Path) -> Player:
    """Return where a page in `folder` finds the recording: at the address or path `given`, or where it was aligned.

    Raises UsageError for an address that no browser plays, AppError where there is no such file, MediaError where it is
    no recording.
    """
    if given is not None and "://" in given:
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise UsageError(f"{given} is no address of a recording: it begins with https:// or http://")
        return Player(given, shows_picture(given))
    path = find_recording(alignment, alignment_path, Path(given) if given is not None else None)
    picture = open_recording(path).video is not None
    return Player(quote(Path(os.path.relpath(path, folder)).as_posix()), picture)
