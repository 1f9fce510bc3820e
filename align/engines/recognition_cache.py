"""What a recogniser heard, kept in files by the hash of all that it was made of: the same sound is not heard twice.

They are in a folder that may be deleted at any time. Each has what was heard with one language model, a line of JSON a
chunk, written as it is heard: a run that was killed leaves it to the next. What can't be read or written is heard anew.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from asdelivered.align.values.recognised_word import RecognisedWord

MOST_BYTES = 256 * 2**20
"""Of the folder: some 1,500 hours of speech."""


class RecognitionCache:
    """What was heard before with one language model, by the hash of the sound."""

    def __init__(self, folder: Path, model: str, most_bytes: int = MOST_BYTES) -> None:
        """Read what `folder` has of `model`, a hash in hex; the files used least lately go where it is too full."""
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
                    # The last line of a run that was killed may be half a line.
                    with suppress(ValueError, TypeError, KeyError):
                        entry = json.loads(line)
                        words = [
                            RecognisedWord(str(word), int(start), int(end))
                            for word, start, end in entry["words"]
                        ]
                        self._known[entry["sound"]] = words

    def get(self, sound: str) -> list[RecognisedWord] | None:
        """Return what was heard in the sound of this hash, None where that is not known."""
        return self._known.get(sound)

    def put(self, sound: str, words: list[RecognisedWord]) -> None:
        """Keep what was heard in the sound of this hash."""
        if sound in self._known or not self._writable:
            return
        self._known[sound] = words
        entry = {"sound": sound, "words": [(word.word, word.start, word.end) for word in words]}
        try:
            # A line in one write, at the end whoever else writes: after half a line it begins a new one.
            with self._path.open("ab", buffering=0) as file:
                file.write(("\n" + json.dumps(entry, separators=(",", ":")) + "\n").encode())
        except OSError:
            self._writable = False


def _shrink(folder: Path, most_bytes: int) -> None:
    """Delete the files that were used least lately, until what is left has `most_bytes` at most."""
    files = sorted(
        ((path.stat(), path) for path in folder.glob("*.jsonl")), key=lambda one: -one[0].st_mtime_ns
    )
    size = 0
    for stat, path in files:
        size += stat.st_size
        if size > most_bytes:
            path.unlink(missing_ok=True)
