"""Locks between processes, on every system; each ends with the process that holds it, however that ends."""

from __future__ import annotations

import warnings
from contextlib import suppress
from pathlib import Path

with (
    warnings.catch_warnings()
):  # it warns where the system has no locks, and then writes who holds one into the file
    warnings.simplefilter("ignore", UserWarning)
    from filelock import BaseFileLock, FileLock, Timeout, UnixFileLock


class Lock:
    """A lock that this process holds; `try_lock` takes one."""

    def __init__(self, held: BaseFileLock, path: Path) -> None:
        self._held = held
        self._path = path

    def release(self) -> None:
        """Give the lock back, and remove its file. Any thread may call this, and more than once."""
        if not self._held.is_locked:
            return
        if isinstance(self._held, UnixFileLock):  # the others remove the file themselves
            with suppress(OSError):
                self._path.unlink()
        self._held.release()


def try_lock(path: Path) -> Lock | None:
    """Lock the file at `path`, which is made for that and has no other use; None if another holder has locked it.

    The file must not be one that is read or written: on Windows a locked file can't be. Raises OSError where the
    file can't be made, or its file system has no locks.
    """
    held = FileLock(path, timeout=0, thread_local=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            held.acquire()
    except Timeout:
        return None
    return Lock(held, path)
