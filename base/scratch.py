"""A folder for the files of one piece of work, which nothing that stops the work leaves behind for good."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HIDDEN = ".asdelivered-"
"""How the folder is called among a user's files."""
OPEN = "asdelivered-work-"
"""How it is called where the system has its temporary files."""


@contextmanager
def scratch_folder(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder inside `parent` (None: where the system has its temporary files), and remove it at the end.

    A process that is killed can't remove its own; the next call with the same parent does it. Each folder is locked by
    the process that made it, and the system takes the lock off where that ends, however it ends.

    Raises OSError: it cannot be made there.
    """
    within = parent or Path(tempfile.gettempdir())
    prefix = HIDDEN if parent else OPEN
    remove_abandoned(within, prefix)
    made = Path(tempfile.mkdtemp(prefix=f".new{prefix}", dir=within))
    lock = _locked(made)
    # It gets the name by which others know it when it is locked: then nobody takes it for abandoned.
    folder = made.rename(made.with_name(made.name.removeprefix(".new")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def remove_abandoned(within: Path, prefix: str) -> None:
    """Remove the folders there whose names begin so and whose makers are gone; what can't be removed stays."""
    with suppress(OSError):
        for folder in within.glob(f"{prefix}*"):
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _locked(folder: Path) -> int | None:
    """Lock a folder; None where another process has it, or where its file system knows no locks."""
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
