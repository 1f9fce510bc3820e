"""Haste: whether the next chunks are heard quickly, as clear speech is, or carefully at once.

In a room that echoes, quick hearing makes out so little that nearly every chunk is heard again: then the first time was
wasted. So where it was wasted for a block of chunks, the blocks after it are heard carefully from the start, but for
one now and then, by which it shows when quick hearing will do again.
"""

from __future__ import annotations

from collections.abc import Sequence

from asdelivered.align.engines.engine import TellUnclear
from asdelivered.align.values.recognised_word import RecognisedWord

BLOCK = 6
"""Chunks that are heard alike: a minute and a half."""
_WASTED = 0.8
"""Share of the chunks of a block that are unclear, from which on quick hearing was wasted on it."""
_PROBE = 8
"""Blocks heard carefully before one is heard quickly again."""


class Haste:
    """Decides for one block of chunks after the other, from what was heard in blocks before it."""

    def __init__(self, tell_unclear: TellUnclear) -> None:
        """Begin in haste."""
        self._tell_unclear = tell_unclear
        self._wasted = False
        self._careful_blocks = 0

    def next_is_careful(self) -> bool:
        """Decide whether the next block is heard carefully."""
        if not self._wasted or self._careful_blocks == _PROBE:
            self._careful_blocks = 0
            return False
        self._careful_blocks += 1
        return True

    def heard(self, words: Sequence[Sequence[RecognisedWord]]) -> None:
        """Learn what was heard, quickly, in the chunks of a block; their frames count from the start of the sound."""
        speaking = [some for some in words if some]
        if speaking:
            self._wasted = len(self._tell_unclear(speaking)) >= _WASTED * len(speaking)
