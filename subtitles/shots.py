"""Shot changes: read from a list, or found in the picture by PySceneDetect (the extra "shots")."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import LARGEST, decoded
from asdelivered.transcripts.captions.times import parse_time

LISTS = frozenset({".txt", ".csv", ".lst", ""})
"""Endings of a list of shot changes; any other file is a video."""
_HEADINGS = ("start timecode", "start time (seconds)")


def read_shots(path: Path) -> tuple[int, ...]:
    """Return the shot changes in a file, milliseconds in order: a time a line, or a scene list of PySceneDetect.

    A time is in seconds ("12.48") or on the clock ("00:00:12.480"). Raises SubtitleError, which names the line.
    """
    data = read_file(path, LARGEST, "list of shot changes", SubtitleError)
    try:
        text, _ = decoded(data)
    except SubtitleError as error:
        raise SubtitleError(f"{path}: {error}") from error
    shots = []
    for number, field in _fields(text):
        try:
            shots.append(_time(field))
        except SubtitleError as error:
            raise SubtitleError(f"{path}: row {number}: {error}") from error
    # The beginning of the picture is not a change.
    return tuple(sorted({shot for shot in shots if shot > 0}))


def _fields(text: str) -> Iterator[tuple[int, str]]:
    """Yield each time in a list with the number of its row."""
    rows = text.split("\n")
    heading = next(
        (at for at, row in enumerate(rows) if row.strip().lower().startswith("scene number,")), None
    )
    if heading is None:
        for number, row in enumerate(rows, start=1):
            if row.strip() and not row.lstrip().startswith("#"):
                yield number, row
        return
    names = [name.strip().lower() for name in rows[heading].split(",")]
    column = next((names.index(name) for name in _HEADINGS if name in names), 0)
    for number, fields in enumerate(csv.reader(rows[heading + 1 :]), start=heading + 2):
        if column < len(fields):
            yield number, fields[column]


def _time(field: str) -> int:
    if re.fullmatch(r"\s*\d+(\.\d+)?\s*", field):
        return round(Fraction(field.strip()) * 1000)
    time = parse_time(field)
    if time is None:
        raise SubtitleError(f"{field.strip()!r} is not a time: expected one like 00:01:02.345")
    return max(0, time)


def detect_shots(video: Path) -> tuple[int, ...]:
    """Return the shot changes of a video, milliseconds in order, found by PySceneDetect's content detector.

    Raises SubtitleError: PySceneDetect is not installed, or the video cannot be opened.
    """
    try:
        from scenedetect import (  # pyright: ignore[reportMissingImports]
            ContentDetector,
            detect,
        )
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


def shot_changes(path: Path) -> tuple[int, ...]:
    """Return the shot changes that a list has, or that are found in a video; the ending tells which it is.

    Raises SubtitleError as `read_shots` and `detect_shots` do.
    """
    return read_shots(path) if path.suffix.lower() in LISTS else detect_shots(path)
