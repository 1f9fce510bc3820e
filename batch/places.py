"""Files on this machine, and at addresses that fsspec opens: those are brought here first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from asdelivered.base.reading import read_stream
from asdelivered.batch.errors import BatchError, JobError

BLOCK = 1 << 20


def is_remote(place: str) -> bool:
    """Tell whether this is an address, not a path."""
    return "://" in place


def name_of(place: str) -> str:
    """Return the name of the file at a path or an address, without what a web server is asked beside it."""
    if place.startswith(("http://", "https://")):
        place = unquote(place.partition("?")[0])
    return place.rstrip("/").rpartition("/")[2]


def read_bytes(place: str, most: int) -> bytes:
    """Return what a file has. Raises BatchError where it can't be read, or has more than `most` bytes."""
    with _told(place, "read", BatchError):
        if is_remote(place):
            system, path = _system(place)
            with system.open(path, "rb") as file:
                return read_stream(file, most, place, "list of jobs", BatchError)
        with Path(place).open("rb") as file:
            return read_stream(file, most, place, "list of jobs", BatchError)


def list_files(place: str) -> list[str]:
    """Return the files in a folder and in those inside it, but for hidden ones. Raises BatchError."""
    if is_remote(place):
        with _told(place, "read", BatchError):
            system, path = _system(place)
            return [system.unstrip_protocol(file) for file in system.find(path)]
    if not Path(place).is_dir():
        raise BatchError(f"{place}: it is neither a folder nor a .csv or .jsonl file that is there")
    return [
        os.path.join(folder, name)  # noqa: PTH118  names may be bytes that pathlib would tidy up
        for folder, _, names in os.walk(place)
        for name in names
        if not any(part.startswith(".") for part in Path(folder, name).relative_to(place).parts)
    ]


def size_of(place: str) -> int:
    """Return the bytes of a file on this machine; 0 where it isn't there, or is somewhere else: asking takes time."""
    with suppress(OSError, ValueError):
        if not is_remote(place):
            return Path(place).stat().st_size
    return 0


def mark_of(place: str) -> str | None:
    """Return what changes when a remote file does (its size, time, version), if its store tells; None for a local one.

    Raises JobError where the file isn't there.
    """
    if not is_remote(place):
        return None
    with _told(place, "read", JobError):
        system, path = _system(place)
        try:
            return str(system.ukey(path))
        except (NotImplementedError, AttributeError):
            return None


def fetch(place: str, folder: Path) -> Path:
    """Return the file at `place`; one that is not on this machine is brought into `folder`. Raises JobError."""
    if not is_remote(place):
        return Path(place)
    target = folder / (name_of(place) or "file")
    with _told(place, "fetched", JobError):
        system, path = _system(place)
        system.get_file(path, str(target))
    return target


def _system(place: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it. Raises ImportError where a package is missing."""
    from fsspec.core import url_to_fs

    system, path = url_to_fs(place)
    return system, str(path)


@contextmanager
def _told(place: str, what: str, kind: type[BatchError | JobError]) -> Iterator[None]:
    """Raise whatever goes wrong within the block as an error of this kind, in words."""
    try:
        yield
    except ImportError as error:
        hint = ": pip install 'asdelivered[http]'" if place.startswith("http") else ""
        raise kind(f"{place}: it cannot be {what}: {error}{hint}") from error
    except Exception as error:  # each store has errors of its own
        # fsspec has a server that does not answer for a file that is not there.
        cause = error.__cause__ if isinstance(error, FileNotFoundError) else error
        if cause is None:
            raise kind(f"{place}: it cannot be {what}: there is no such file") from error
        reason = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
        told = f"{place}: it cannot be {what}: {reason or type(cause).__name__}"
        raise (JobError(told, transient=True) if kind is JobError else kind(told)) from error
