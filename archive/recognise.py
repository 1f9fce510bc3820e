"""Which files are archives, told without opening them as one."""

from __future__ import annotations

from pathlib import Path

from asdelivered.archive.errors import ArchiveError

HEADER = b"SQLite format 3\0"
"""How a file of SQLite begins."""


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database. Raises ArchiveError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: there is no such file") from error
    except IsADirectoryError as error:
        raise ArchiveError(f"{path} is a folder: give an alignment in it, or an archive") from error
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be read: {error.strerror or error}") from error
