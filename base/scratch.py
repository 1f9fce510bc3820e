"""Scratch folders for temporary files, which are removed however the work ends."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from asdelivered.base.locks import Lock, try_lock
from asdelivered.base.system import is_mine

HIDDEN = ".asdelivered-"
"""How names of scratch folders begin in a user's folders."""
OPEN = "asdelivered-scratch-"
"""How they begin in the system's folder for temporary files."""
LOCK = ".lock"
"""The file in each that its process has locked."""


@contextmanager
def scratch_folder(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder inside `parent` (None: the system's folder for temporary files), and remove it at the end.

    If a process is killed, the next call with the same parent removes its folder. A file in each folder is locked by
    the process that made it, and the system releases the lock when that process ends, however it ends.

    Raises OSError: it cannot be made there.
    """
    within = parent or Path(tempfile.gettempdir())
    prefix = HIDDEN if parent else OPEN
    remove_abandoned(within, prefix)
    folder, lock = _make(within, prefix)
    try:
        yield folder
    finally:
        _remove(folder, lock)


def remove_abandoned(within: Path, prefix: str = HIDDEN) -> None:
    """Remove the folders with this prefix whose processes have ended; what can't be removed stays."""
    with suppress(OSError):
        for folder in within.glob(f"{prefix}*"):
            if not folder.is_symlink() and folder.is_dir() and is_mine(folder):
                with suppress(OSError):
                    _remove_if_abandoned(folder)


def _remove_if_abandoned(folder: Path) -> None:
    if not (folder / LOCK).exists():
        folder.rmdir()  # only where nothing is in it; a process that is about to lock it makes another
        return
    lock = try_lock(folder / LOCK)
    if lock is not None:
        _remove(folder, lock)


def _remove(folder: Path, lock: Lock | None) -> None:
    """Remove a folder, and its lock last: whatever a killed process leaves of it still tells that it is abandoned."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                with suppress(OSError):
                    path.unlink()
    with suppress(OSError):
        if lock is None:
            (folder / LOCK).unlink()
        else:
            lock.release()
        folder.rmdir()


def _make(within: Path, prefix: str) -> tuple[Path, Lock | None]:
    """Make a folder and lock it; where the file system has no locks a file stands for the lock, which is None."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
        try:
            lock = try_lock(folder / LOCK)
        except OSError:
            try:
                (folder / LOCK).touch()
            except FileNotFoundError:  # another process took it for abandoned while it was being locked
                continue
            return folder, None
        if lock is not None and is_mine(folder):
            folder.chmod(0o700)  # one that another process has removed was made again with the lock
            return folder, lock
