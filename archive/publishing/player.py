"""The player of a published page: where it finds the recording."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.recording_file import find_recording
from asdelivered.archive.publishing.event_page import Player
from asdelivered.base.errors import UsageError
from asdelivered.media.browser_media import shows_picture
from asdelivered.media.recording import open_recording
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS


def player_for(alignment: Alignment, alignment_path: Path, given: str | None, folder: Path) -> Player:
    """Return the player of a page in `folder`: of the address or path `given`, or of the recording that was aligned.

    The captions of a video are part of the page itself. Raises UsageError for an address that no browser plays,
    AlignError where there is no such file, MediaError where it is not a recording.
    """
    if given is not None and "://" in given:
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise UsageError(f"{given} is no address of a recording: it begins with https:// or http://")
        return _player(given, shows_picture(given), alignment)
    path = find_recording(alignment, alignment_path, Path(given) if given is not None else None)
    picture = open_recording(path).video is not None
    return _player(quote(Path(os.path.relpath(path, folder)).as_posix()), picture, alignment)


def _player(address: str, picture: bool, alignment: Alignment) -> Player:
    captions = captions_of(alignment) if picture else None
    if captions is None or not captions.cues:
        return Player(address, picture)
    vtt = FORMATS["vtt"].write(captions)
    return Player(address, picture, f"data:text/vtt;base64,{base64.b64encode(vtt).decode()}")
