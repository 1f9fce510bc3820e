"""What the desk notes of an event, in a file of its folder: which files it is made of, and how its page is read.

Everything else stands in the files that the commands write, so a folder without this file is an event too.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from asdelivered.app.errors import AppError
from asdelivered.base.files import write_whole
from asdelivered.base.reading import DAMAGE, MB, read_file
from asdelivered.media.sound import AUTO

NAME = "desk.json"
VERSION = 1
LARGEST = MB
SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again gets another time of change on every disk."""


class Stage(StrEnum):
    """Where the alignment of an event stands, if it was asked for and is not done."""

    WAITING = "waiting"
    WORKING = "working"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class EventNotes:
    """The notes. Paths are from the event's folder, or absolute where the file lies elsewhere.

    `unspoken` are texts of the page that nobody says. `stage` is None where no alignment is asked for or it is done;
    `message` says why it failed.
    """

    page: str
    recording: str
    title: str = ""
    date: str = ""
    language: str | None = None
    unspoken: tuple[str, ...] = ()
    stage: Stage | None = None
    message: str = ""
    sound: str = AUTO
    """The audio track or channel to align, as `--sound` takes it."""


def read_notes(folder: Path) -> EventNotes | None:
    """Return the notes in a folder, None where it has none. Raises AppError where they make no sense."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        data = json.loads(read_file(path, LARGEST, "file of the desk", AppError))
        if data["version"] != VERSION:
            raise AppError(f"{path} was written by another version of the program: update it")
        stage = data.get("stage")
        return EventNotes(
            str(data["page"]),
            str(data["recording"]),
            str(data.get("title", "")),
            str(data.get("date", "")),
            None if data.get("language") is None else str(data["language"]),
            tuple(str(text) for text in data.get("unspoken", [])),
            None if stage is None else Stage(stage),
            str(data.get("message", "")),
            str(data.get("sound", AUTO)),
        )
    except (*DAMAGE, TypeError, AttributeError) as error:
        raise AppError(f"{path} is damaged: remove it, and add the event again ({error})") from error


class NotesReader:
    """Reads the notes of many events again and again, each file only when it has changed. Any thread may call it."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[tuple[int, int, int], EventNotes]] = {}

    def read(self, folder: Path) -> EventNotes | None:
        """Return the notes in a folder, None where it has none. Raises AppError where they make no sense."""
        path = folder / NAME
        try:
            stat = path.stat()
        except OSError:
            self._read.pop(path, None)
            return None
        now = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._read.get(path)
        if known is not None and known[0] == now:
            return known[1]
        notes = read_notes(folder)
        if notes is not None and time.time_ns() - stat.st_mtime_ns > SETTLED:
            self._read[path] = (now, notes)
        return notes


def write_notes(folder: Path, notes: EventNotes) -> None:
    """Write the notes, whole or not at all. Raises OSError."""
    data: dict[str, Any] = {
        "version": VERSION,
        "page": notes.page,
        "recording": notes.recording,
        "title": notes.title,
        "date": notes.date,
        "language": notes.language,
        "unspoken": [*notes.unspoken],
        "stage": notes.stage,
        "message": notes.message,
        "sound": notes.sound,
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / NAME, text.encode("utf-8", "replace"))


def with_stage(folder: Path, stage: Stage | None, message: str = "") -> None:
    """Note where the alignment of an event stands; a folder without notes gets none. Raises OSError, AppError."""
    notes = read_notes(folder)
    if notes is not None:
        write_notes(folder, replace(notes, stage=stage, message=message))


def as_noted(path: Path, folder: Path) -> str:
    """Return a path as the notes have it: from the folder if it lies in it, else absolute."""
    whole = path.absolute()
    return str(whole.relative_to(folder) if whole.is_relative_to(folder) else whole)
