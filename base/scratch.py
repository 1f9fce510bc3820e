"""Scratch folders for temporary files, which are removed however the work ends."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HIDDEN = ".asdelivered-"
"""How names of scratch folders begin in a user's folders."""
OPEN = "asdelivered-work-"
"""How they begin in the system's folder for temporary files."""

_NEW = ".new"
"""How they begin for the moment until they are locked."""
_LONG_AGO = 3600.0
"""Seconds after which that moment is over."""


@contextmanager
def scratch_folder(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder inside `parent` (None: the system's folder for temporary files), and remove it at the end.

    If a process is killed, the next call with the same parent removes its folder. Each folder is locked by the process
    that made it, and the system releases the lock when that process ends, however it ends.

    Raises OSError: it cannot be made there.
    """
    within = parent or Path(tempfile.gettempdir())
    prefix = HIDDEN if parent else OPEN
    remove_abandoned(within, prefix)
    made = Path(tempfile.mkdtemp(prefix=f"{_NEW}{prefix}", dir=within))
    lock = _locked(made)
    # It gets its final name only once it is locked, so that nobody takes it for abandoned.
    folder = made.rename(made.with_name(made.name.removeprefix(_NEW)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def remove_abandoned(within: Path, prefix: str = HIDDEN) -> None:
    """Remove the folders with this prefix whose processes have ended; what can't be removed stays."""
    with suppress(OSError):
        old = (folder for folder in within.glob(f"{_NEW}{prefix}*") if _age(folder) > _LONG_AGO)
        for folder in (*within.glob(f"{prefix}*"), *old):
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _age(folder: Path) -> float:
    return time.time() - folder.lstat().st_mtime


def _locked(folder: Path) -> int | None:
    """Lock a folder; None where another process has locked it, or its file system has no locks."""
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
