"""A whole set of captions: what a writer is given, and what a reader gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.cue import Cue


@dataclass(frozen=True)
class Captions:
    """Cues, and what is known about them as a whole."""

    cues: tuple[Cue, ...]
    language: str = ""
    """An ISO 639 code; empty where it is not known."""
    title: str = ""
    alignment: Alignment | None = None
    """What they were made from: formats of lines and words need it."""
    frame_rate: Fraction | None = None
    """That of the video, for the formats that count frames."""
    coloured: bool = False
    """Whether speakers are to be told by colour, in the formats that have colours."""
    head: str = ""
    """What a WebVTT file has before its first cue: STYLE, REGION and NOTE blocks."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What was wrong with the file that was read and could be understood all the same."""


COLOURS = ("white", "yellow", "cyan", "lime")
"""The colours of speakers in the order in which they are given out (BBC Subtitle Guidelines, 8.3)."""


def speaker_colours(captions: Captions) -> dict[str, str]:
    """Return the colour of each speaker, in the order in which they speak; empty where captions have no colours.

    The first is white. After the fourth, all are white: the guides have no more colours.
    """
    if not captions.coloured:
        return {}
    speakers = dict.fromkeys(cue.speaker for cue in captions.cues if cue.speaker)
    return {
        speaker: COLOURS[number] if number < len(COLOURS) else COLOURS[0]
        for number, speaker in enumerate(speakers)
    }
