"""Shot changes: read from a list, or found in the picture by PySceneDetect (the extra "shots")."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import LARGEST, decoded
from asdelivered.subtitles.formats.times import parse_time

_HEADINGS = ("start timecode", "start time (seconds)")


def read_shots(path: Path) -> tuple[int, ...]:
    """Return the shot changes in a file, milliseconds in order: a time a line, or a scene list of PySceneDetect.

    A time is in seconds ("12.48") or on the clock ("00:00:12.480"). Raises SubtitleError, which names the line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SubtitleError(f"{path}: there is no such file") from error
    except OSError as error:
        raise SubtitleError(f"{path}: the shot changes cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise SubtitleError(f"{path}: too large for a list of shot changes")
    text, _ = decoded(data)
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""))))
    headings = next((row for row in rows if row and row[0].strip().lower() == "scene number"), None)
    column = 0
    if headings is not None:
        names = [name.strip().lower() for name in headings]
        column = next((names.index(name) for name in _HEADINGS if name in names), 0)
        rows = rows[rows.index(headings) + 1 :]
    shots = []
    for number, row in enumerate(rows, start=1):
        if not row or not row[0].strip() or row[0].lstrip().startswith("#"):
            continue
        field = row[column].strip() if column < len(row) else ""
        shots.append(_time(field, path, number))
    # The beginning of the picture is no change.
    return tuple(sorted({shot for shot in shots if shot > 0}))


def _time(field: str, path: Path, number: int) -> int:
    if re.fullmatch(r"\d+(\.\d+)?", field):
        return round(Fraction(field) * 1000)
    try:
        return max(0, parse_time(field))
    except SubtitleError as error:
        raise SubtitleError(f"{path}: row {number}: {error}") from error


def detect_shots(video: Path) -> tuple[int, ...]:
    """Return the shot changes of a video, milliseconds in order, found by PySceneDetect's content detector.

    Raises SubtitleError: PySceneDetect is not installed, or the video cannot be opened.
    """
    try:
        from scenedetect import ContentDetector, detect
    except ImportError as error:
        raise SubtitleError(
            "shot changes are found by PySceneDetect, which is not installed: "
            "pip install 'asdelivered[shots]', or give a list of them"
        ) from error
    if not video.is_file():
        raise SubtitleError(f"{video}: there is no such file")
    try:
        scenes = detect(str(video), ContentDetector())
    except Exception as error:  # OpenCV's and its own, of many kinds
        raise SubtitleError(f"{video}: no picture that PySceneDetect can open: {error}") from error
    return tuple(round(start.seconds * 1000) for start, _ in scenes[1:])
