"""Files on this machine, and at addresses that fsspec opens: those are brought here first."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from asdelivered.batch.errors import BatchError, JobError

BLOCK = 1 << 20


def is_remote(place: str) -> bool:
    """Tell whether this is an address, not a path."""
    return "://" in place


def read_bytes(place: str, most: int) -> bytes:
    """Return what a file has. Raises BatchError where it can't be read, or has more than `most` bytes."""
    try:
        if is_remote(place):
            system, path = _system(place)
            with system.open(path, "rb") as file:
                data: bytes = file.read(most + 1)
        else:
            with Path(place).open("rb") as file:
                data = file.read(most + 1)
    except (OSError, ValueError, ImportError) as error:
        raise BatchError(f"{place}: it cannot be read: {_why(error)}") from error
    if len(data) > most:
        raise BatchError(f"{place}: it is larger than {most >> 20} MiB")
    return data


def list_files(place: str) -> list[str]:
    """Return the files in a folder and in those inside it, but for hidden ones. Raises BatchError."""
    try:
        if not is_remote(place):
            if not Path(place).is_dir():
                raise BatchError(f"{place}: it is neither a folder nor a .csv or .jsonl file that is there")
            return [
                os.path.join(folder, name)  # noqa: PTH118  names may be bytes that pathlib would tidy up
                for folder, _, names in os.walk(place)
                for name in names
                if not any(part.startswith(".") for part in Path(folder, name).relative_to(place).parts)
            ]
        system, path = _system(place)
        return [system.unstrip_protocol(file) for file in system.find(path)]
    except (OSError, ValueError, ImportError) as error:
        raise BatchError(f"{place}: it cannot be read: {_why(error)}") from error


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
    try:
        system, path = _system(place)
        return str(system.ukey(path))
    except (NotImplementedError, AttributeError):
        return None
    except (OSError, ValueError, ImportError) as error:
        raise JobError(f"{place}: it cannot be read: {_why(error)}", transient=True) from error


def fetch(place: str, folder: Path) -> Path:
    """Return the file at `place`; one that is not on this machine is brought into `folder`. Raises JobError."""
    if not is_remote(place):
        return Path(place)
    target = folder / (place.rstrip("/").rpartition("/")[2] or "file")
    try:
        system, path = _system(place)
        system.get_file(path, str(target))
    except (OSError, ValueError, ImportError) as error:
        transient = not isinstance(error, FileNotFoundError | ImportError)
        raise JobError(f"{place}: it cannot be fetched: {_why(error)}", transient) from error
    return target


def _system(place: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it. Raises ImportError where a package is missing."""
    from fsspec.core import url_to_fs

    system, path = url_to_fs(place)
    return system, str(path)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
