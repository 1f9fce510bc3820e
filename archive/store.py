"""Add events to an archive, remove them, and list them."""

from __future__ import annotations

import difflib
import itertools
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.archive.database import rows_of, typed
from asdelivered.archive.errors import ArchiveError, UnknownEventError
from asdelivered.archive.event import EventGiven, EventHashes, EventInfo, StoredEvent
from asdelivered.archive.postings import SHARD, with_blocks, without_blocks
from asdelivered.archive.records import EventRecord, read_terms
from asdelivered.archive.terms import TERM_BITS

Changes = dict[int, list[NDArray[np.int64]]]
"""For each shard, terms with their blocks (as in `terms.block_terms`), counted from the shard's first."""
Change = Callable[[bytes, NDArray[np.int64]], bytes]
_BLOCK_BITS = 16
_EVENT = (
    "SELECT e.id, e.name, e.title, e.occasion, e.date, e.url, e.language, e.duration, e.words,"
    " e.transcript_path, e.transcript_sha256, e.recording_path, e.recording_sha256,"
    " e.alignment_sha256, e.alignment_path, e.added FROM events e"
)
_EVENT_TYPES = (int, str, *(str | None,) * 4, str, int, int, *(str,) * 7)


def put_events(connection: sqlite3.Connection, records: Sequence[EventRecord], added: str) -> None:
    """Put events into the archive, replacing those of the same name; `added` is the time (ISO 8601).

    Of two records with the same name the last wins. Call it within `writing`, so that readers see all of them or none;
    a few hundred at a time are fastest.
    """
    removed: Changes = defaultdict(list)
    added_terms: Changes = defaultdict(list)
    for record in {record.info.name: record for record in records}.values():
        _remove(connection, record.info.name, removed)
        shard, first = _free_blocks(connection, record.blocks)
        _insert(connection, record, shard, first, added)
        added_terms[shard].append(record.terms + first)
    _change_postings(connection, removed, without_blocks)
    _change_postings(connection, added_terms, with_blocks)


def remove_events(connection: sqlite3.Connection, path: Path, names: Sequence[str]) -> None:
    """Remove events, within `writing`.

    Raises UnknownEventError where one is not there, and then removes none; `path` is the archive's, for the message.
    """
    removed: Changes = defaultdict(list)
    for name in names:
        find_event(connection, path, name)
    for name in names:
        _remove(connection, name, removed)
    _change_postings(connection, removed, without_blocks)
    connection.execute(
        "DELETE FROM speakers WHERE NOT EXISTS (SELECT 1 FROM turns WHERE turns.speaker = speakers.id)"
    )


def known_hashes(connection: sqlite3.Connection) -> dict[str, EventHashes]:
    """Return the hashes of the files of each event, by its name."""
    rows = connection.execute(
        "SELECT name, alignment_sha256, transcript_sha256, recording_sha256 FROM events"
    )
    return {name: EventHashes(*hashes) for name, *hashes in rows}


def known_facts(connection: sqlite3.Connection) -> dict[str, EventGiven]:
    """Return what is known of each event that its page may not say, by its name."""
    facts = {}
    for row in connection.execute("SELECT name, url, date, date_given FROM events"):
        with rows_of(connection):
            name, url, day, given = typed(row, str, str | None, str | None, int)
            facts[name] = EventGiven(url, date.fromisoformat(day) if day else None, bool(given))
    return facts


def list_events(connection: sqlite3.Connection) -> Iterator[StoredEvent]:
    """Yield all events, the latest first; those without a date come last, by name."""
    yield from _stored(
        connection, connection.execute(f"{_EVENT} ORDER BY e.date IS NULL, e.date DESC, e.name")
    )


def find_event(connection: sqlite3.Connection, path: Path, name: str) -> StoredEvent:
    """Return an event by name. Raises UnknownEventError; `path` is the archive's, for the message."""
    for event in _stored(connection, connection.execute(f"{_EVENT} WHERE e.name = ?", (name,))):
        return event
    raise UnknownEventError(path, name, _near(connection, name))


def events_at(
    connection: sqlite3.Connection, shard: int, first: int, last: int
) -> list[tuple[int, int, int, int]]:
    """Return the events that have blocks of a shard from `first` up to, but not including, `last`.

    Each with its first block, and the numbers of its blocks and of its words.
    """
    before = connection.execute(
        "SELECT max(first_block) FROM events WHERE shard = ? AND first_block <= ?", (shard, first)
    ).fetchone()[0]
    return connection.execute(
        "SELECT id, first_block, blocks, words FROM events"
        " WHERE shard = ? AND first_block >= ? AND first_block < ? AND first_block + blocks > ?",
        (shard, before or 0, last, first),
    ).fetchall()


def stored_event(connection: sqlite3.Connection, number: int) -> StoredEvent | None:
    """Return the event with this number; None if there is none."""
    return next(_stored(connection, connection.execute(f"{_EVENT} WHERE e.id = ?", (number,))), None)


