"""Adding alignments to an archive. Preparing them is most of the work, and is shared among processes."""

from __future__ import annotations

import gc
import hashlib
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from asdelivered.align.document.alignment_json import decode, read_bytes
from asdelivered.align.document.event import event_of
from asdelivered.align.errors import AlignError
from asdelivered.archive.database import create, opened, writing
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventGiven, EventHashes, EventInfo
from asdelivered.archive.records import EventRecord, make_record
from asdelivered.archive.store import check_same_event, known_facts, known_hashes, put_events
from asdelivered.base.processes import in_order, processes
from asdelivered.base.scratch import remove_abandoned

ENDING = ".alignment.json"
NAME_IN_URL = "{name}"
EVENTS_PER_TRANSACTION = 256
"""A crash loses at most these."""
_NAMED = 3
"""Events that a sentence names."""
FEW = 4
"""Alignments that are not worth other processes."""

OnDone = Callable[[str], object]
"""Called as each file is done, with the reason if it failed, else with ""."""


@dataclass(frozen=True)
class EventFacts:
    """What a person says about events that are added; None: what was said before, or else what their pages say.

    `url` is the address of the recording; `{name}` in it stands for the name of the event. `urls` has those of single
    events, by name.
    """

    date: date | None = None
    url: str | None = None
    urls: Mapping[str, str] = field(default_factory=dict)

    def url_of(self, name: str) -> str | None:
        """Return the address of the recording of the event called `name`."""
        if name in self.urls:
            return self.urls[name]
        return None if self.url is None else self.url.replace(NAME_IN_URL, quote(name))

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return self != EventFacts()


@dataclass
class Added:
    """What became of the files: the names of events that were added and replaced, the paths of files that are
    unchanged, and for each file that failed the reason.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    """For each event that was replaced, which of "url" and "date" it keeps that a person gave it before."""
    twins: dict[str, str] = field(default_factory=dict)
    """For each event that was added, another that has the same page and the same recording, if one has."""

    def remarks(self) -> list[str]:
        """Return a sentence for each kind of fact that events keep, and one about events that are there twice."""
        words = {"url": "the address of the recording (--url)", "date": "the date (--date)"}
        counts = {fact: sum(fact in kept for kept in self.kept.values()) for fact in words}
        sentences = [
            f"{words[fact]} given before is kept by {count} of the replaced events"
            for fact, count in counts.items()
            if count
        ]
        if self.twins:
            some = ", ".join(f"{new} of {old}" for new, old in itertools.islice(self.twins.items(), _NAMED))
            more = f" and {len(self.twins) - _NAMED} more" if len(self.twins) > _NAMED else ""
            sentences.append(
                f"events with the page and the recording of others: {some}{more}; if a file was moved or renamed, "
                "take the event with the old name out: asdelivered archive remove"
            )
        return sentences

    def __str__(self) -> str:
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
            "kept": self.kept,
            "twins": self.twins,
        }


@dataclass(frozen=True)
class _Unprepared:
    """The file of an alignment, the name and facts of its event, and the file's hash and facts that the archive has."""

    path: Path
    name: str
    facts: EventFacts
    known_sha256: str | None
    known: EventGiven | None


_Prepared = EventRecord | str | None
"""An event's record; or why there is none; or None if the archive has the event, unchanged."""


def alignments_in(paths: Sequence[Path]) -> dict[Path, str]:
    """Return the files of alignments, each with the name of its event. A path is a file, or a folder of them."""
    return dict(_alignments_in(paths))


