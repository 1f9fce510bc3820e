"""Adding alignments to an archive, and getting them out again."""

from __future__ import annotations

import gc
import hashlib
import itertools
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from asdelivered.align.document.alignment_json import decode, read_bytes, save
from asdelivered.align.document.event import event_of
from asdelivered.align.errors import AlignError
from asdelivered.app.console.counting import counting
from asdelivered.app.errors import AppError
from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.records import EventRecord, make_record, read_alignment
from asdelivered.archive.store import check_same_event, find_event, known_hashes, list_events, put_events
from asdelivered.base.errors import OutputError, UsageError
from asdelivered.base.processes import in_order, processes

ENDING = ".alignment.json"
TOGETHER = 256
"""Events that are written in one transaction: what a crash loses at most."""
_FEW = 4
"""Alignments that aren't worth other processes."""

Prepared = EventRecord | str | None
"""An event made ready; or why it can't be; or None where it is in the archive, unchanged."""


@dataclass(frozen=True)
class AddRequest:
    """What a person says of an event that is added; None: as its file and its page say."""

    name: str | None = None
    date: date | None = None
    url: str | None = None


@dataclass
class Added:
    """What came of adding: events by name, and for each file that failed the reason."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """It in a few words."""
        counts = {
            "added": self.added,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "failed": self.failed,
        }
        return ", ".join(f"{len(some)} {what}" for what, some in counts.items() if some) or "nothing to add"

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        failed = [{"path": path, "reason": reason} for path, reason in self.failed.items()]
        return {
            "added": self.added,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "failed": failed,
        }


def add_to_archive(database: Path, paths: Sequence[Path], request: AddRequest, jobs: int) -> Added:
    """Add the alignments at `paths`, files or folders, to an archive, which is made if it is missing.

    One that can't be added is told, and the others are. Raises ArchiveError where the archive can't be written,
    UsageError where a name is given for more than one, AppError where there is none.
    """
    if not any(path.exists() for path in paths):
        raise AppError(f"{', '.join(map(str, paths))}: there is no such file or folder")
    files = dict(_files(paths))
    if not files:
        raise AppError(f"{', '.join(map(str, paths))}: there is no {ENDING} file in it")
    if request.name is not None:
        if len(files) > 1:
            raise UsageError(f"--name is for one event, and these are {len(files)}")
        files = dict.fromkeys(files, request.name)
    if not database.exists():
        create(database)
    summary = Added()
    with opened(database) as connection:
        known = known_hashes(connection)
        before = frozenset(known)
        with counting("adding", len(files)) as count:
            prepared = _prepare_all(files, known, request, jobs)
            while some := list(itertools.islice(prepared, TOGETHER)):
                _put(connection, some, known, before, summary)
                for path, _ in some:
                    reason = summary.failed.get(str(path))
                    count(f"asdelivered: {reason}" if reason else "")
    return summary


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the alignments' files, each with the name of its event."""
    for path in paths:
        if not path.is_dir():
            yield path, _name(PurePosixPath(path.name))
            continue
        for file in sorted(path.rglob(f"*{ENDING}")):
            inside = PurePosixPath(file.relative_to(path))
            if not any(part.startswith(".") for part in inside.parts):
                yield file, _name(inside)


def _name(path: PurePosixPath) -> str:
    """Return the name of an event; bytes of a file's name that are no UTF-8 have no place in a text."""
    text = os.fsencode(str(path)).decode("utf-8", "replace")
    return text.removesuffix(ENDING)


def _prepare_all(
    files: Mapping[Path, str], known: Mapping[str, tuple[str, str, str]], request: AddRequest, jobs: int
) -> Iterator[tuple[Path, Prepared]]:
    work = [(path, name, request, known[name][0] if name in known else None) for path, name in files.items()]
    if jobs == 1 or len(work) <= _FEW:
        yield from ((item[0], prepare(*item)) for item in work)
        return
    with processes(min(jobs, len(work))) as pool:
        yield from zip(files, in_order(pool, prepare, work), strict=True)


def prepare(path: Path, name: str, request: AddRequest, known_sha256: str | None) -> Prepared:
    """Make the alignment at `path` ready for the archive, unless the archive has it with the hash `known_sha256`."""
    gc.disable()  # it makes a hundred thousand objects without a cycle: looking for cycles took a seventh of the time
    try:
        content = read_bytes(path)
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 == known_sha256 and request.date is None and request.url is None:
            return None
        alignment = decode(content, path)
        event = event_of(alignment, path)
        title = event.title or alignment.transcript.title
        info = EventInfo(name, title, event.occasion, request.date or event.date, request.url)
        where = os.fsencode(path.absolute()).decode("utf-8", "replace")
        return make_record(alignment, info, where, sha256)
    except (AlignError, ArchiveError) as error:
        return str(error)
    finally:
        gc.enable()


def _put(
    connection: sqlite3.Connection,
    prepared: Sequence[tuple[Path, Prepared]],
    known: dict[str, tuple[str, str, str]],
    before: frozenset[str],
    summary: Added,
) -> None:
    """Write events in one transaction, and note what came of each; `before` are those that the archive began with."""
    records = []
    for path, result in prepared:
        if isinstance(result, str):
            summary.failed[str(path)] = result
        elif isinstance(result, EventRecord):
            try:
                check_same_event(result, known.get(result.info.name))
                records.append(result)
                known[result.info.name] = result.hashes
            except ArchiveError as error:
                summary.failed[str(path)] = str(error)
        else:
            summary.unchanged.append(str(path))
    if records:
        with writing(connection):
            put_events(connection, records, datetime.now(UTC).isoformat(timespec="seconds"))
    for record in records:
        (summary.replaced if record.info.name in before else summary.added).append(record.info.name)


def export_events(database: Path, names: Sequence[str], folder: Path) -> Iterator[Path]:
    """Write events, all of them where no names are given, as alignments into `folder`; yield each file's path.

    Raises ArchiveError where one isn't there, and OutputError where a file can't be written.
    """
    with opened(database) as connection, reading(connection):
        events = [find_event(connection, database, name) for name in names] or list(list_events(connection))
        for event in events:
            path = inside(folder, event.info.name, ENDING)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(folder, error.strerror or str(error)) from error
            save(read_alignment(connection, event.id), path)
            yield path


def inside(folder: Path, name: str, ending: str) -> Path:
    """Return the file for an event in a folder: a name that would lead out of it, or is no file's, is changed."""
    parts = [part for part in name.replace("\0", "_").split("/") if part not in ("", ".", "..")]
    return folder.joinpath(*(parts or ["event"])).with_name(f"{(parts or ['event'])[-1]}{ending}")


def event_to_json(event: StoredEvent) -> dict[str, Any]:
    """Return an event as JSON values; its duration in seconds."""
    info = event.info
    return {
        "name": info.name,
        "title": info.title,
        "occasion": info.occasion,
        "date": info.date.isoformat() if info.date else None,
        "url": info.url,
        "language": event.language,
        "duration": event.duration / 1000,
        "words": event.words,
        "lines": event.lines,
        "speakers": list(event.speakers),
        "transcript": event.transcript_path,
        "transcript_sha256": event.transcript_sha256,
        "recording": event.recording_path,
        "recording_sha256": event.recording_sha256,
        "alignment": event.alignment_path,
        "added": event.added,
    }
