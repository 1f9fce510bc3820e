"""The root of all errors, and two that every package may need."""

from __future__ import annotations

import errno
from pathlib import Path


class AsdeliveredError(Exception):
    """Something could not be done. The message says what, where and what to do.

    Each package has one root of its own below this one, in its `errors.py`.
    """


class UsageError(AsdeliveredError):
    """Something was asked for in a way that makes no sense."""


class OutputError(AsdeliveredError):
    """The files could not be written to `folder`; `reason` is the system's."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        return f"the output folder {self.folder} cannot be written to ({self.reason}): choose another with -o"


def first_line(error: Exception) -> str:
    """Return what the error of another library says, without the lines of detail that some add."""
    return str(error).strip().partition("\n")[0]


def reason_of(error: OSError) -> str:
    """Return what the system has against reading or writing a file, and what to do about it."""
    return f"{error.strerror or error}{_ADVICE.get(error.errno or 0, '')}"


_ADVICE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), ": free some space and try again"),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS), ": check the permissions, or choose another folder"
    ),
    errno.ENOENT: ": check the path",
}
"""By the system's error."""
