"""Writing a file whole or not at all, and identifying it by its hash."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from asdelivered.base.system import replace_file


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader finds the old file or the whole new one, never a part.

    The bytes go to a temporary file in the same folder and on to the disk; only then is it renamed to `path`.
    Whatever stops that (a full disk, a read-only folder, Ctrl-C) leaves `path` as it was, and the temporary file is
    removed. The file's permissions follow the umask.

    Raises OSError, which names `path`: the folder does not exist or cannot be written, the disk is full.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_file(temporary, path)
    except BaseException as error:
        if isinstance(error, OSError):  # which names the temporary file, or none where the disk is full
            error.filename, error.filename2 = str(path), None
        # If the temporary file cannot be removed either, the first error is still the one to report.
        with suppress(OSError):
            temporary.unlink()
        raise


def on_the_disk(path: Path) -> None:
    """Wait until a file that was written in pieces is on the disk, so that a loss of power leaves it whole.

    Raises OSError.
    """
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder and its missing parents; where the block raises, remove those that were made and are empty.

    Raises OSError.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):  # something else may have been put there meanwhile; it stays
                path.rmdir()
        raise


def check_room(folder: Path, size: int) -> None:
    """Raise OSError where `size` bytes cannot be written into a folder, which then is as before."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(size))
