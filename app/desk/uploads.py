"""Files that a page sends in pieces, so that the largest recording needs no more memory than a piece."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asdelivered.app.errors import AppError

FOLDER = ".uploads"
LARGEST_PIECE = 4 << 20
"""Bytes."""
KEPT_FREE = 200_000_000
"""Bytes of the disk that an upload leaves free, for what is made of it."""
_KEY = re.compile(r"[0-9a-f]{16}")


class Uploads:
    """Uploads in progress, in a hidden folder of the library: what is moved from there need not be copied."""

    def __init__(self, library: Path) -> None:
        self._folder = library / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._in_use: set[Path] = set()
        for left in self._folder.iterdir():  # of a desk that ended: its page is gone, so nobody will go on
            left.unlink(missing_ok=True)

    def begin(self, size: int) -> str:
        """Begin an upload of `size` bytes, and return its key. Raises AppError where the disk has no room, OSError."""
        free = shutil.disk_usage(self._folder).free
        if size + KEPT_FREE > free:
            raise AppError(
                f"the file has {_bytes(size)}, and the disk of the library has {_bytes(free)} free: "
                "choose the file with the button, then it stays where it is; or make room"
            )
        key = secrets.token_hex(8)
        (self._folder / key).touch()
        return key

    def append(self, key: str, offset: int, piece: bytes) -> int:
        """Append a piece that begins at `offset`, and return how many bytes there are now.

        A piece that came before is not written twice. Raises AppError where a piece is missing before it, OSError.
        """
        path = self.path(key)
        with path.open("r+b") as file:
            there = file.seek(0, 2)
            if offset > there:
                raise AppError("a part of the file did not arrive: drop it again")
            file.seek(offset)
            file.write(piece)
            return max(there, offset + len(piece))

    def forget(self, key: str) -> None:
        """Remove what has come of an upload that was stopped. Raises AppError where there is none, OSError."""
        self.path(key).unlink(missing_ok=True)

    @contextmanager
    def in_use(self, *paths: Path) -> Iterator[None]:
        """Let nobody else take these files meanwhile. Raises AppError where somebody is taking one already."""
        taken = {path for path in paths if path.parent == self._folder}
        if taken & self._in_use:
            raise AppError("this file is being added already: wait for it")
        self._in_use |= taken
        try:
            yield
        finally:
            self._in_use -= taken

    def path(self, key: str) -> Path:
        """Return where an upload lies. Raises AppError where there is none of that key."""
        path = self._folder / key
        if not _KEY.fullmatch(key) or not path.is_file():
            raise AppError("this upload is no longer there: drop the file again")
        return path


def _bytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
