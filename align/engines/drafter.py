"""What a drafter is: whatever writes down what is said in a stretch of sound of which no text is known.

An engine hears words to compare them with the text; what a drafter writes is for people to read, with capitals and
punctuation, and stands apart from the official text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class DraftText:
    """What may have been said, and how likely that is: 0 to 1."""

    text: str
    confidence: float


class Drafter(Protocol):
    """Writes down speech of which no text is known."""

    @property
    def name(self) -> str:
        """What notes to the user call it."""
        ...

    def draft(self, samples: NDArray[np.int16]) -> DraftText | None:
        """Return what may be said in (samples,), 16 kHz mono; None where no words are recognised in it.

        Raises AlignError where it fails.
        """
        ...
