"""The tables of an archive, and the migrations that upgrade an older archive.

`PRAGMA user_version` is the number of migrations that a database has had; `PRAGMA application_id` marks it as an
archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION = 0x61736431
"""The application id: "asd1"."""

Migration = Callable[[sqlite3.Connection], None]

_FIRST = """
CREATE TABLE speakers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT, occasion TEXT,
    date TEXT,                       -- ISO 8601: 2024-12-12
    url TEXT,                        -- of the recording, on the web
    language TEXT NOT NULL,
    transcript_path TEXT NOT NULL, transcript_sha256 TEXT NOT NULL, transcript_title TEXT,
    recording_path TEXT NOT NULL, recording_sha256 TEXT NOT NULL, duration INTEGER NOT NULL,  -- ms
    engine TEXT NOT NULL,            -- JSON: name, version, settings
    untranscribed TEXT NOT NULL,     -- JSON: [[start, end], ...] in ms, with [..., text, confidence] of a draft
    sounds TEXT NOT NULL,            -- JSON: [[kind, start, end], ...] in ms
    created TEXT NOT NULL,
    alignment_path TEXT NOT NULL, alignment_sha256 TEXT NOT NULL,
    added TEXT NOT NULL,
    words INTEGER NOT NULL,          -- of the text, as they are searched
    shard INTEGER NOT NULL, first_block INTEGER NOT NULL, blocks INTEGER NOT NULL
);
CREATE UNIQUE INDEX events_by_block ON events (shard, first_block, blocks, words);
CREATE INDEX events_by_date ON events (date);

CREATE TABLE turns (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    speaker INTEGER REFERENCES speakers,
    first_word INTEGER NOT NULL, last_word INTEGER NOT NULL,  -- up to, not including
    PRIMARY KEY (event, number)
) WITHOUT ROWID;
CREATE INDEX turns_by_speaker ON turns (speaker, event, first_word, last_word);

CREATE TABLE lines (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    number INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    status INTEGER NOT NULL,         -- 0 matched, 1 partial, 2 interpolated, 3 unspoken
    start INTEGER, "end" INTEGER,    -- ms
    confidence INTEGER,              -- thousandths
    first_token INTEGER NOT NULL,    -- the line's first whitespace-separated token, counted over the event
    first_word INTEGER NOT NULL,     -- the same of words as they are searched
    PRIMARY KEY (event, number)
) WITHOUT ROWID;

-- For each event: start, end, confidence and status of every token; see word_times.py.
CREATE TABLE word_times (event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE, data BLOB NOT NULL);

-- For each shard and term the blocks that hold it; see terms.py and postings.py.
CREATE TABLE postings (id INTEGER PRIMARY KEY, blocks BLOB NOT NULL);
"""


def _first(connection: sqlite3.Connection) -> None:
    _run(connection, _FIRST)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _second(connection: sqlite3.Connection) -> None:
    """Store which engine timed each line. Older archives have lost this for events that several engines timed: the
    files of such events count as changed when they are added again.
    """
    connection.execute("ALTER TABLE lines ADD COLUMN engine TEXT")  # NULL: the one of the event
    connection.execute(
        "UPDATE events SET alignment_sha256 = ''"
        " WHERE json_extract(engine, '$[0]') LIKE '%,%' OR json_extract(engine, '$[2].fallback') IS NOT NULL"
    )


def _third(connection: sqlite3.Connection) -> None:
    """Store whether a person gave the date of an event, so that it is kept when the event is added again."""
    connection.execute("ALTER TABLE events ADD COLUMN date_given INTEGER NOT NULL DEFAULT 0")


def _fourth(connection: sqlite3.Connection) -> None:
    """Store which sound of its recording an event was aligned with, and of lines their channel and how doubts ended."""
    connection.execute("ALTER TABLE events ADD COLUMN sound TEXT")  # JSON: [track, channel, language]
    connection.execute("ALTER TABLE lines ADD COLUMN channel INTEGER")
    connection.execute("ALTER TABLE lines ADD COLUMN settled TEXT")


def _fifth(connection: sqlite3.Connection) -> None:
    """Store the occasion and the date that an alignment states, as its file has them."""
    connection.execute("ALTER TABLE events ADD COLUMN transcript_occasion TEXT")
    connection.execute("ALTER TABLE events ADD COLUMN transcript_date TEXT")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


MIGRATIONS: tuple[Migration, ...] = (_first, _second, _third, _fourth, _fifth)
"""In order: the first creates the tables, each other one upgrades an archive by one version."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations a database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Run the missing migrations, within the open transaction."""
    for number in range(version_of(connection), len(MIGRATIONS)):
        MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA user_version = {number + 1}")
