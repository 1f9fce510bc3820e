"""The database file of an archive: created whole, opened with care, its errors in plain words."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import UnionType
from typing import Any
from urllib.parse import quote

from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.recognise import HEADER
from asdelivered.archive.schema import APPLICATION, MIGRATIONS, migrate, version_of
from asdelivered.base.errors import reason_of
from asdelivered.base.reading import DAMAGE
from asdelivered.base.system import rename_to_new

PATIENCE = 10.0
"""Seconds to wait for another program that is writing."""
_BESIDE = 256 << 10
"""Bytes of the files that SQLite keeps beside a database while it is open."""


def create(path: Path) -> None:
    """Create an empty archive. It gets its name once it is complete, and never overwrites a file.

    Raises ArchiveError where the file exists, or cannot be created.
    """
    from asdelivered.base.scratch import scratch_folder  # whose locks a reader needs not

    try:
        with scratch_folder(path.absolute().parent) as scratch:
            made = scratch / path.name
            with _plain_errors(path), closing(sqlite3.connect(_address(made, "rwc"), uri=True)) as connection:
                connection.isolation_level = None
                connection.execute("BEGIN")
                migrate(connection)
                connection.execute("COMMIT")
                connection.execute("PRAGMA journal_mode = WAL")
            rename_to_new(made, path)
    except FileExistsError as error:
        raise ArchiveError(f"{path} is there already") from error
    except OSError as error:
        raise ArchiveError(f"{path}: the archive cannot be made: {reason_of(error)}") from error


@contextmanager
def opened(path: Path, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the archive at `path`, for one thread; an older archive is upgraded.

    Raises ArchiveError for a file that is missing, empty, not an archive or from a newer version of the program, and
    leaves it as it is; also for any SQLite error in the block. Waits `patience` seconds for another program that is
    writing.
    """
    _check_file(path)
    with _plain_errors(path), closing(_connect(path, patience)) as connection:
        _check_archive(connection, path)
        yield connection


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Show the block one state of the archive, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what the block writes, or nothing if it raises; one writer at a time."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back already; report the first error
            connection.execute("ROLLBACK")
        raise


def _address(path: Path, mode: str) -> str:
    """Return the URI of a file, since SQLite would take a name that begins with "file:" for a URI."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(HEADER))
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: there is no such file: `asdelivered archive add` makes one") from error
    except IsADirectoryError as error:
        raise ArchiveError(
            f"{path} is a folder: the archive comes first, a file such as events.db"
        ) from error
    except OSError as error:
        raise ArchiveError(f"{path}: the archive cannot be read: {error.strerror or error}") from error
    if not header:
        raise ArchiveError(
            f"{path} is empty, and no archive: restore it from a copy, or remove it to begin a new one"
        )
    if header != HEADER and path.name.endswith(".alignment.json"):
        raise ArchiveError(f"{path} is an alignment: the archive comes first, a file such as events.db")
    if header != HEADER:
        raise ArchiveError(f"{path} is not an archive: it is not a SQLite database")


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    # Root may write to any file; one that its owner marked as read-only stays as it is all the same.
    marked = not path.stat().st_mode & 0o222
    writable = (
        not marked
        and os.access(path, os.W_OK)
        and os.access(path.absolute().parent, os.W_OK)
        and _has_room(path)
    )
    mode = "rw" if writable else "ro"
    if not writable and not path.with_name(f"{path.name}-wal").exists():
        mode += "&immutable=1"  # nobody else writes to a disk that is read-only or full either
    connection = sqlite3.connect(_address(path, mode), timeout=patience, uri=True)
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _has_room(path: Path) -> bool:
    """Tell whether the disk has room for what SQLite writes beside an archive, even where it is only read."""
    return shutil.disk_usage(path.absolute().parent).free >= _BESIDE


def _check_archive(connection: sqlite3.Connection, path: Path) -> None:
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application != APPLICATION:
        raise ArchiveError(f"{path} is a SQLite database of another program, not an archive of asdelivered")
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise ArchiveError(
            f"{path} is an archive of version {version}, this program reads up to {len(MIGRATIONS)}: "
            "update asdelivered"
        )
    if version < len(MIGRATIONS):
        try:
            with writing(connection):
                migrate(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise ArchiveError(
                    f"{path} is an archive of version {version}, which is brought up to date when it is opened, and it "
                    "cannot be written to: check its permissions and those of its folder, or copy it"
                ) from error
            raise


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as ArchiveError, in plain words."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # SQLite's message may quote a damaged name that is no text.
        name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
        if name.startswith("SQLITE_READONLY") and not _has_room(path):
            name = "SQLITE_FULL"  # it was opened for reading only
        reason = next((text for known, text in _REASONS.items() if name.startswith(known)), str(error))
        raise ArchiveError(f"{path}: {reason}") from error


@contextmanager
def rows_of(connection: sqlite3.Connection) -> Iterator[None]:
    """Raise ArchiveError where the rows that the block reads are not what was put there: the file is damaged.

    SQLite finds damage to its own structure; inside a value, only what reads it can.
    """
    try:
        yield
    except (*DAMAGE, TypeError, AttributeError, MemoryError) as error:
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        raise ArchiveError(f"{path}: {_REASONS['SQLITE_CORRUPT']}") from error


def typed(row: tuple[Any, ...], *types: type[object] | UnionType) -> tuple[Any, ...]:
    """Return a row whose values have these types. Raises TypeError: a damaged file may hold any."""
    for value, wanted in zip(row, types, strict=True):
        if not isinstance(value, wanted):
            raise TypeError(f"a value is of the type {type(value).__name__}")
    return row


_REASONS = {
    "SQLITE_BUSY": "another program is writing to the archive: try again when it is done",
    "SQLITE_LOCKED": "another program is writing to the archive: try again when it is done",
    "SQLITE_FULL": "the disk is full; the archive is as it was: make room and try again",
    "SQLITE_READONLY": "the archive cannot be written to: check its permissions and those of its folder",
    "SQLITE_CANTOPEN": "the archive cannot be opened: check its permissions and those of its folder",
    "SQLITE_PERM": "the archive cannot be opened: check its permissions and those of its folder",
    "SQLITE_NOTADB": "this is not an archive, or it is damaged: restore it from a copy",
    "SQLITE_CORRUPT": "the archive is damaged: restore it from a copy, or make it again from the alignments",
    "SQLITE_ERROR": "the archive lacks tables or columns of its version: a program that was not released made it, or "
    "another one changed it: make it again from the alignments",
    "SQLITE_IOERR": "the disk cannot be read or written; the archive is as it was: check the disk",
}
