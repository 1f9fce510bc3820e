"""Chapters for podcasts (.chapters.json), after the Podcasting 2.0 namespace, "JSON Chapters Format", version 1.2.0."""

from __future__ import annotations

import json

from asdelivered.media.cutlists.chapters import chapters_of
from asdelivered.media.edit import CutList


def to_podcast_chapters(cuts: CutList) -> bytes:
    """Return the chapters, in order of time, in seconds of the recording."""
    chapters = [
        {
            "startTime": round(float(chapter.start), 3),
            "endTime": round(float(chapter.end), 3),
            "title": chapter.title,
        }
        for chapter in chapters_of(cuts)
    ]
    data = {"version": "1.2.0", "title": cuts.title, "chapters": chapters}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
