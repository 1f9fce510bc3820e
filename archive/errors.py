"""Errors of the archive package."""

from __future__ import annotations

from pathlib import Path

from asdelivered.base.errors import AsdeliveredError


class ArchiveError(AsdeliveredError):
    """The archive could not be read or written. The message says what is wrong, where, and what to do."""


class UnknownEventError(ArchiveError):
    """The archive has no event of that name; `near` are similar names."""

    def __init__(self, path: Path, name: str, near: tuple[str, ...]) -> None:
        super().__init__(path, name, near)
        self.path = path
        self.name = name
        self.near = near

    def __str__(self) -> str:
        hint = (
            f"did you mean {' or '.join(self.near)}?" if self.near else "`asdelivered archive list` shows all"
        )
        return f"{self.path}: there is no event {self.name!r} in it: {hint}"
