"""The transcript and the recording of an alignment: the paths that its document states, and where the files are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only asks for names waits for no schema
    from asdelivered.align.document.alignment import Alignment


def stated_from(alignment: Alignment, folder: Path) -> Alignment:
    """Return an alignment to be written to `folder`: its relative paths lead to their files from there.

    Before, they led there from the current folder. A path without a file, such as that of standard input, is kept.
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
    """Return where a stated path may lead: from the document's folder, from the current one, or beside the document."""
    return document.parent / stated, Path(stated), document.parent / Path(stated).name


def _seen_from(path: str, folder: Path) -> str:
    if Path(path).is_absolute() or not Path(path).is_file():
        return path
    # Where ".." leads depends on the real folders, not on links to them.
    inside = os.path.realpath(Path(path).parent)
    return str(Path(os.path.relpath(inside, os.path.realpath(folder)), Path(path).name))


def stem_of(alignment: Path) -> str:
    """Return the stem of an alignment's file: "talk" for talk.alignment.json."""
    return alignment.name.removesuffix(".json").removesuffix(".alignment")
