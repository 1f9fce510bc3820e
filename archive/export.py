"""Writing the events of an archive as the alignments that were added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from asdelivered.align.document.alignment_json import encode
from asdelivered.archive.adding import ENDING
from asdelivered.archive.database import opened, reading
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import find_event, list_events
from asdelivered.base.delivery import check_replaceable, put
from asdelivered.base.errors import OutputError
from asdelivered.base.names import folded


def export_events(database: Path, names: Sequence[str], folder: Path, force: bool = False) -> Iterator[Path]:
    """Write events as alignments into `folder`, all of them if there are no `names`; yield the path of each file.

    Raises NotOursError, before anything is written, where a file would be replaced that the program did not write (with
    `force` it is kept, dated); ArchiveError where an event is not in the archive, AlignError where its alignment is
    damaged, OutputError where a file cannot be written.
    """
    with opened(database) as connection, reading(connection):
        events = [find_event(connection, database, name) for name in names] or list(list_events(connection))
        paths = paths_of_events(folder, {event.id: event.info.name for event in events})
        with _writing_to(folder):
            check_replaceable(paths.values(), force)
        for number, path in paths.items():
            content = encode(read_alignment(connection, number))
            with _writing_to(folder):
                put(path, content, force=force)
            yield path


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error


def paths_of_events(folder: Path, names: Mapping[int, str]) -> dict[int, Path]:
    """Return a file for each event, by its number; of names that macOS and Windows take for one, all but one count."""
    paths: dict[int, Path] = {}
    taken: set[str] = set()
    for number, name in names.items():
        path, count = path_of_event(folder, name), 1
        while folded(str(path)) in taken:
            count += 1
            path = path_of_event(folder, f"{name}-{count}")
        taken.add(folded(str(path)))
        paths[number] = path
    return paths


def path_of_event(folder: Path, name: str) -> Path:
    """Return the file for an event in a folder. A name that would lead out of it, or cannot be a file's, is changed."""
    parts = [part for part in name.replace("\0", "_").split("/") if part not in ("", ".", "..")]
    *folders, last = parts or ["event"]
    return folder.joinpath(*folders, f"{last}{ENDING}")
