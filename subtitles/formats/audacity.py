"""Audacity's labels (.txt): start, end and text between tabs, seconds. A label is one line: a cue's lines are
joined.
"""

from __future__ import annotations

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.model import Captions, Cue


def write(captions: Captions) -> bytes:
    """Return the captions as a label track."""
    rows = [
        f"{cue.span.start / 1000:.6f}\t{cue.span.end / 1000:.6f}\t{' '.join(' '.join(cue.shown).split())}\n"
        for cue in captions.cues
    ]
    return "".join(rows).encode()


def read(data: bytes) -> Captions:
    """Read a label track. Raises SubtitleError, which names the line: it is none."""
    text, notes = decoded(data)
    cues: list[Cue] = []
    for number, row in enumerate(text.split("\n"), start=1):
        if not row.strip() or row.startswith("\\"):  # a label's frequencies
            continue
        fields = row.split("\t", 2)
        try:
            start, end = (round(float(field.replace(",", ".")) * 1000) for field in fields[:2])
            span = TimeSpan(start, end)
        except (ValueError, OverflowError) as error:
            expected = "start, end and text, separated by tabs"
            raise SubtitleError(
                f"line {number}: not a label: expected {expected}"
                if cues
                else "expected captions, and found text without times; nor is "
                f"line {number} a label of Audacity's: {expected}"
            ) from error
        label = fields[2].strip() if len(fields) > 2 else ""
        cues.append(Cue(span, None, (label,) if label else ()))
    if not cues:
        raise SubtitleError("no labels in it")
    return Captions(tuple(cues), notes=tuple(notes))
