"""The recording of an alignment: found where it was, or where it is now, and identified by its hash."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.sources import find_source
from asdelivered.align.errors import AlignError
from asdelivered.media.sound import has, hearing

if TYPE_CHECKING:
    from asdelivered.media.recording import Recording

BLOCK = 1 << 20
"""Bytes that are hashed at a time."""


def find_recording(alignment: Alignment, alignment_path: Path, given: Path | None) -> Path:
    """Return where the recording of an alignment is: as `given`, where the alignment says, or beside the alignment.

    Raises AlignError where it is in none of these places.
    """
    if given is not None:
        return given
    found = find_source(alignment.recording.path, alignment_path)
    if found is None:
        raise AlignError(
            f"the recording is not at {alignment.recording.path} any more, nor beside {alignment_path}: "
            "say where it is with --recording"
        )
    return found


def open_aligned(alignment: Alignment, path: Path) -> Recording:
    """Open the recording of an alignment, with the sound that was aligned.

    Another copy of it may lack that sound; then it is heard as it is. Raises MediaError.
    """
    from asdelivered.media.recording import open_recording  # who only looks for the file needs no decoder

    recording = open_recording(path)
    sound = alignment.recording.sound
    return hearing(recording, sound) if sound is not None and has(recording, sound) else recording


class HashCheck:
    """Compares a file's SHA-256 with the one in an alignment, in the background.

    Hours of video take long to read. A clip needs only a minute of them and can be made meanwhile, but should not be
    released before `is_same` has returned.
    """

    def __init__(self, path: Path, sha256: str) -> None:
        self._path = path
        self._sha256 = sha256
        self._found = ""
        self._error: OSError | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def is_same(self) -> bool:
        """Wait for the comparison and return its result. Raises AlignError where the file can't be read."""
        self._thread.join()
        if self._error is not None:
            raise AlignError(f"{self._path} cannot be read ({self._error.strerror or self._error})")
        return self._found == self._sha256

    @property
    def stopped(self) -> bool:
        """Whether the comparison was stopped."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stop the comparison, and leave the rest of the file unread."""
        self._stopped.set()
        self._thread.join()

    def _read(self) -> None:
        digest = hashlib.sha256()
        try:
            with self._path.open("rb") as file:
                while not self._stopped.is_set() and (block := file.read(BLOCK)):
                    digest.update(block)
        except OSError as error:
            self._error = error
        self._found = digest.hexdigest()
