"""What a folder holds: each file that the program made, what it was made of, and whether it is still up to date."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from asdelivered.align.document.pins import read_pins
from asdelivered.align.document.sources import stem_of
from asdelivered.align.errors import AlignError
from asdelivered.app.errors import AppError
from asdelivered.base.ledger import NAME, Entry, Standing, is_stale, read_ledger, standing
from asdelivered.subtitles.editing.edits_file import edits_path

ALIGNMENT = ".alignment.json"


class State(StrEnum):
    """How a file stands to what it was made of."""

    CURRENT = "up to date"
    STALE = "older than its source"
    EDITED = "changed by hand"


@dataclass(frozen=True)
class MadeFile:
    """A file that the program made. `command` makes it again, run in the file's folder; "" where none is known.

    `pins` is how many times a person has fixed in an alignment.
    """

    path: Path
    state: State
    sources: tuple[Path, ...]
    command: tuple[str, ...]
    pins: int = 0

    @property
    def refresh(self) -> str:
        """The command as a person types it."""
        return shlex.join(("asdelivered", *self.command)) if self.command else ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "path": str(self.path),
            "state": self.state.value,
            "made_of": [str(source) for source in self.sources],
            "command": list(self.command),
            "pins": self.pins,
        }


def made_files(folder: Path) -> tuple[MadeFile, ...]:
    """Return the files that the program made in a folder and in those inside it, in order. Raises AppError."""
    if not folder.is_dir():
        raise AppError(f"{folder} is not a folder: give the folder of an event, or one above it")
    return tuple(made for place in _ledgers(folder) for made in _made_in(place))


def refresh(alignment: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Make the captions of an alignment again where they are older than it; return them, and remarks.

    They lie beside the alignment or in a folder there. What a person has changed stays, with a remark.
    """
    written: list[Path] = []
    remarks: list[str] = []
    for made in made_files(alignment.parent):
        of_this = any(source.resolve() == alignment.resolve() for source in made.sources)
        if not of_this or made.command[:1] != ("captions",) or not _is_outdated(made):
            continue
        if made.state is State.EDITED:
            remarks.append(
                f"{made.path.name} was changed by hand and stays as it is; it is older than the alignment"
            )
            continue
        program = [sys.executable, "-m", "asdelivered", *made.command, "--quiet"]
        run = subprocess.run(
            program,
            cwd=made.path.parent,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
        if run.returncode == 0:
            written.append(made.path)
        else:
            said = run.stderr.strip().splitlines()
            remarks.append(
                f"{made.path.name} could not be made again: {said[-1] if said else run.returncode}"
            )
    return tuple(written), tuple(remarks)


def _ledgers(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if NAME in files:
            yield Path(place)


def _made_in(folder: Path) -> Iterator[MadeFile]:
    for name, entry in sorted(read_ledger(folder).items()):
        path = folder / name
        found = standing(path)
        if found is Standing.FREE or not entry.sources:
            continue
        sources = tuple(Path(os.path.normpath(folder / source.path)) for source in entry.sources)
        stale = is_stale(entry, path) or _lacks_edits(entry, sources)
        state = State.STALE if stale else State.CURRENT
        yield MadeFile(
            path, State.EDITED if found is Standing.CHANGED else state, sources, entry.command, _pins(path)
        )


def _is_outdated(made: MadeFile) -> bool:
    entry = read_ledger(made.path.parent)[made.path.name]
    return is_stale(entry, made.path) or _lacks_edits(entry, made.sources)


def _lacks_edits(entry: Entry, sources: Sequence[Path]) -> bool:
    """Whether captions were made before a person changed some of them by hand."""
    if entry.command[:1] != ("captions",) or not sources:
        return False
    edits = edits_path(sources[0])
    return edits.is_file() and edits not in sources


def _pins(path: Path) -> int:
    pins = path.with_name(f"{stem_of(path)}.pins.json")
    if not path.name.endswith(ALIGNMENT) or not pins.is_file():
        return 0
    try:
        return len(read_pins(pins))
    except AlignError:
        return 0
