"""Words of a person for speech that the text lacks, noted beside the alignment as they are written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan
from asdelivered.review.errors import ReviewError
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_path, write_edits
from asdelivered.subtitles.editing.own_words import OwnWords, with_note

LONGEST = 2000
"""Characters of a stretch."""


def note_words(alignment: Path, span: TimeSpan, text: str | None) -> tuple[OwnWords, ...]:
    """Note what a person wrote for a stretch: "" to ignore it, None to leave it open again. Return all that is noted.

    It is on the disk when this returns. Raises ReviewError, SubtitleError, NotOursError, OSError: nothing was noted.
    """
    if text is not None and len(text) > LONGEST:
        raise ReviewError(f"these words are more than {LONGEST} characters: write fewer")
    path = edits_path(alignment)
    known = sha256_of(path) if path.is_file() else None
    edits = edits_beside(alignment)
    new = None if text is None else OwnWords(span, " ".join(text.split()))
    heard = with_note(edits.heard, new, span)
    write_edits(alignment, replace(edits, heard=heard), known)
    return heard
