"""A new event: its page and its recording, from the disk, from an upload or pasted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from asdelivered.app.desk.event_library import LONGEST_NAME, Event, Library, note_event
from asdelivered.app.errors import AppError
from asdelivered.app.jobs.demo import PAGE, RECORDING
from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.app.jobs.transcript import show_transcript
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import on_the_disk, write_whole
from asdelivered.base.names import portable_name
from asdelivered.base.scratch import scratch_folder
from asdelivered.media.recording import open_recording
from asdelivered.transcripts.model import Transcript

LONGEST_ENDING = 12
"""Characters of an ending, with its dot; more is the name itself."""
MOST_BYTES = 160
"""Bytes of a file's name without its ending: the longest endings of what is made of it fit into 255 with them."""
_ADDRESS = re.compile(r"\s*(?:https?://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)\S*\s*", re.IGNORECASE)
_FILMS = re.compile(r"\b(?:youtube\.com|youtu\.be|vimeo\.com)/", re.IGNORECASE)


@dataclass(frozen=True)
class GivenFile:
    """A file that a person chose (it is left where it is) or uploaded (it is moved); `name` is what they call it."""

    path: Path
    name: str
    uploaded: bool = False


@dataclass(frozen=True)
class NewEvent:
    """The page, as a file or as pasted text, and the recording."""

    page: GivenFile | str
    recording: GivenFile


def add_event(library: Library, given: NewEvent) -> Event:
    """Make the folder of an event, and note what it is made of.

    The page is copied into the folder; a recording stays where it is, unless it was uploaded. Raises AppError where one
    of the two cannot be read, OSError: then there is no new folder.
    """
    if isinstance(given.page, str):
        if _ADDRESS.fullmatch(given.page) and _FILMS.search(given.page):
            raise AppError(
                "this is the address of a film, and nothing is fetched from the web: choose the film’s file as the "
                "recording, and paste here what was said, from the official page or from the film’s transcript"
            )
        if _ADDRESS.fullmatch(given.page):
            raise AppError(
                "this is a web address: open it in the browser, save the page (Ctrl+S), and choose the saved file; "
                "or copy the text of the page and paste it"
            )
        if not given.page.strip():
            raise AppError("there is no text yet: paste the transcript, or choose its file")
    with _called(given.recording.path, given.recording.name):
        open_recording(given.recording.path)
    name = given.recording.name if isinstance(given.page, str) else given.page.name
    with _new_folder(library) as folder:
        page = _take_page(given.page, folder, Path(given.recording.name).stem)
        with _called(page, page.name):
            shown = show_transcript(page, ReadingOptions()).transcript
        recording = given.recording.path
        if given.recording.uploaded:
            recording = folder / _file_name(given.recording.name, "recording")
            if recording == page:
                recording = recording.with_name(f"recording {recording.name}")
        note_event(folder, page, recording, shown.title or "", _date_of(shown))
        if given.recording.uploaded:
            on_the_disk(given.recording.path)
            given.recording.path.rename(recording)
        try:
            event = library.take_in(folder, Path(name).stem)
        except OSError:  # which must not cost sending it again
            if given.recording.uploaded:
                recording.rename(given.recording.path)
            raise
    if isinstance(given.page, GivenFile) and given.page.uploaded:
        given.page.path.unlink(missing_ok=True)
    return event


def add_example(library: Library) -> Event:
    """Add the event that comes with the program. Raises OSError: then there is no new folder."""
    example: Mapping[str, bytes] = {
        name: (files("asdelivered.examples") / name).read_bytes() for name in (PAGE, RECORDING)
    }
    with _new_folder(library) as folder:
        for name, data in example.items():
            write_whole(folder / name, data)
        shown = show_transcript(folder / PAGE, ReadingOptions()).transcript
        note_event(folder, folder / PAGE, folder / RECORDING, shown.title or "", _date_of(shown))
        return library.take_in(folder, Path(PAGE).stem)


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """Let errors in the block name a file as the person knows it: where it lies now it does not stay."""
    try:
        yield
    except AsdeliveredError as error:
        raise AppError(str(error).replace(str(path), name)) from error


@contextmanager
def _new_folder(library: Library) -> Iterator[Path]:
    """Make a folder in which an event is put together, and remove it if the library has not taken it in."""
    with scratch_folder(library.folder) as scratch:
        folder = scratch / "event"
        folder.mkdir()
        yield folder


def _date_of(transcript: Transcript) -> str:
    return transcript.date.isoformat() if transcript.date else ""


def _take_page(page: GivenFile | str, folder: Path, stem: str) -> Path:
    if isinstance(page, str):
        target = folder / _file_name(f"{stem}.txt", "page")
        write_whole(target, page.encode("utf-8", "replace"))
        return target
    target = folder / _file_name(page.name, "page")
    shutil.copyfile(page.path, target)
    return target


def _file_name(name: str, otherwise: str) -> str:
    """Return a name for a file of an event, so short that whatever is made of the event can be called after it."""
    given = Path(name)
    ending = given.suffix if len(given.suffix) <= LONGEST_ENDING else ""
    stem = portable_name(given.name.removesuffix(ending), LONGEST_NAME, instead="", default=otherwise)
    while len(stem.encode()) > MOST_BYTES:
        stem = stem[:-1]
    stem, ending = stem.rstrip(". "), portable_name(ending, instead="", default="")
    return f"{stem}.{ending}" if ending else stem