def _alignments_in(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, _event_name(PurePosixPath(path.name))
            continue
        for file in sorted(path.rglob(f"*{ENDING}")):
            inside = PurePosixPath(file.relative_to(path))
            if not any(part.startswith(".") for part in inside.parts):
                yield file, _event_name(inside)


def _event_name(path: PurePosixPath) -> str:
    return _as_text(path).removesuffix(ENDING)


def _as_text(path: Path | PurePosixPath) -> str:
    """Return a path as text; bytes that are not UTF-8 have no place in it."""
    return os.fsencode(path).decode("utf-8", "replace")


def add_alignments(
    database: Path, files: Mapping[Path, str], facts: EventFacts, jobs: int, on_done: OnDone
) -> Added:
    """Add alignments, each under the name of its event, to an archive, which is created if it is missing.

    One that cannot be added is reported, and the others are added. Raises ArchiveError where the archive cannot be
    written to.
    """
    remove_abandoned(database.absolute().parent)
    if not database.exists():
        create(database)
    result = Added()
    with opened(database) as connection:
        known = known_hashes(connection)
        given = known_facts(connection)
        before = frozenset(known)
        prepared = _prepare_all(
            [
                _Unprepared(
                    path, name, facts, known[name].alignment if name in known else None, given.get(name)
                )
                for path, name in files.items()
            ],
            jobs,
        )
        while some := list(itertools.islice(prepared, EVENTS_PER_TRANSACTION)):
            _put(connection, some, known, before, result)
            for path, one in some:
                if isinstance(one, EventRecord) and str(path) not in result.failed:
                    _note_kept(one.info.name, given.get(one.info.name), facts, result)
                on_done(result.failed.get(str(path), ""))
    result.twins |= _twins(result.added, known)
    return result


def _twins(added: Sequence[str], known: Mapping[str, EventHashes]) -> dict[str, str]:
    """Return for each added event another one of the same page and recording, if there is one."""
    names: dict[tuple[str, str], list[str]] = {}
    for name, hashes in known.items():
        names.setdefault((hashes.transcript, hashes.recording), []).append(name)
    of_added = {name: names[known[name].transcript, known[name].recording] for name in added}
    return {
        name: next(one for one in same if one != name) for name, same in of_added.items() if len(same) > 1
    }


def _prepare_all(work: Sequence[_Unprepared], jobs: int) -> Iterator[tuple[Path, _Prepared]]:
    paths = [one.path for one in work]
    if jobs == 1 or len(work) <= FEW:
        yield from zip(paths, map(_prepare, work), strict=True)
        return
    with processes(min(jobs, len(work))) as pool:
        yield from zip(paths, in_order(pool, _prepare, ((one,) for one in work)), strict=True)


def _prepare(work: _Unprepared) -> _Prepared:
    gc.disable()  # looking for cycles among a hundred thousand objects that have none takes a seventh of the time
    try:
        content = read_bytes(work.path)
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 == work.known_sha256 and not work.facts.any:
            return None
        alignment = decode(content, work.path)
        event = event_of(alignment, work.path)
        title = event.title or alignment.transcript.title
        known = work.known or EventGiven(None, None, False)
        by_person = work.facts.date or (known.date if known.by_person else None)
        day = by_person or event.date or known.date
        url = work.facts.url_of(work.name) or known.url
        info = EventInfo(work.name, title, event.occasion, day, url)
        return make_record(alignment, info, _as_text(work.path.absolute()), sha256, by_person is not None)
    except (AlignError, ArchiveError) as error:
        return str(error)
    finally:
        gc.enable()


def _note_kept(name: str, known: EventGiven | None, facts: EventFacts, result: Added) -> None:
    if known is None:
        return
    kept = ["url"] if facts.url_of(name) is None and known.url is not None else []
    kept += ["date"] if facts.date is None and known.by_person else []
    if kept:
        result.kept[name] = kept


def _put(
    connection: sqlite3.Connection,
    prepared: Sequence[tuple[Path, _Prepared]],
    known: dict[str, EventHashes],
    before: frozenset[str],
    result: Added,
) -> None:
    """Write events in one transaction, and add to the result; `before` are the names the archive began with."""
    records = []
    for path, one in prepared:
        if isinstance(one, str):
            result.failed[str(path)] = one
        elif isinstance(one, EventRecord):
            try:
                check_same_event(one, known.get(one.info.name))
                records.append(one)
                known[one.info.name] = one.hashes
            except ArchiveError as error:
                result.failed[str(path)] = str(error)
        else:
            result.unchanged.append(str(path))
    if records:
        with writing(connection):
            put_events(connection, records, datetime.now(UTC).isoformat(timespec="seconds"))
    for record in records:
        (result.replaced if record.info.name in before else result.added).append(record.info.name)
