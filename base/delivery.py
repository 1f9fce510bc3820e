"""Files put where people keep theirs: the program replaces nothing that is not its own.

This is the one place of that rule (docs/promises.md). A file may be replaced where the program wrote it and nobody has
changed it since. Everything else is refused, with the way out; where the caller forces it, the old file is kept beside
the new one, dated.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import sha256_of
from asdelivered.base.ledger import Entry, Standing, announce, source_of, standing


class NotOursError(AsdeliveredError):
    """A file is in the way that the program did not write, or that somebody has changed since."""

    def __init__(self, path: Path, standing: Standing) -> None:
        super().__init__(path, standing)
        self.path = path
        self.standing = standing

    def __str__(self) -> str:
        what = (
            "was changed since asdelivered wrote it"
            if self.standing is Standing.CHANGED
            else "is there already, and asdelivered did not write it"
        )
        return f"{self.path} {what}: --force replaces it, and keeps the old one beside it"


@dataclass(frozen=True)
class Origin:
    """What files are made of, each with its SHA-256, and the command that makes them again."""

    sources: Mapping[Path, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()


def check_replaceable(targets: Iterable[Path], force: bool = False) -> None:
    """Raise NotOursError for the first target that may not be replaced: before long work is begun. Raises OSError.

    A folder in the way is refused in any case.
    """
    for target in targets:
        found = standing(target)
        if target.is_dir():
            raise AsdeliveredError(
                f"{target} is a folder, and a file is to be written there: choose another name"
            )
        if found in (Standing.CHANGED, Standing.FOREIGN) and not force:
            raise NotOursError(target, found)


def deliver(files: Mapping[Path, Path], origin: Origin, force: bool = False) -> tuple[Path, ...]:
    """Put files (target: where it lies, on the same file system) in place; return the old ones that were kept.

    All targets are in one folder. They are looked at once more first: what somebody changed during the work is not
    replaced. Raises NotOursError, before anything is moved, and OSError.
    """
    if not files:
        return ()
    folder = next(iter(files)).parent
    check_replaceable(files, force)
    sources = tuple(source_of(path, sha, folder) for path, sha in origin.sources.items() if path.is_file())
    entries = {
        target.name: Entry((sha256_of(file),), sources, origin.command) for target, file in files.items()
    }
    with not_stopped():
        kept = tuple(
            _keep(target) for target in files if standing(target) in (Standing.CHANGED, Standing.FOREIGN)
        )
        announce(folder, entries)
        for target, file in files.items():
            file.replace(target)
    return kept


def _keep(target: Path) -> Path:
    """Rename a file that is to make way: talk.srt becomes talk.20261128T190000.srt."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    stem, dot, ending = target.name.partition(".")
    for number in ("", *(f"-{count}" for count in range(2, 1000))):
        kept = target.with_name(f"{stem}.{stamp}{number}{dot}{ending}")
        if not kept.exists():
            target.rename(kept)
            return kept
    raise AsdeliveredError(f"{target} has been kept a thousand times this second")


@contextmanager
def not_stopped() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM pass without effect inside the block: a few renames, then it is over."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's, and it is not stopped here
        return
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def remove_leftovers(folder: Path, older_than: float) -> None:
    """Remove the temporary files (.HEX.part) that a killed process left in a folder `older_than` seconds ago."""
    now = datetime.now(UTC).timestamp()
    with suppress(OSError):
        for part in folder.glob(".????????????????.part"):
            if now - part.stat().st_mtime > older_than:
                part.unlink()
