"""Reading what others wrote: up to a limit, so that no file can exhaust the memory; damage is told in a sentence."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from asdelivered.base.errors import AsdeliveredError

MB = 2**20
DAMAGE = (
    ArithmeticError,  # a number out of every range, a denominator of 0
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    ValueError,  # UnicodeError too
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What parsers raise where a file is damaged, besides the errors of their own."""
_LONGEST_REASON = 200


@contextmanager
def foreign(
    name: object, what: str, error: type[AsdeliveredError], *others: type[Exception]
) -> Iterator[None]:
    """Raise `error` for whatever the parser in the block raises because a file is damaged.

    `name` is the file's name, `what` says what it should be ("PDF file"). `others` are exceptions beyond DAMAGE that
    this parser raises. Errors of the program itself pass unchanged.

    Examples:
        >>> import json
        >>> from asdelivered.base.errors import AsdeliveredError
        >>> from asdelivered.base.reading import foreign
        >>> with foreign("a.json", "page", AsdeliveredError):  # doctest: +ELLIPSIS
        ...     json.loads("[" * 100_000)
        Traceback (most recent call last):
        asdelivered.base.errors.AsdeliveredError: a.json is no page, or a damaged one: it is nested too deep: ...

    """
    kinds: tuple[type[Exception], ...] = (*DAMAGE, *others)
    try:
        yield
    except AsdeliveredError:
        raise
    except kinds as cause:
        raise error(
            f"{name} is no {what}, or a damaged one: {reason_of(cause)}: mend it, or get a new copy"
        ) from cause


def reason_of(cause: Exception) -> str:
    """Return in a few words why a parser failed."""
    if isinstance(cause, RecursionError):
        return "it is nested too deep"
    if isinstance(cause, ZeroDivisionError):
        return "a fraction in it has the denominator 0"
    if isinstance(cause, OverflowError):
        return "a number in it is too large"
    if isinstance(cause, UnicodeEncodeError):
        return "it holds half a surrogate pair, which is no character"
    if isinstance(cause, KeyError):
        return f"it lacks {cause}"
    text = " ".join(str(cause).split()).rstrip(".:") or type(cause).__name__
    return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}..."


def read_file(path: Path, limit: int, what: str, error: type[AsdeliveredError]) -> bytes:
    """Return the bytes of a file, at most `limit`. `what` names what it should be: "style", "list of quotes".

    Raises `error`: there is no such file, it cannot be read, or it is larger than `limit`.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file, limit, str(path), what, error)
    except FileNotFoundError as cause:
        raise error(f"{path} cannot be read: there is no such file") from cause
    except IsADirectoryError as cause:
        raise error(f"{path} is a folder: give the {what} itself") from cause
    except OSError as cause:
        raise error(f"{path} cannot be read: {cause.strerror or cause}") from cause
    except ValueError as cause:  # a name with a zero byte
        raise error(f"{str(path)!r} is not a valid file name: {cause}") from cause


def read_stream(file: IO[bytes], limit: int, name: str, what: str, error: type[AsdeliveredError]) -> bytes:
    """Return the rest of a stream, at most `limit` bytes; messages call it `name`.

    Raises `error` where there is more, and OSError.
    """
    data = file.read(limit + 1)
    if len(data) > limit:
        raise error(f"{name} is larger than {limit // MB} MB: that is no {what}")
    return data
