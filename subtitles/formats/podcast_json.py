"""JSON transcripts of Podcasting 2.0: segments with speaker, startTime, endTime and body, seconds.

Whisper's JSON, whose segments have start, end and text, is read as well.
"""

from __future__ import annotations

import json
from typing import Any

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.model import Captions, Cue


def write(captions: Captions) -> bytes:
    """Return the captions as JSON, a segment a cue."""
    segments = [
        {
            **({"speaker": cue.speaker} if cue.speaker else {}),
            "startTime": cue.span.start / 1000,
            "endTime": cue.span.end / 1000,
            "body": "\n".join(cue.lines),
        }
        for cue in captions.cues
    ]
    return (
        json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def read(data: bytes) -> Captions:
    """Read such a file. Raises SubtitleError: it is no JSON, or has no segments (the message names the first wrong
    one).
    """
    text, notes = decoded(data)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SubtitleError(f"no JSON: {error}") from error
    segments = found.get("segments") if isinstance(found, dict) else None
    if not isinstance(segments, list) or not segments:
        raise SubtitleError('not a transcript of Podcasting 2.0 or Whisper: it has no "segments"')
    found = [_cue(segment, number) for number, segment in enumerate(segments, start=1)]
    cues, given = with_ends([cue for cue, _ in found], [at for at, (_, ends) in enumerate(found) if not ends])
    return Captions(cues, notes=(*notes, *given))


def _cue(segment: Any, number: int) -> tuple[Cue, bool]:
    """Return the cue of a segment, and whether it has an end."""
    try:
        whisper = "startTime" not in segment and "text" in segment
        start_key, end_key, text_key = (
            ("start", "end", "text") if whisper else ("startTime", "endTime", "body")
        )
        start = round(float(segment[start_key]) * 1000)
        end = segment.get(end_key)
        span = TimeSpan(start, start if end is None else round(float(end) * 1000))
        lines = tuple(line.strip() for line in str(segment[text_key]).split("\n") if line.strip())
        speaker = segment.get("speaker")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise SubtitleError(
            f"segment {number} is not valid: expected startTime (in seconds), body, and endTime if it is known"
        ) from error
    return Cue(span, str(speaker) if speaker else None, lines), end is not None
