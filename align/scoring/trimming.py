"""The edges of a line moved inward to its own sound, where what placed it gave it the pause beside it, too.

A scorer has to put all of a sound on some word. What lies in a pause goes to the word after it, or to the one before.
"""

from __future__ import annotations

from collections.abc import Sequence

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan, spans_of
from asdelivered.align.acoustic.room import Levels, is_loud

_LETTER = 40
"""Milliseconds that a letter takes at least, roughly: that much of a word is never taken for a pause."""
_PAUSE = 120 // FRAME_MS
"""Frames of quiet within a word that are no closure of a stop, so that what comes before them is not the word's."""


def trim(words: Sequence[FrameSpan], letters: tuple[int, int], levels: Levels) -> list[FrameSpan]:
    """Return the `words` of a line, frames [start, end), with the pauses before the first and after the last cut off.

    A pause is where it is as quiet as in the room, up to the edge of the line; before the first word also where that
    is so for longer than within a word. `letters` is how many the first and the last word have.
    """
    found = list(words)
    start, end = found[0][0], found[-1][1]
    line = (start, max(start + 1, end))
    first, last = found[0], found[-1]
    room = max(0, first[1] - first[0] - letters[0] * _LETTER // FRAME_MS)
    ends = [
        stop
        for begin, stop in spans_of(~is_loud(line, slice(first[0], first[0] + room), levels))
        if begin == 0 or stop - begin >= _PAUSE
    ]
    if ends:
        found[0] = (first[0] + ends[-1], first[1])
    last = found[-1]
    room = max(0, last[1] - last[0] - letters[1] * _LETTER // FRAME_MS)
    begins = [
        begin
        for begin, stop in spans_of(~is_loud(line, slice(last[1] - room, last[1]), levels))
        if stop == room
    ]
    if begins:
        found[-1] = (last[0], last[1] - room + begins[0])
    return found
