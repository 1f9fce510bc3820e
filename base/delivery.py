"""Files put where people keep theirs: the program replaces nothing that is not its own.

This is the one place of that rule (docs/promises.md). A file may be replaced if the program wrote it and nobody has
changed it since, or if the caller knows the very bytes that it replaces. Everything else is refused with the way out;
with `force`, the old file is kept beside the new one, dated.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from asdelivered.base import system
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import made_folder, sha256_of, write_whole
from asdelivered.base.ledger import LONG_TO_READ, Entry, Source, Standing, announce, read_ledger, standing

LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.part")
"""Names of temporary files."""
LEFT_FOR_GOOD = 3600.0
"""Seconds after which nothing still writes a temporary file."""


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
            else "is there already, and asdelivered does not know that it wrote it"
        )
        return f"{self.path} {what}: --force replaces it, and keeps the old one beside it"


@dataclass(frozen=True)
class Origin:
    """What a file is made of, each source with its SHA-256, and the command that makes it again in its folder."""

    sources: Mapping[Path, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A file that lies ready at `staged`, on the file system of its `target`.

    `known` is the SHA-256 of the file that the caller has read and means to replace, whoever wrote it.
    """

    target: Path
    staged: Path
    origin: Origin = field(default_factory=Origin)
    known: str | None = None


def check_replaceable(targets: Iterable[Path], force: bool = False) -> None:
    """Raise NotOursError for the first target that may not be replaced; call it before long work.

    A folder in the way is refused in any case. Raises OSError.
    """
    for folder, some in itertools.groupby(targets, lambda target: target.parent):
        known = read_ledger(folder)
        for target in some:
            found = standing(target, known)
            if target.is_dir():
                raise AsdeliveredError(
                    f"{target} is a folder, and a file is to be written there: choose another name"
                )
            if found in (Standing.CHANGED, Standing.FOREIGN) and not force:
                raise NotOursError(target, found)


def deliver(deliveries: Sequence[Delivery], force: bool = False) -> tuple[Path, ...]:
    """Put files in place, all in one folder, and return the old ones that were kept.

    Every target is checked once more first: what somebody changed during the work is not replaced. Raises NotOursError
    before anything is moved, and OSError.
    """
    if not deliveries:
        return ()
    foreign = {one.target: None for one in deliveries if not _is_known(one)}
    check_replaceable(foreign, force)
    folder = deliveries[0].target.parent
    staged = {one.target.absolute(): one.staged for one in deliveries}
    entries = {one.target.name: _entry(one, folder, staged) for one in deliveries}
    kept = []
    with not_stopped():
        with _naming(deliveries[0].target):
            announce(folder, entries)  # first, since it may fail: the disk may be full
        known = read_ledger(folder)
        for one in deliveries:
            if one.target in foreign and standing(one.target, known) in (Standing.CHANGED, Standing.FOREIGN):
                kept.append(_keep(one.target))
            system.replace_file(one.staged, one.target)
    remove_leftovers(folder)
    return tuple(kept)


def put(
    target: Path, data: bytes, origin: Origin | None = None, force: bool = False, known: str | None = None
) -> None:
    """Write one file whole and deliver it; its folder is made if it is missing.

    Raises NotOursError and OSError: what stood there still does.
    """
    _put({target: data}, origin or Origin(), force, known)


def put_all(files: Mapping[Path, bytes], force: bool = False, origin: Origin | None = None) -> None:
    """Write files of one folder whole and deliver them together; the folder is made if it is missing.

    Raises NotOursError and OSError.
    """
    _put(files, origin or Origin(), force, None)


def _put(files: Mapping[Path, bytes], origin: Origin, force: bool, known: str | None) -> None:
    ready = [
        Delivery(target, target.with_name(f".{secrets.token_hex(8)}.part"), origin, known) for target in files
    ]
    if not ready:
        return
    with made_folder(ready[0].target.parent):
        try:
            for one in ready:
                with _naming(one.target):
                    write_whole(one.staged, files[one.target])
            deliver(ready, force)
        finally:
            for one in ready:
                with suppress(OSError):  # the first error is the one to report
                    one.staged.unlink()


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Have an OSError in the block name `target`, and not a temporary file beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(target), None
        raise


def relative_to(path: Path, folder: Path) -> str:
    """Return a path as it is written in the ledger, and in commands, of a folder."""
    return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()


def _is_known(one: Delivery) -> bool:
    return one.known is not None and one.target.is_file() and sha256_of(one.target) == one.known


def _entry(one: Delivery, folder: Path, staged: Mapping[Path, Path]) -> Entry:
    sources = []
    for path, sha256 in one.origin.sources.items():
        with suppress(FileNotFoundError):  # a source that is gone can't get newer
            stat = staged.get(path.absolute(), path).stat()
            known = (stat.st_size, stat.st_mtime_ns) if stat.st_size > LONG_TO_READ else (0, 0)
            sources.append(Source(relative_to(path, folder), sha256, *known))
    return Entry((sha256_of(one.staged),), tuple(sources), one.origin.command)


def _keep(target: Path) -> Path:
    """Rename a file that has to make way: talk.srt becomes talk.20261128T190000.srt."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    stem, dot, ending = target.name.partition(".")
    for number in ("", *(f"-{count}" for count in range(2, 1000))):
        kept = target.with_name(f"{stem}.{stamp}{number}{dot}{ending}")
        if not kept.exists():
            return target.rename(kept)
    raise AsdeliveredError(f"{target} has been kept a thousand times this second")


@contextmanager
def not_stopped() -> Iterator[None]:
    """Ignore Ctrl-C and SIGTERM within the block: a few renames, then it is over."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread gets signals, and this is another one
        return
    with system.not_stopped():
        yield


def remove_leftovers(folder: Path, older_than: float = LEFT_FOR_GOOD) -> None:
    """Remove the temporary files (.HEX.part) that a killed process left in a folder over `older_than` seconds ago."""
    now = datetime.now(UTC).timestamp()
    with suppress(OSError):
        for part in folder.glob(".*.part"):
            if LEFTOVER.fullmatch(part.name) and now - part.stat().st_mtime > older_than:
                part.unlink()
