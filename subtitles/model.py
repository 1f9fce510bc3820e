"""Cues and captions: what is shown, who says it, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from asdelivered.align.document.alignment import Alignment
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.lengths import width_of
from asdelivered.transcripts.captions.markup import has_marks, without_ruby

_PLACING = ("line:", "position:", "region:", "vertical:")
"""The WebVTT settings that say where a cue stands."""
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Cue:
    """One caption: one or more `lines` of text, shown during `span`.

    `lines` hold the words and nothing else. The name that a style puts before them ("RUTTE:") is the `label`, which
    writers put before the first line, or above it. `speaker` is the name as the page has it, for the formats that have
    a place for it. A cue of two speakers (a dialogue, with a dash before each line) has none.
    """

    span: TimeSpan
    speaker: str | None
    lines: tuple[str, ...]
    label: str = ""
    marked: tuple[str, ...] = ()
    """The lines with the <i>, <b>, <u>, <ruby> and <rt> that a file had; empty where it had none."""
    voices: tuple[str | None, ...] = ()
    """Who says each line, where several speak in one cue; then it has no `speaker`."""
    label_above: bool = False
    """Whether the label has a line of its own."""
    settings: str = ""
    """WebVTT cue settings, which place it in the picture ("line:0"); empty for the player's own place."""
    onsets: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """For each word its place in the lines joined by line feeds, in code points, and when it begins, milliseconds.

    Empty where that is not known."""
    region: str = field(default="", compare=False)
    """A place of its own in the file it was read from, as in `RawCue.place`."""
    origin: int = field(default=-1, compare=False)
    """Which part of the file it was read from, as in `RawCue.at`; -1 where that is not known."""
    words: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """The words of each line, the first and one past the last, by their numbers among all units of the alignment that
    it is of (`editing.fitting`); empty where it shows none."""
    speech: TimeSpan | None = field(default=None, compare=False)
    """When these words are said."""
    by_hand: bool = field(default=False, compare=False)
    """Whether a person made it (`editing`)."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines as a viewer sees them, the label before the first."""
        if not self.label:
            return self.lines
        if self.label_above:
            return (self.label, *self.lines)
        return (f"{self.label} {self.lines[0]}", *self.lines[1:]) if self.lines else (self.label,)

    @property
    def text(self) -> str:
        """The lines as a viewer sees them, one below the other."""
        return "\n".join(self.shown)

    @property
    def marked_without_ruby(self) -> tuple[str, ...]:
        """The lines with their <i>, <b> and <u>; empty where they have none."""
        lines = tuple(without_ruby(line) for line in self.marked)
        return lines if any(map(has_marks, lines)) else ()

    @property
    def has_ruby(self) -> bool:
        """Whether small text says how some of its words are read."""
        return any("<rt>" in line for line in self.marked)

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands in the picture: cues in different places may be shown at the same time."""
        placed = sorted(setting for setting in self.settings.split() if setting.startswith(_PLACING))
        return (self.region, *placed)

    @property
    def at_top(self) -> bool:
        """Whether its settings put it into the upper half of the picture."""
        found = re.search(r"(?:^|\s)line:(\d+(?:\.\d+)?)(%?)", self.settings)
        return found is not None and float(found[1]) < (50 if found[2] else 5)


@dataclass(frozen=True)
class Captions:
    """Cues, and what is known about them as a whole: what a writer is given, and what a reader returns."""

    cues: tuple[Cue, ...]
    language: str = ""
    """An ISO 639 code; empty where it is not known."""
    title: str = ""
    alignment: Alignment | None = None
    """What they were made from: formats of lines and words need it."""
    frame_rate: Fraction | None = None
    """That of the video, for the formats that count frames."""
    programme_start: int = 0
    """The timecode at which the recording begins, in milliseconds, for the formats that count from it."""
    coloured: bool = False
    """Whether each speaker gets a colour, in the formats that have colours."""
    highlighted: bool = False
    """Whether each word is lit once it is said, in the formats that can do it."""
    head: str = ""
    """What a WebVTT file has before its first cue: STYLE, REGION and NOTE blocks."""
    encoding_guess: str = field(default="", compare=False)
    """The encoding that the file was taken to be in, where nothing in it says so; empty where it is sure."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What was wrong with the file that was read and could be understood all the same."""


COLOURS = ("white", "yellow", "cyan", "lime")
"""The colours of speakers, in the order in which they are assigned (BBC Subtitle Guidelines, 8.3)."""


def speaker_colours(captions: Captions) -> dict[str, str]:
    """Return the colour of each speaker, in the order in which they speak; empty where captions have no colours.

    The first is white. After the fourth, all are white: the guides have no more colours. Those get a label.
    """
    if not captions.coloured:
        return {}
    return colours_of([cue.speaker for cue in captions.cues])


def colours_of(speakers: Sequence[str | None]) -> dict[str, str]:
    """Return the colour of each speaker in the order in which they first speak; that of the fifth and on is white."""
    known = dict.fromkeys(speaker for speaker in speakers if speaker)
    return {
        speaker: COLOURS[number] if number < len(COLOURS) else COLOURS[0]
        for number, speaker in enumerate(known)
    }


def word_by_word(cue: Cue) -> list[tuple[int, str]]:
    """Return the text of a cue in parts, each with when it is lit, milliseconds: its label and its words.

    Times lie within the cue and do not go back. One part where the times of the words are not known.
    """
    text = "\n".join(cue.lines)
    lead = cue.text.removesuffix(text)
    if not cue.onsets or cue.marked:
        return [(cue.span.start, cue.text)]
    places = [0, *(at for at, _ in cue.onsets[1:]), len(text)]
    parts = []
    latest = cue.span.start
    for (first, last), (_, start) in zip(pairwise(places), cue.onsets, strict=True):
        latest = min(cue.span.end, max(latest, start))
        parts.append((latest, text[first:last]))
    return [(cue.span.start, lead), *parts] if lead else parts


def reading_length(text: str) -> int:
    """Return the characters of a cue's text that are read: blanks, punctuation and line breaks count."""
    return width_of(text)


def word_count(text: str) -> int:
    """Return the number of words in a cue's text; a dash on its own is none."""
    return sum(_WORD.search(token) is not None for token in text.split())
