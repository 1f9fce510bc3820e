"""The files of this machine that a person may choose from: those in the home folder and in the library, none hidden."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asdelivered.app.errors import AppError
from asdelivered.media.endings import RECORDING_ENDINGS
from asdelivered.transcripts.endings import SHARED_ENDINGS, TRANSCRIPT_ENDINGS

MOST = 2000
"""Entries of a folder that are listed."""
PAGES = frozenset(TRANSCRIPT_ENDINGS + SHARED_ENDINGS)


class Disk:
    """The folders that may be shown, and what is in them."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(dict.fromkeys(root.resolve() for root in roots if root.is_dir()))

    def allowed(self, text: str) -> Path:
        """Return a path that a page names, all links in it followed. Raises AppError: it lies elsewhere, or is hidden.

        A library whose own path has hidden folders is no secret; what is hidden inside a root is.
        """
        try:
            path = Path(text).resolve()
        except (OSError, ValueError, RuntimeError) as error:
            raise AppError("this path makes no sense: choose the file again") from error
        for root in self.roots:
            if path.is_relative_to(root) and not any(
                part.startswith(".") for part in path.relative_to(root).parts
            ):
                return path
        raise AppError(
            f"{path} is not in your home folder or the library: copy the file there, or drop it on the page"
        )

    def listing(self, text: str) -> dict[str, Any]:
        """Return a folder's content for the page, folders first; without a path, that of the first root.

        Raises AppError where it can't be read.
        """
        folder = self.allowed(text) if text else self.roots[0]
        try:
            entries = sorted(
                os.scandir(folder), key=lambda entry: (not entry.is_dir(), entry.name.casefold())
            )
        except OSError as error:
            raise AppError(f"{folder} can't be opened ({error.strerror}): choose another folder") from error
        shown = [entry for entry in entries if not entry.name.startswith(".") and self._is_inside(entry.path)]
        inside = any(folder != root and folder.is_relative_to(root) for root in self.roots)
        return {
            "path": str(folder),
            "parent": str(folder.parent) if inside else None,
            "roots": [str(root) for root in self.roots],
            "entries": [
                {"name": entry.name, "path": entry.path, "kind": _kind(entry)} for entry in shown[:MOST]
            ],
            "left_out": max(0, len(shown) - MOST),
        }

    def _is_inside(self, path: str) -> bool:
        try:
            self.allowed(path)
        except AppError:
            return False
        return True


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_dir():
        return "folder"
    ending = Path(entry.name).suffix.lower()
    return "recording" if ending in RECORDING_ENDINGS else "page" if ending in PAGES else "other"
