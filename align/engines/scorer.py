"""What a scorer is: whatever says where the words of a known text are in a sound, and how well they fit it.

It is the counterpart of an engine, which hears words without knowing them. Where sound is so bad that no word is
heard, a scorer can still tell where a given text is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class WordFit:
    """Where a word is, in milliseconds [start, end) from the beginning of a sound, and how likely it is there.

    `likelihood` is the sum over its `parts` of the log-probability of each, given the sound and the words before it.
    """

    start: int
    end: int
    likelihood: float
    parts: int


class Scorer(Protocol):
    """Puts known words on a sound: listens to it once, and then fits to it as many texts as one likes."""

    @property
    def name(self) -> str:
        """What the alignment calls it."""
        ...

    @property
    def longest(self) -> int:
        """Milliseconds that a sound may have."""
        ...

    def listen(self, samples: NDArray[np.int16]) -> Any:
        """Return what `fit` needs of a sound, (samples,), 16 kHz mono, no longer than the `longest`."""
        ...

    def fit(self, heard: Any, words: Sequence[str]) -> tuple[WordFit, ...]:
        """Return where `words`, as they are written, are in what was heard; nothing where they are too many."""
        ...
