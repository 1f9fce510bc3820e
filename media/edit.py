"""An edit: clips of one recording, one after the other, counted in frames."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import one_line


@dataclass(frozen=True)
class Clip:
    """A part of a recording to be cut out: from `start` up to `end`, exact seconds on the recording's clock.

    `name` is what an editor's list of clips shows, `text` the words in the clip, `notes` what a person should look
    at; each is one line, without control characters. `file` is the rendered clip, if there is one.
    Raises ValueError where the clip would run backwards, or a text is more than one line.
    """

    name: str
    start: Fraction
    end: Fraction
    speaker: str | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    file: Path | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"a clip must run forward from zero, not {float(self.start)} to {float(self.end)} s"
            )
        for text in (self.name, self.speaker or "", self.text, *self.notes):
            if text != one_line(text):
                raise ValueError(
                    f"a clip's texts are one line each, without control characters, not {text!r}"
                )

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class CutList:
    """Clips of one recording, in the order in which the edit plays them; `title` is one line."""

    title: str
    source: EditSource
    clips: tuple[Clip, ...]


@dataclass(frozen=True)
class EditEvent:
    """A clip in its place in an edit.

    All four are frames: `source_in` up to `source_out` of the recording, counted from its frame 0, fill `record_in` up
    to `record_out` of the edit, counted from its own frame 0.
    """

    clip: Clip
    source_in: int
    source_out: int
    record_in: int
    record_out: int


def events(cuts: CutList) -> Iterator[EditEvent]:
    """Yield the clips as an edit: each directly after the one before."""
    record = 0
    for clip in cuts.clips:
        source_in, source_out = frame_span(clip, cuts.source)
        length = source_out - source_in
        yield EditEvent(clip, source_in, source_out, record, record + length)
        record += length


def frame_span(clip: Clip, source: EditSource) -> tuple[int, int]:
    """Return the frames of the recording that hold a clip: the first, and one past the last; at least one frame.

    A clip of sound alone need not begin and end on frames. Its frames then cover all of it, so that no word is cut.
    """
    first = math.floor((clip.start - source.start) * source.rate.fps)
    last = math.ceil((clip.end - source.start) * source.rate.fps)
    first = min(max(0, first), max(0, source.frames - 1))
    return first, max(first + 1, min(last, source.frames))
