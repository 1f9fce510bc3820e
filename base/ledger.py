"""What the program wrote in a folder: each file's hash, what it was made of, and the command that made it.

The ledger is a hidden JSON file in the folder itself, so that it goes where the folder goes. By it the program knows
its own files from other people's (base/delivery.py), and a file that is older than its source.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import sha256_of, write_whole
from asdelivered.base.reading import DAMAGE, MB, read_file

NAME = ".asdelivered.json"
VERSION = 1
LARGEST = 16 * MB
EXAMPLE = ("demo",)
"""The command of the files that are an example of what people bring."""
LONG_TO_READ = 64 * MB


@dataclass(frozen=True)
class Source:
    """A file that another was made of: its path from the ledger's folder, and how it is known again.

    Hours of video take long to read: a file over `LONG_TO_READ` bytes whose size and time of change are as they were is
    taken for unchanged. Of smaller files neither is kept.
    """

    path: str
    sha256: str
    size: int = 0
    mtime_ns: int = 0


@dataclass(frozen=True)
class Entry:
    """A file that the program wrote.

    `hashes` are those it may have: the newest first, then the one that it had before. Both are known while a new file
    takes the old one's place, so whatever stops that leaves a file that the program still knows as its own.
    """

    hashes: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    command: tuple[str, ...] = ()


class Standing(StrEnum):
    """What a file is to the program."""

    FREE = "free"
    """There is none."""
    OWN = "own"
    """It is as the program wrote it."""
    CHANGED = "changed"
    """The program wrote it, and somebody has changed it since."""
    FOREIGN = "foreign"
    """The program did not write it, or does not know that it did."""


def read_ledger(folder: Path) -> dict[str, Entry]:
    """Return the entries of a folder by file name; none where it has no ledger, or one that makes no sense.

    A ledger that can't be understood makes every file a stranger's: nothing is replaced unasked. Raises OSError.
    """
    try:
        data = json.loads(read_file(folder / NAME, LARGEST, "ledger", AsdeliveredError))
        if not isinstance(data, dict) or data["version"] != VERSION:
            return {}
        return {str(name): _entry(one) for name, one in data["files"].items()}
    except (AsdeliveredError, *DAMAGE, TypeError, AttributeError):
        return {}


def standing(path: Path, known: Mapping[str, Entry] | None = None) -> Standing:
    """Return what a file is to the program. Raises OSError where it can't be read.

    `known` are the entries of its folder, where they have been read already: in a folder of thousands that matters.
    """
    if not path.exists() and not path.is_symlink():
        return Standing.FREE
    entry = (read_ledger(path.parent) if known is None else known).get(path.name)
    if entry is None or not path.is_file():
        return Standing.FOREIGN
    return Standing.OWN if sha256_of(path) in entry.hashes else Standing.CHANGED


def moved(entry: Entry, old: Path, new: Path) -> Entry:
    """Return an entry of the ledger of one folder as that of another has it."""
    sources = tuple(
        replace(one, path=Path(os.path.relpath((old / one.path).absolute(), new.absolute())).as_posix())
        for one in entry.sources
    )
    return replace(entry, sources=sources)


def is_stale(entry: Entry, path: Path) -> bool:
    """Tell whether one of the sources of a file is another one by now. A source that is gone makes nothing stale."""
    return any(_has_changed(source, path.parent) for source in entry.sources)


def announce(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Enter files before they are put in place; each keeps the hash that its name has been known by until then.

    Raises OSError.
    """
    known = read_ledger(folder)
    merged = {
        name: replace(one, hashes=_both(one, known.get(name), folder / name)) for name, one in entries.items()
    }
    everything = {
        name: one for name, one in {**known, **merged}.items() if name in merged or (folder / name).exists()
    }
    document = {
        "version": VERSION,
        "files": {name: _to_json(one) for name, one in sorted(everything.items())},
    }
    write_whole(
        folder / NAME, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    )


def _both(new: Entry, old: Entry | None, path: Path) -> tuple[str, ...]:
    """Return the hashes that a file may have from now on: the new one's, and that which it has now, if it is ours.

    Of an entry with two hashes either may be the file's: a program may have been killed between entering and renaming.
    """
    hashes = new.hashes[:1]
    if old is None:
        return hashes
    before = old.hashes
    if len(before) > 1 and path.is_file():
        before = tuple(one for one in (sha256_of(path),) if one in before)
    return (*hashes, *(one for one in before if one not in hashes))


def _has_changed(source: Source, folder: Path) -> bool:
    path = folder / source.path
    try:
        stat = path.stat()
        if source.size and (stat.st_size, stat.st_mtime_ns) == (source.size, source.mtime_ns):
            return False
        return sha256_of(path) != source.sha256
    except OSError:
        return False


def _entry(data: Any) -> Entry:
    hashes = tuple(str(one) for one in data["sha256"])
    sources = tuple(
        Source(str(one["path"]), str(one["sha256"]), int(one.get("size", 0)), int(one.get("mtime_ns", 0)))
        for one in data.get("made_of", [])
    )
    return Entry(hashes, sources, tuple(str(word) for word in data.get("command", [])))


def _to_json(entry: Entry) -> dict[str, Any]:
    made_of = [
        {"path": one.path, "sha256": one.sha256}
        | ({"size": one.size, "mtime_ns": one.mtime_ns} if one.size else {})
        for one in entry.sources
    ]
    return {"sha256": list(entry.hashes), "made_of": made_of, "command": list(entry.command)}
