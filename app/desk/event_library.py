"""The library: a folder of events, each of them files that all commands read."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asdelivered.align.document.sources import stem_of
from asdelivered.app.desk.event_file import (
    EventNotes,
    NotesReader,
    Stage,
    as_noted,
    read_notes,
    with_stage,
    write_notes,
)
from asdelivered.app.errors import AppError
from asdelivered.base.ledger import Entry, read_ledger
from asdelivered.base.locks import try_lock
from asdelivered.base.names import portable_name
from asdelivered.base.scratch import remove_abandoned

if TYPE_CHECKING:  # a list of events reads none of their pages
    from asdelivered.app.jobs.reading import ReadingOptions

ALIGNMENT = ".alignment.json"
SPEAKERS = "speakers.txt"
"""The corrections to the speakers of an event, as `--speakers` takes them."""
LOCK = ".desk.lock"
REMOVED = ".removed"
"""The folder of events that were removed."""
LONGEST_NAME = 80
"""Characters of a folder's name."""


@dataclass(frozen=True)
class Event:
    """An event: the folder that its files are in, and the stem of their names.

    `page` and `recording` are None where nobody noted them: an alignment that came from elsewhere.
    """

    folder: Path
    stem: str
    page: Path | None
    recording: Path | None
    notes: EventNotes | None = None
    problem: str = ""

    @property
    def key(self) -> str:
        """A short name for addresses, which stays the same as long as the event lies where it does."""
        return hashlib.sha256(os.fsencode(self.alignment)).hexdigest()[:12]

    @property
    def alignment(self) -> Path:
        """Where its alignment is, or will be."""
        return self.folder / f"{self.stem}{ALIGNMENT}"

    @property
    def title(self) -> str:
        """What the event is called."""
        return (self.notes.title if self.notes else "") or self.stem

    def recording_file(self) -> Path | None:
        """Return where its recording is now: as noted, or else as its alignment says; None where it is gone."""
        from asdelivered.align.document.alignment_json import load
        from asdelivered.align.document.recording_file import find_recording
        from asdelivered.align.errors import AlignError

        if self.recording is not None and self.recording.is_file():
            return self.recording
        try:
            return find_recording(load(self.alignment), self.alignment, None)
        except AlignError:
            return None

    def reading(self) -> ReadingOptions:
        """Return how its page is to be read."""
        from asdelivered.app.jobs.reading import ReadingOptions

        speakers = self.folder / SPEAKERS
        texts = self.notes.unspoken if self.notes else ()
        return ReadingOptions(
            language=self.notes.language if self.notes else None,
            speakers=speakers if speakers.is_file() else None,
            unspoken="|".join(map(re.escape, texts)) or None,
        )

    def reading_version(self) -> str:
        """Return a name for how its page is read now; it changes with every correction."""
        speakers = self.folder / SPEAKERS
        notes = self.notes
        read = (notes.language, notes.unspoken, notes.sound) if notes else ()
        content = speakers.read_bytes() if speakers.is_file() else b""
        return hashlib.sha256(repr(read).encode() + content).hexdigest()[:12]


class LibraryOpenError(AppError):
    """Another desk has the library open."""


