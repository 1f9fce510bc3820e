"""The rules that captions keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """How much text a cue holds and how long it stands. Durations are milliseconds.

    The defaults are those of Netflix' Timed Text Style Guide: General Requirements (2 lines; 5/6 s to 7 s;
    2 frames between cues, here of 1/24 s) and its English (USA) guide (42 characters a line, 20 a second).
    """

    max_lines: int = 2
    """1 to 3."""
    max_line_length: int = 42
    """Characters, 32 to 65; a longer word has a line to itself."""
    min_duration: int = 833
    """500 to 1500."""
    max_duration: int = 7000
    """5000 to 10000."""
    min_gap: int = 84
    """Between the end of a cue and the start of the next; 0 to 160."""
    closed_gap: int = 500
    """A shorter gap looks like a flicker: the cue stays until `min_gap` before the next. 0 to 500."""
    reading_speed: float = 20.0
    """Characters a second that a viewer can follow, 12 to 25: cues stay longer for it into silence."""
    longest_pause: int = 1500
    """A speaker's pause that no cue spans, 800 to 3000. No guide sets it: the words after it would be read
    long before they are said, and the point given away."""


DEFAULT = Style()
