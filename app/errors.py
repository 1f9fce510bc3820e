"""Errors of the command line itself."""

from __future__ import annotations

from pathlib import Path


class AppError(Exception):
    """A command could not do its work. The message says what, where and what to do."""

    exit_code = 1


class OutputError(AppError):
    """The files could not be written to `folder`; `reason` is the system's."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        return f"the output folder {self.folder} cannot be written to ({self.reason}): choose another with -o"


class StoppedError(AppError):
    """The user stopped the work before anything was written."""

    exit_code = 130
    """128 + SIGINT, as shells report it."""

    def __init__(self) -> None:
        super().__init__("stopped; no files were written")


class UsageError(AppError):
    """The command was called wrongly."""

    exit_code = 2