class Library:
    """The events in a folder, which is created if it is missing, and locked: two desks would undo each other's work.

    Raises LibraryOpenError where another desk has it open, AppError where a file is in its place, OSError.
    """

    def __init__(self, folder: Path) -> None:
        file = next((place for place in (folder, *folder.parents) if place.is_file()), None)
        if file is not None:
            raise AppError(
                f"{file} is a file, and the library of the desk is a folder: give a folder or nothing, "
                "and drop the file into the desk once it is open"
            )
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.resolve()
        lock = try_lock(self.folder / LOCK)
        if lock is None:
            raise LibraryOpenError(f"{folder} is open in another desk: use that one, or end it first")
        self._lock = lock
        self._notes = NotesReader()
        self._places: dict[str, Path] = {}
        """The folder in which each event was when they were listed last."""
        remove_abandoned(self.folder)  # of a desk that was killed while it put an event together

    def close(self) -> None:
        """Let another desk open it."""
        self._lock.release()

    def events(self) -> tuple[Event, ...]:
        """Return all events, in the order of their folders and names."""
        found = tuple(
            event
            for place in (self.folder, *_folders(self.folder))
            for event in _events_in(place, self.folder, self._notes)
        )
        self._places = {event.key: event.folder for event in found}
        return found

    def event(self, key: str) -> Event:
        """Return the event of that key. Raises AppError where there is none."""
        place = self._places.get(key)
        there: Iterable[Event] = (
            _events_in(place, self.folder, self._notes) if place and place.is_dir() else ()
        )
        found = next((event for event in there if event.key == key), None) or next(
            (event for event in self.events() if event.key == key), None
        )
        if found is None:
            raise AppError("this event is no longer in the library: go back to the list")
        return found

    def take_in(self, folder: Path, name: str) -> Event:
        """Give the folder of a new event, notes and all, a name of its own, and return the event. Raises OSError.

        So the library has all of an event or nothing of it, whatever ends the desk.
        """
        place = free_name(self.folder, portable_name(name, LONGEST_NAME, instead="", default="event"))
        folder.rename(place)
        notes = read_notes(place)
        assert notes is not None
        return _noted(place, notes)

    def remove(self, event: Event) -> str:
        """Put the folder of an event aside, and return the name by which `restore` brings it back.

        Raises AppError where the event is not the desk's own: other files may lie in its folder; OSError.
        """
        if event.notes is None:
            raise AppError(f"this event was not added here: delete its files in {event.folder} yourself")
        place = free_name(self.folder / REMOVED, event.folder.name)
        place.mkdir(parents=True)
        event.folder.rename(place / event.folder.name)
        return place.name

    def restore(self, name: str) -> None:
        """Bring back an event that was put aside; if its place is taken, beside it. Raises AppError, OSError."""
        aside = self.folder / REMOVED
        place = (
            next((path for path in _folders(aside) if path.name == name), None) if aside.is_dir() else None
        )
        folder = next(_folders(place), None) if place else None
        if place is None or folder is None:
            raise AppError("this event is no longer among those that were removed")
        folder.rename(free_name(self.folder, folder.name))
        place.rmdir()

    def mark_interrupted(self) -> tuple[Event, ...]:
        """Note of each alignment that waited or ran when an earlier desk ended that it was stopped.

        Return those of which that can't be written, since the disk is full: the library is of use all the same.
        Raises OSError where it can't be read.
        """
        unwritten = []
        for event in self.events():
            if event.notes is not None and event.notes.stage in (Stage.WAITING, Stage.WORKING):
                try:
                    with_stage(event.folder, Stage.STOPPED)
                except OSError:
                    unwritten.append(event)
        return tuple(unwritten)


def note_event(folder: Path, page: Path, recording: Path, title: str, date: str) -> None:
    """Write the notes of a new event. Raises OSError."""
    write_notes(folder, EventNotes(as_noted(page, folder), as_noted(recording, folder), title, date))


def free_name(folder: Path, name: str) -> Path:
    """Return where something of that name can be put into a folder: with a number if the name is taken."""
    tried = (folder / (name if number == 1 else f"{name} {number}") for number in itertools.count(1))
    return next(path for path in tried if not path.exists())


def _folders(library: Path) -> Iterator[Path]:
    with os.scandir(library) as entries:
        names = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
    yield from (library / name for name in sorted(names) if not name.startswith("."))


def _events_in(folder: Path, library: Path, reader: NotesReader) -> Iterator[Event]:
    try:
        notes = None if folder == library else reader.read(folder)
    except AppError as error:
        yield Event(folder, folder.name, None, None, problem=str(error))
        return
    if notes is not None:
        yield _noted(folder, notes)
        return
    alignments = sorted(folder.glob(f"*{ALIGNMENT}"))
    ledger = read_ledger(folder) if alignments else {}
    yield from (_made_by_command(path, ledger) for path in alignments)


def _noted(folder: Path, notes: EventNotes) -> Event:
    page = folder / notes.page
    return Event(folder, page.stem, page, folder / notes.recording, notes)


def _made_by_command(alignment: Path, ledger: Mapping[str, Entry]) -> Event:
    """Return the event of an alignment that `asdelivered align` wrote; the ledger has its page and its recording."""
    entry = ledger.get(alignment.name)
    page, recording = (entry.command[1:3] if entry and entry.command[:1] == ("align",) else ()) or (
        None,
        None,
    )
    within = alignment.parent
    return Event(
        within, stem_of(alignment), within / page if page else None, within / recording if recording else None
    )
