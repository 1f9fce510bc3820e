"""Chapters for podcasts (.chapters.json), after the Podcasting 2.0 namespace, "JSON Chapters Format", version 1.2.0."""

from __future__ import annotations

import json

from asdelivered.media.edit import CutList


def to_podcast_chapters(cuts: CutList) -> bytes:
    """Return a chapter for each clip, in order of time, in seconds of the recording."""
    chapters = [
        {
            "startTime": round(float(clip.start), 3),
            "endTime": round(float(clip.end), 3),
            "title": clip.name,
        }
        for clip in sorted(cuts.clips, key=lambda clip: clip.start)
    ]
    data = {"version": "1.2.0", "title": cuts.title, "chapters": chapters}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
