"""The locations of inputs: paths on this machine, or addresses that fsspec opens, whose files are fetched first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from asdelivered.base.reading import read_stream
from asdelivered.batch.errors import BatchError, JobError


def is_remote(location: str) -> bool:
    """Return whether a location is an address, not a path."""
    return "://" in location


def name_of(location: str) -> str:
    """Return the name of the file at a location, without the query string of a web address."""
    if location.startswith(("http://", "https://")):
        location = unquote(location.partition("?")[0])
    return location.rstrip("/").rpartition("/")[2]


def read_bytes(location: str, most: int) -> bytes:
    """Return the contents of a file. Raises BatchError where it cannot be read, or has more than `most` bytes."""
    with _reported(location, "read", BatchError):
        if is_remote(location):
            system, path = _system(location)
            with system.open(path, "rb") as file:
                return read_stream(file, most, location, "list of jobs", BatchError)
        with Path(location).open("rb") as file:
            return read_stream(file, most, location, "list of jobs", BatchError)


def list_files(location: str) -> list[str]:
    """Return the files in a folder and its subfolders, except hidden ones. Raises BatchError."""
    if is_remote(location):
        with _reported(location, "read", BatchError):
            system, path = _system(location)
            return [system.unstrip_protocol(file) for file in system.find(path)]
    if not Path(location).is_dir():
        raise BatchError(f"{location}: there is no folder, .csv or .jsonl file of that name")
    return [
        os.path.join(folder, name)  # noqa: PTH118  names may be bytes that pathlib would tidy up
        for folder, _, names in os.walk(location)
        for name in names
        if not any(part.startswith(".") for part in Path(folder, name).relative_to(location).parts)
    ]


def size_of(location: str) -> int:
    """Return the size of a file in bytes; 0 if it is missing, or not on this machine (asking would take time)."""
    with suppress(OSError, ValueError):
        if not is_remote(location):
            return Path(location).stat().st_size
    return 0


def mark_of(location: str) -> str | None:
    """Return a mark that changes when a remote file does (from its size, time or version), if its store has one.

    None for a local file. Raises JobError where the file is not there.
    """
    if not is_remote(location):
        return None
    with _reported(location, "read", JobError):
        system, path = _system(location)
        try:
            return str(system.ukey(path))
        except (NotImplementedError, AttributeError):
            return None


def fetch(location: str, folder: Path) -> Path:
    """Return the file at `location`, fetched into `folder` if it is not on this machine. Raises JobError."""
    if not is_remote(location):
        return Path(location)
    target = folder / (name_of(location) or "file")
    with _reported(location, "fetched", JobError):
        system, path = _system(location)
        system.get_file(path, str(target))
    return target


def _system(location: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it. Raises ImportError where a package is missing."""
    from fsspec.core import url_to_fs

    system, path = url_to_fs(location)
    return system, str(path)


@contextmanager
def _reported(location: str, what: str, kind: type[BatchError | JobError]) -> Iterator[None]:
    """Raise any exception in the block as a readable error of the given `kind`; `what` is what could not be done."""
    try:
        yield
    except ImportError as error:
        hint = ": pip install 'asdelivered[http]'" if location.startswith("http") else ""
        raise kind(f"{location}: it cannot be {what}: {error}{hint}") from error
    except Exception as error:  # each store has errors of its own
        # fsspec reports a server that does not answer as a file that is not there.
        cause = error.__cause__ if isinstance(error, FileNotFoundError) else error
        if cause is None:
            raise kind(f"{location}: it cannot be {what}: there is no such file") from error
        reason = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
        message = f"{location}: it cannot be {what}: {reason or type(cause).__name__}"
        raise (JobError(message, transient=True) if kind is JobError else kind(message)) from error
