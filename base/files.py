"""Writing a file whole or not at all, and knowing it again."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader finds the old file or the whole new one, never a part.

    The bytes go to a temporary name in the same folder, to the disk, and only then to `path`. Whatever stops
    that (a full disk, a read-only folder, Ctrl-C) leaves what stood at `path` as it was and takes the
    temporary file away. The file's permissions follow the umask.

    Raises OSError: the folder does not exist or cannot be written, the disk is full.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        # Where the temporary file cannot be removed either, the first error is still the one to tell.
        with suppress(OSError):
            temporary.unlink()
        raise


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
