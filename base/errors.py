"""The root of the errors that all packages raise, and the two that every floor may need."""

from __future__ import annotations

from pathlib import Path


class AsdeliveredError(Exception):
    """Something could not be done. The message says what, where and what to do.

    Each package has one root of its own below this one, in its `errors.py`.
    """


class UsageError(AsdeliveredError):
    """Something was asked for in a way that can't be meant."""


class OutputError(AsdeliveredError):
    """The files could not be written to `folder`; `reason` is the system's."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        return f"the output folder {self.folder} cannot be written to ({self.reason}): choose another with -o"
