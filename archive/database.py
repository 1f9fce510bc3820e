"""The database file of an archive: made whole, opened with care, and its errors told in words."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.schema import APPLICATION, MIGRATIONS, migrate, version_of

PATIENCE = 10.0
"""Seconds to wait for another program that is writing."""
_HEADER = b"SQLite format 3\0"


def create(path: Path) -> None:
    """Make an empty archive. It appears under its name when it is whole; nothing that is there is overwritten.

    Raises ArchiveError where there is a file of that name, or none can be made.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with _told(path), closing(sqlite3.connect(_address(temporary, "rwc"), uri=True)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN")
            migrate(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
        os.link(temporary, path)
    except FileExistsError as error:
        raise ArchiveError(f"{path} is there already") from error
    except OSError as error:
        raise ArchiveError(f"{path}: the archive cannot be made: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


@contextmanager
def opened(path: Path, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the archive at `path`, for one thread; an older archive is brought up to date.

    Whatever SQLite objects to within the block is raised as ArchiveError, as is a file that isn't there, is empty, is
    no archive or comes from a newer version of the program: such a file is left as it is. Another program's writing is
    waited for, `patience` seconds.
    """
    _check_file(path)
    with _told(path), closing(_connect(path, patience)) as connection:
        _check_archive(connection, path)
        yield connection


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state of the archive within the block, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of what the block writes, or nothing where it raises; one writer at a time."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(
            sqlite3.Error
        ):  # a full disk has rolled back by itself; the first error is the one to tell
            connection.execute("ROLLBACK")
        raise


def _address(path: Path, mode: str) -> str:
    """Return the URI of a file: SQLite would take a name that begins with "file:" for one."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: there is no such file: `asdelivered archive add` makes one") from error
    except OSError as error:
        raise ArchiveError(f"{path}: the archive cannot be read: {error.strerror or error}") from error
    if not header:
        raise ArchiveError(
            f"{path} is empty, and no archive: restore it from a copy, or remove it to begin a new one"
        )
    if header != _HEADER:
        raise ArchiveError(f"{path} is not an archive: it is not a SQLite database")


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    mode = "rw" if writable else "ro"
    if not writable and not path.with_name(f"{path.name}-wal").exists():
        mode += "&immutable=1"  # on a disc that can't be written to nobody else writes either
    connection = sqlite3.connect(_address(path, mode), timeout=patience, uri=True)
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


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
def _told(path: Path) -> Iterator[None]:
    """Raise what SQLite raises as ArchiveError, in words."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        reason = next((text for known, text in _REASONS.items() if name.startswith(known)), str(error))
        raise ArchiveError(f"{path}: {reason}") from error


_REASONS = {
    "SQLITE_BUSY": "another program is writing to the archive: try again when it is done",
    "SQLITE_LOCKED": "another program is writing to the archive: try again when it is done",
    "SQLITE_FULL": "the disk is full; the archive is as it was: make room and try again",
    "SQLITE_READONLY": "the archive cannot be written to: check its permissions and those of its folder",
    "SQLITE_CANTOPEN": "the archive cannot be opened: check its permissions and those of its folder",
    "SQLITE_PERM": "the archive cannot be opened: check its permissions and those of its folder",
    "SQLITE_NOTADB": "this is not an archive, or it is damaged: restore it from a copy",
    "SQLITE_CORRUPT": "the archive is damaged: restore it from a copy, or make it again from the alignments",
    "SQLITE_IOERR": "the disk cannot be read or written; the archive is as it was: check the disk",
}
