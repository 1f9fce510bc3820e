"""Bounded reading: a file is read up to a limit, or refused, so that no foreign file can exhaust the memory."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from asdelivered.base.errors import AsdeliveredError

MB = 2**20


def read_file(path: Path, limit: int, what: str, error: type[AsdeliveredError]) -> bytes:
    """Return the bytes of a file, at most `limit`. `what` names what it should be: "style", "list of quotes".

    Raises `error`: there is no such file, it cannot be read, or it is larger than `limit`.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file, limit, str(path), what, error)
    except FileNotFoundError as cause:
        raise error(f"{path} cannot be read: there is no such file") from cause
    except OSError as cause:
        raise error(f"{path} cannot be read: {cause.strerror or cause}") from cause
    except ValueError as cause:  # a name with a zero byte
        raise error(f"{str(path)!r} is no name of a file: {cause}") from cause


def read_stream(file: IO[bytes], limit: int, name: str, what: str, error: type[AsdeliveredError]) -> bytes:
    """Return the rest of a stream, at most `limit` bytes; messages call it `name`.

    Raises `error` where there is more, and OSError.
    """
    data = file.read(limit + 1)
    if len(data) > limit:
        raise error(f"{name} is larger than {limit // MB} MB: that is no {what}")
    return data
