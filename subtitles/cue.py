"""The caption: what is shown, of whom, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from asdelivered.base.span import TimeSpan

_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Cue:
    """One caption: one or more `lines` of text, shown during `span`.

    `lines` hold the words and nothing else. What a style adds before them to tell who speaks stands in `label`
    ("RUTTE:"), and writers put it before the first line. `speaker` is the name as the page has it, for the formats
    that have a place for it. A cue of two speakers (a dialogue, a dash before each line) has none.
    """

    span: TimeSpan
    speaker: str | None
    lines: tuple[str, ...]
    label: str = ""
    marked: tuple[str, ...] = ()
    """The lines with the <i>, <b> and <u> that a file had; empty where it had none."""
    settings: str = ""
    """WebVTT cue settings, which say where in the picture it stands: "line:0"; empty for the player's place."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines as a viewer sees them, the label before the first."""
        if not self.label:
            return self.lines
        return (f"{self.label} {self.lines[0]}", *self.lines[1:]) if self.lines else (self.label,)

    @property
    def text(self) -> str:
        """The lines as a viewer sees them, one below the other."""
        return "\n".join(self.shown)

    @property
    def at_top(self) -> bool:
        """Whether its settings put it into the upper half of the picture."""
        found = re.search(r"(?:^|\s)line:(\d+(?:\.\d+)?)(%?)", self.settings)
        return found is not None and float(found[1]) < (50 if found[2] else 5)


def reading_length(text: str) -> int:
    """Return the characters of a cue's text that are read, blanks, punctuation and line breaks among them."""
    return len(text)


def word_count(text: str) -> int:
    """Return the words of a cue's text; a dash on its own is none."""
    return sum(_WORD.search(token) is not None for token in text.split())
