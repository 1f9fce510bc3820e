"""Writing a file whole or not at all, and identifying it by its hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
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


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
