"""The journal: every edit of a review is appended to a file beside the alignment, and is on the disk before it counts.

The file is JSON lines. The first line names the alignment by its SHA-256. Each other line is an edit, an undo, a redo,
or a note that the alignment was about to be written with all edits up to some entry. So whenever the program ends, the
disk has everything: the state is the alignment with the journal replayed.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asdelivered.align.errors import AlignError
from asdelivered.base.locks import Lock, try_lock
from asdelivered.base.reading import DAMAGE
from asdelivered.base.system import BINARY, flush_folder, replace_file
from asdelivered.review.changes import Change, change_from_json, change_to_json
from asdelivered.review.errors import ReviewError

SCHEMA = "asdelivered/journal"
VERSION = 1
UNDO, REDO, SAVE = "undo", "redo", "save"
FORMER = "former"
"""In the first line: the name of the journal that was put aside for this one."""


@dataclass(frozen=True)
class Replay:
    """The edits in a journal: `done` are those that count, in order; `undone` those that can be redone, the next one
    last; `in_file` those that the alignment's file already has.
    """

    done: tuple[Change, ...]
    undone: tuple[Change, ...]
    in_file: tuple[Change, ...]
    former: tuple[Change, ...] = ()


class Journal:
    """An open journal, locked against other programs; `open_journal` opens one."""

    def __init__(self, path: Path, descriptor: int, lock: Lock, entries: int) -> None:
        self.path = path
        self.entries = entries
        """How many entries there are, without the first line."""
        self._descriptor = descriptor
        self._lock = lock

    def append(self, change: Change) -> None:
        """Write an edit. It is on the disk when this returns. Raises ReviewError: the edit was not made."""
        self._write(change_to_json(change))

    def append_step(self, step: str) -> None:
        """Write that the last edit was undone (UNDO), or the last undone edit redone (REDO)."""
        self._write({"do": step})

    def append_save(self, sha256: str, entries: int) -> None:
        """Write that the alignment's file is about to get this hash, and to contain the first `entries` entries."""
        self._write({"do": SAVE, "alignment": sha256, "entries": entries})

    def close(self) -> None:
        """Unlock the journal."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1
        self._lock.release()

    def _write(self, entry: Mapping[str, Any]) -> None:
        end = os.lseek(self._descriptor, 0, os.SEEK_END)
        try:
            _write_line(self._descriptor, {**entry, "at": _now()})
        except OSError as error:
            os.ftruncate(self._descriptor, end)  # half a line would damage the next one
            raise ReviewError(
                f"{self.path}: the edit cannot be saved ({error.strerror or error}): free some space and try again"
            ) from error
        self.entries += 1


def open_journal(path: Path, sha256: str, recording: str) -> tuple[Journal, Replay, tuple[str, ...]]:
    """Open the journal of the alignment whose file has the hash `sha256`, or begin one. `recording` is that hash, too.

    Also returns its edits, and sentences about problems: a last line that was cut off, and so never reported as saved,
    is left out. The journal of an earlier alignment of the same recording is kept under another name, and its edits
    are `Replay.former`; they are to be applied again.

    Raises ReviewError: the journal can't be written, another program has it open, or a line other than the last is
    damaged.
    """
    notes: list[str] = []
    is_new = not path.exists()
    lock = _locked(path)
    descriptor = -1
    try:
        descriptor = _opened(path)
        lines, torn = _lines(path)
        if torn:
            notes.append(
                f"The last entry of {path.name} was cut off when the program ended. It was never reported as saved; "
                "all others are there."
            )
            os.ftruncate(descriptor, sum(len(line) + 1 for line in lines))
        entries = [*_parsed(lines, path)]
        _check_head(entries, path)
        replay = _replay(entries, sha256, path) if entries else None
        if replay is not None and len(entries) == 1 and FORMER in entries[0]:
            # Whatever ended the program that began this journal, it did not come to apply these.
            replay = replace(replay, former=_taken_up(path, entries[0], recording))
        if replay is None:
            former: tuple[Change, ...] = ()
            head = {"schema": SCHEMA, "version": VERSION, "alignment": sha256, "recording": recording}
            aside = None
            if len(entries) > 1:
                former = _former(entries, recording, path)
                aside = _name_aside(path)
                head |= {FORMER: aside.name} if former else {}
                notes.append(
                    f"{path.name} belongs to an earlier alignment, and is kept as {aside.name}."
                    if former
                    else f"{path.name} has no edits of this recording, and is kept as {aside.name}."
                )
            os.close(descriptor)
            descriptor = -1
            descriptor = _begin(path, {**head, "at": _now()}, aside)
            entries = entries[:1]
            replay = Replay((), (), (), former)
        return Journal(path, descriptor, lock, max(0, len(entries) - 1)), replay, tuple(notes)
    except BaseException as error:
        if descriptor >= 0:
            os.close(descriptor)
        if isinstance(error, OSError):
            if is_new:
                with suppress(OSError):
                    path.unlink()
            lock.release()
            raise ReviewError(
                f"{path}: the journal of the review cannot be written ({error.strerror or error}): free some space and "
                "try again"
            ) from error
        lock.release()
        raise


def former_edits(path: Path, recording: str) -> tuple[Change, ...]:
    """Return the edits in a journal that was put aside. Raises ReviewError: none, damaged, or of another recording.

    `recording` is the SHA-256 of the recording that they are to be of.
    """
    try:
        lines, _ = _lines(path)
    except OSError as error:
        raise ReviewError(f"{path} cannot be read: {error.strerror or error}") from error
    entries = [*_parsed(lines, path)]
    _check_head(entries, path)
    edits = _former(entries, recording, path) if entries else ()
    if not edits:
        raise ReviewError(f"{path} has no edits of this recording")
    return edits


def _locked(path: Path) -> Lock:
    """Lock a journal, by a hidden file beside it. Raises ReviewError."""
    try:
        lock = try_lock(path.with_name(f".{path.name}.lock"))
    except OSError as error:
        raise _cannot_be_written(path, error) from error
    if lock is None:
        raise ReviewError(
            f"{path} is in use: this alignment is being reviewed in another window; close that review first"
        )
    return lock


def _opened(path: Path) -> int:
    """Open a journal for appending. Raises ReviewError."""
    try:
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | BINARY, 0o666)
    except OSError as error:
        raise _cannot_be_written(path, error) from error


def _cannot_be_written(path: Path, error: OSError) -> ReviewError:
    return ReviewError(
        f"{path}: the journal of the review cannot be written ({error.strerror or error}): copy the alignment to a "
        "folder of yours and review it there"
    )


def _lines(path: Path) -> tuple[list[bytes], bool]:
    """Return the whole lines of a journal, and whether a torn line follows."""
    content = path.read_bytes()
    *lines, rest = content.split(b"\n")
    if not rest and lines and not _is_json(lines[-1]):
        return lines[:-1], True  # the blocks of a file may reach the disk in any order
    return lines, bool(rest)


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(lines: Sequence[bytes], path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            if not isinstance(entry, dict):
                raise ValueError
        except (ValueError, RecursionError) as error:
            raise _damaged(path, number) from error
        yield entry


def _check_head(entries: Sequence[dict[str, Any]], path: Path) -> None:
    if entries and (entries[0].get("schema") != SCHEMA or entries[0].get("version") != VERSION):
        raise ReviewError(
            f"{path} is not a journal that this version can read: move it away, or update asdelivered"
        )


def _replay(entries: Sequence[dict[str, Any]], sha256: str, path: Path) -> Replay | None:
    """Return the edits of the alignment with this hash; None where the entries are of another one."""
    head = entries[0]
    held = [0] if head.get("alignment") == sha256 else []
    held += [entry.get("entries", -1) for entry in entries[1:] if entry.get("alignment") == sha256]
    if not held:
        return None
    done, undone, in_file = _replayed(entries, path, held[-1])
    return Replay(done, undone, in_file)


def _former(entries: Sequence[dict[str, Any]], recording: str, path: Path) -> tuple[Change, ...]:
    """Return all edits in a journal, whatever alignment they are of; none if they are of another recording.

    Journals did not always name their recording.
    """
    if entries[0].get("recording", recording) != recording:
        return ()
    return _replayed(entries, path, 0)[0]


def _replayed(
    entries: Sequence[dict[str, Any]], path: Path, held: int
) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]:
    """Return the edits done, those undone, and those done by the entry with the number `held`."""
    done: list[Change] = []
    undone: list[Change] = []
    in_file: tuple[Change, ...] = ()
    for number, entry in enumerate(entries[1:], start=2):
        try:
            kind = entry["do"]
            if kind == UNDO:
                undone.append(done.pop())
            elif kind == REDO:
                done.append(undone.pop())
            elif kind != SAVE:
                done.append(change_from_json(entry))
                undone.clear()
        except (*DAMAGE, TypeError, AttributeError, AlignError) as error:
            raise _damaged(path, number) from error
        if number - 1 == held:
            in_file = tuple(done)
    return tuple(done), tuple(undone), in_file


def _damaged(path: Path, number: int) -> ReviewError:
    return ReviewError(
        f"{path} is damaged at line {number}: repair that line, or move the file away to begin a new review"
    )


def _taken_up(path: Path, head: Mapping[str, Any], recording: str) -> tuple[Change, ...]:
    """Return the edits in the journal that was put aside for the one with this head; none where it is gone by now."""
    aside = path.parent / Path(str(head[FORMER])).name
    return former_edits(aside, recording) if aside != path and aside.is_file() else ()


def _name_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return path.with_name(f"{path.name.removesuffix('.jsonl')}.{stamp}.jsonl")


def _begin(path: Path, head: Mapping[str, Any], aside: Path | None) -> int:
    """Put a journal that has only a head at `path`, and the one that is there at `aside`; return the new one, open.

    Whatever stops that leaves the old one at `path`. Raises OSError.
    """
    new = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        # Closed before it is renamed: Windows renames no open file.
        descriptor = _opened(new)
        try:
            _write_line(descriptor, head)
        finally:
            os.close(descriptor)
        if aside is not None:
            try:
                aside.hardlink_to(path)
            except OSError:  # a file system without hard links
                path.rename(aside)
        replace_file(new, path)
        flush_folder(path.parent)
        return _opened(path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def _write_line(descriptor: int, entry: Mapping[str, Any]) -> None:
    data = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
