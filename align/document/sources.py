"""The files that an alignment is of: the paths by which its document states them, and where they are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from asdelivered.align.document.alignment import Alignment


def stated_from(alignment: Alignment, folder: Path) -> Alignment:
    """Return an alignment to be written to `folder`: its paths that are relative lead to their files from there.

    Until now they led from the present folder. A path at which there is no file, as that of standard input, stays.
    """
    return replace(
        alignment,
        transcript=replace(alignment.transcript, path=_seen_from(alignment.transcript.path, folder)),
        recording=replace(alignment.recording, path=_seen_from(alignment.recording.path, folder)),
    )


def find_source(stated: str, document: Path) -> Path | None:
    """Return the file at the path that a document states, in the first of its `places`; None where it is in none."""
    return next((place for place in places(stated, document) if place.is_file()), None)


def places(stated: str, document: Path) -> tuple[Path, ...]:
    """Where a path that a document states may lead: from its folder, from the present one, or beside the document."""
    return document.parent / stated, Path(stated), document.parent / Path(stated).name


def _seen_from(path: str, folder: Path) -> str:
    if Path(path).is_absolute() or not Path(path).is_file():
        return path
    # What ".." leads to is decided by the folders themselves, not by the links to them.
    inside = os.path.realpath(Path(path).parent)
    return str(Path(os.path.relpath(inside, os.path.realpath(folder)), Path(path).name))


def stem_of(alignment: Path) -> str:
    """Return the name that an alignment's file has before its endings: of talk.alignment.json it is talk."""
    return alignment.name.removesuffix(".json").removesuffix(".alignment")
