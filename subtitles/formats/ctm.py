"""CTM (.ctm), from the scoring of speech recognition: a word a line, with its start and duration in seconds."""

from __future__ import annotations

import re
from pathlib import Path

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.model import Captions, Cue


def write(captions: Captions) -> bytes:
    """Return the words that have a time, with their confidence: recording, channel, start, length, word, confidence.

    Raises SubtitleError: the captions do not come from an alignment, so the times of the words are unknown.
    """
    if captions.alignment is None:
        raise SubtitleError("CTM is made of words, whose times only an alignment has")
    name = re.sub(r"\s+", "_", Path(captions.alignment.recording.path).stem) or "recording"
    rows = [
        f"{name} 1 {word.span.start / 1000:.3f} {word.span.duration / 1000:.3f} {word.text} "
        f"{word.confidence or 0:.3f}\n"
        for line in captions.alignment.lines
        for word in line.words
        if word.span is not None
    ]
    return "".join(rows).encode()


def read(data: bytes) -> Captions:
    """Read a CTM file, each word as a cue. Raises SubtitleError, which names the line: it is none."""
    text, notes = decoded(data)
    cues = []
    for number, row in enumerate(text.split("\n"), start=1):
        fields = row.split()
        if not fields or row.startswith(";;"):
            continue
        try:
            start = round(float(fields[2]) * 1000)
            cues.append(Cue(TimeSpan(start, start + round(float(fields[3]) * 1000)), None, (fields[4],)))
        except (IndexError, ValueError, OverflowError) as error:
            raise SubtitleError(
                f"line {number}: not CTM: expected recording, channel, start, length and word"
            ) from error
    if not cues:
        raise SubtitleError("no words in it")
    return Captions(tuple(cues), notes=tuple(notes))