def _stored(connection: sqlite3.Connection, rows: sqlite3.Cursor) -> Iterator[StoredEvent]:
    for row in rows:
        with rows_of(connection):
            event = _event(connection, row)
        yield event


def _event(connection: sqlite3.Connection, row: tuple[Any, ...]) -> StoredEvent:
    number, name, title, occasion, day, url, language, duration, words, *files = typed(row, *_EVENT_TYPES)
    speakers = connection.execute(
        "SELECT s.name FROM turns t JOIN speakers s ON s.id = t.speaker WHERE t.event = ?"
        " GROUP BY s.id ORDER BY min(t.number)",
        (number,),
    ).fetchall()
    names = tuple(typed(speaker, str)[0] for speaker in speakers)
    (lines,) = connection.execute("SELECT count(*) FROM lines WHERE event = ?", (number,)).fetchone()
    info = EventInfo(name, title, occasion, date.fromisoformat(day) if day else None, url)
    return StoredEvent(number, info, language, duration, words, lines, names, *files)


def _near(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    with rows_of(connection):
        names = [known for (known,) in connection.execute("SELECT name FROM events")]
        return tuple(difflib.get_close_matches(name, names, 2))


def _free_blocks(connection: sqlite3.Connection, blocks: int) -> tuple[int, int]:
    """Return a shard and the first of `blocks` free blocks in it: after the last used one, or else in the first gap."""
    (last,) = connection.execute("SELECT max(shard) FROM events").fetchone()
    if last is None:
        return 0, 0
    (end,) = connection.execute(
        "SELECT max(first_block + blocks) FROM events WHERE shard = ?", (last,)
    ).fetchone()
    if end + blocks <= SHARD:
        return int(last), int(end)
    gap = connection.execute(
        "SELECT shard, behind FROM (SELECT shard, first_block + blocks AS behind,"
        " lead(first_block, 1, ?) OVER (PARTITION BY shard ORDER BY first_block) AS next FROM events)"
        " WHERE next - behind >= ? LIMIT 1",
        (SHARD, blocks),
    ).fetchone()
    return (int(gap[0]), int(gap[1])) if gap else (int(last) + 1, 0)


def _insert(connection: sqlite3.Connection, record: EventRecord, shard: int, first: int, added: str) -> None:
    columns = {
        **record.columns,
        "added": added,
        "words": record.words,
        "shard": shard,
        "first_block": first,
        "blocks": record.blocks,
    }
    event = connection.execute(
        f"INSERT INTO events ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        tuple(columns.values()),
    ).lastrowid
    names = dict.fromkeys(name for _, _, name, _, _ in record.turns if name is not None)
    connection.executemany("INSERT OR IGNORE INTO speakers (name) VALUES (?)", [(name,) for name in names])
    speakers = {
        name: connection.execute("SELECT id FROM speakers WHERE name = ?", (name,)).fetchone()[0]
        for name in names
    }
    connection.executemany(
        "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)",
        [
            (event, number, name, None if speaker is None else speakers[speaker], start, end)
            for number, name, speaker, start, end in record.turns
        ],
    )
    connection.executemany(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(event, *line) for line in record.lines],
    )
    connection.execute("INSERT INTO word_times VALUES (?, ?)", (event, record.times))


def _remove(connection: sqlite3.Connection, name: str, removed: Changes) -> None:
    """Remove an event's rows, if it is there, and add its terms to `removed`."""
    row = connection.execute("SELECT id, shard, first_block FROM events WHERE name = ?", (name,)).fetchone()
    if row is None:
        return
    event, shard, first = row
    removed[shard].append(read_terms(connection, event) + first)
    connection.execute("DELETE FROM events WHERE id = ?", (event,))


def _change_postings(connection: sqlite3.Connection, changes: Changes, change: Change) -> None:
    """Change the blocks of each term in each shard."""
    for shard, parts in changes.items():
        keys = np.sort(np.concatenate(parts))
        terms = keys >> _BLOCK_BITS
        blocks = keys & (SHARD - 1)
        edges = np.flatnonzero(np.diff(terms, prepend=-1, append=-1)).tolist()
        for first, last in itertools.pairwise(edges):
            number = shard << TERM_BITS | int(terms[first])
            row = connection.execute("SELECT blocks FROM postings WHERE id = ?", (number,)).fetchone()
            data = change(row[0] if row else b"", blocks[first:last])
            if data:
                connection.execute("INSERT OR REPLACE INTO postings VALUES (?, ?)", (number, data))
            else:
                connection.execute("DELETE FROM postings WHERE id = ?", (number,))


def check_same_event(record: EventRecord, known: EventHashes | None) -> None:
    """Raise ArchiveError if an event would replace a different one: no file is the same as in `known`."""
    if known is None:
        return
    if all(new != old for new, old in zip(record.hashes, known, strict=True)):
        raise ArchiveError(
            f"{record.columns['alignment_path']}: the archive has another event {record.info.name!r}, of another page "
            "and recording: give this one another --name, or remove that one first"
        )
