"""Haste: whether the next chunks are heard quickly, as clear speech is, or carefully at once.

In a room that echoes, quick hearing makes out so little that nearly every chunk is heard again: then the first time was
wasted. So where it was wasted for a block of chunks, the blocks after it are heard carefully from the start, but for
one now and then, by which it shows when quick hearing will do again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from asdelivered.align.anchors import Anchors, anchor
from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord

BLOCK = 6
"""Chunks that are heard alike: a minute and a half."""
_CLEAR = 0.6
"""A chunk with a smaller share of its words in anchors is unclear."""
_WASTED = 0.8
"""Share of the chunks of a block that are unclear, from which on quick hearing was wasted on it."""
_PROBE = 8
"""Blocks heard carefully before one is heard quickly again."""


def unclear_chunks(words: Sequence[Sequence[RecognisedWord]], anchors: Anchors) -> list[int]:
    """Return the numbers of the chunks with too few of their `words` in anchors; one without any word is silent."""
    anchored = np.zeros(len(anchors.words), bool)
    for run in anchors.runs:
        anchored[run.recognised : run.recognised + run.length] = True
    ends = accumulate(len(some) for some in words)
    return [
        at
        for at, (some, end) in enumerate(zip(words, ends, strict=True))
        if some and anchored[end - len(some) : end].mean() < _CLEAR
    ]


class Haste:
    """Decides for one block of chunks after the other, from what was heard in blocks before it."""

    def __init__(self, script: Script) -> None:
        """Begin in haste."""
        self._script = script
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
            anchors = anchor(self._script, [word for some in speaking for word in some], 0)
            self._wasted = len(unclear_chunks(speaking, anchors)) >= _WASTED * len(speaking)
