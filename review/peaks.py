"""The waveform of a recording, kept on disk: the lowest and highest sample of each bucket, at several resolutions.

Each resolution has a file with two signed bytes per bucket, the lowest and the highest sample, from -127 to 127. The
finest has buckets of 2.5 ms; each coarser one has buckets four times as long. The files grow together while the
recording is decoded, and can be read meanwhile; a mark says that they are complete, and of which recording.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import ExitStack
from io import FileIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from asdelivered.base.files import write_whole
from asdelivered.media.decode import SAMPLE_RATE, decode_speech
from asdelivered.media.recording import Recording

FINEST = 40
"""Samples per bucket at the finest resolution."""
STEP = 4
LEVELS = 6
BUCKET_MS = tuple(1000 * FINEST * STEP**level / SAMPLE_RATE for level in range(LEVELS))
"""Milliseconds per bucket at each resolution."""
_VERSION = 1
_MARK = "peaks.json"

Pairs = NDArray[np.int8]
"""Rows of the lowest and the highest sample."""


class Peaks:
    """The peaks of one recording, in their folder; `compute` makes them unless they are `whole`."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.done = 0
        """Milliseconds of the recording whose peaks can be read."""
        self._key = key

    @property
    def whole(self) -> bool:
        """Whether the peaks of this very recording are complete."""
        try:
            mark = json.loads((self.folder / _MARK).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(mark, dict) and mark.get("key") == self._key

    def read(self, level: int, start: int, count: int) -> bytes:
        """Return the pairs of at most `count` buckets from number `start` on; fewer where there are no more yet."""
        try:
            with self._file(level).open("rb") as file:
                file.seek(2 * start)
                data = file.read(2 * count)
        except FileNotFoundError:
            return b""
        return data[: len(data) // 2 * 2]

    def compute(self, recording: Recording) -> None:
        """Decode the recording and write its peaks; `done` grows meanwhile.

        Raises MediaError where it can't be decoded, OSError where the folder can't be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _MARK).unlink(missing_ok=True)
        with ExitStack() as stack:
            files = [stack.enter_context(self._file(level).open("wb", 0)) for level in range(LEVELS)]
            levels = [_Level(file) for file in files]
            rest = np.zeros(0, dtype=np.int16)
            heard = 0
            for block in decode_speech(recording):
                samples = np.concatenate([rest, block])
                whole = len(samples) // FINEST * FINEST
                rest = samples[whole:]
                _add(levels, _peaks(samples[:whole].reshape(-1, FINEST)))
                heard += len(block)
                self.done = heard * 1000 // SAMPLE_RATE
            if len(rest):
                _add(levels, _peaks(rest[None]))
            for number, level in enumerate(levels[1:], start=1):
                _add(levels[number:], level.finish())
        write_whole(self.folder / _MARK, json.dumps({"key": self._key}).encode())

    def _file(self, level: int) -> Path:
        return self.folder / f"{level}.peaks"


class _Level:
    """A file that grows, and the finer pairs that don't fill a bucket yet."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._waiting: Pairs = np.zeros((0, 2), dtype=np.int8)

    def write(self, pairs: Pairs) -> None:
        self._file.write(pairs.tobytes())

    def joined(self, finer: Pairs) -> Pairs:
        pairs = np.concatenate([self._waiting, finer])
        whole = len(pairs) // STEP * STEP
        self._waiting = pairs[whole:]
        return _join(pairs[:whole].reshape(-1, STEP, 2))

    def finish(self) -> Pairs:
        waiting, self._waiting = self._waiting, self._waiting[:0]
        return _join(waiting[None]) if len(waiting) else waiting


def _add(levels: list[_Level], pairs: Pairs) -> None:
    """Write buckets of the first of these levels, and the coarser buckets that they complete."""
    for number, level in enumerate(levels):
        if not len(pairs):
            return
        level.write(pairs)
        if number + 1 < len(levels):
            pairs = levels[number + 1].joined(pairs)


def _peaks(samples: NDArray[np.int16]) -> Pairs:
    """Return the lowest and highest sample of each row, scaled to 127."""
    pairs = np.stack([samples.min(axis=1), samples.max(axis=1)], axis=1).astype(np.int32)
    return np.clip(np.rint(pairs * 127 / 32768), -127, 127).astype(np.int8)


def _join(pairs: Pairs) -> Pairs:
    return np.stack([pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)], axis=1)


def peaks_of(recording: Recording, beside: Path) -> Peaks:
    """Return the peaks of a recording, kept in `beside`, or in the user's cache where `beside` can't be written.

    Raises OSError where neither can be written.
    """
    stat = recording.path.stat()
    sound = f"{recording.audio.index}" + ("" if recording.channel is None else f".{recording.channel}")
    key = f"{_VERSION}:{recording.path.name}:{stat.st_size}:{stat.st_mtime_ns}:{sound}"
    name = hashlib.sha256(key.encode()).hexdigest()[:16]
    for folder in (beside / ".asdelivered", user_cache_path("asdelivered")):
        peaks = Peaks(folder / f"peaks-{name}", key)
        try:
            peaks.folder.mkdir(parents=True, exist_ok=True)
            if peaks.whole:
                peaks.done = recording.duration
            else:
                (peaks.folder / "0.peaks").touch()
        except OSError:
            continue
        return peaks
    raise OSError("neither the recording's folder nor the user's cache can be written")
