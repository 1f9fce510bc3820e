"""A cache of what was recognised, by hashes of everything that went into it: no sound is recognised twice.

Its folder may be deleted at any time. Each file holds what was recognised with one language model, a line of JSON per
chunk, written at once, so a run that is killed leaves its results to the next. What can't be read is recognised again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from asdelivered.align.values.recognised_word import RecognisedWord

MOST_BYTES = 256 * 2**20
"""The most that the folder holds: some 1,500 hours of speech."""


class RecognitionCache:
    """What was recognised before with one language model, by the hash of the sound."""

    def __init__(self, folder: Path, model: str, most_bytes: int = MOST_BYTES) -> None:
        """Read what `folder` has for `model`, a hash in hex. The oldest files of a full folder are deleted."""
        self._path = folder / f"{model}.jsonl"
        self._known: dict[str, list[RecognisedWord]] = {}
        self._writable = True
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if self._path.exists():
                self._path.touch()
            _shrink(folder, most_bytes)
            with self._path.open("rb") as file:
                for line in file:
                    # A run that was killed may have left half a line.
                    with suppress(ValueError, TypeError, KeyError):
                        entry = json.loads(line)
                        words = [
                            RecognisedWord(str(word), int(start), int(end))
                            for word, start, end in entry["words"]
                        ]
                        self._known[entry["sound"]] = words

    def get(self, sound: str) -> list[RecognisedWord] | None:
        """Return what was recognised in the sound of this hash; None if it is not in the cache."""
        return self._known.get(sound)

    def put(self, sound: str, words: list[RecognisedWord]) -> None:
        """Keep what was recognised in the sound of this hash."""
        if sound in self._known or not self._writable:
            return
        self._known[sound] = words
        entry = {"sound": sound, "words": [(word.word, word.start, word.end) for word in words]}
        try:
            # One write appends the line, whoever else writes; the newline before it ends a half line.
            with self._path.open("ab", buffering=0) as file:
                file.write(("\n" + json.dumps(entry, separators=(",", ":")) + "\n").encode())
        except OSError:
            self._writable = False


def _shrink(folder: Path, most_bytes: int) -> None:
    """Delete the least recently used files until at most `most_bytes` are left."""
    files = sorted(
        ((path.stat(), path) for path in folder.glob("*.jsonl")), key=lambda one: -one[0].st_mtime_ns
    )
    size = 0
    for stat, path in files:
        size += stat.st_size
        if size > most_bytes:
            path.unlink(missing_ok=True)
