"""An engine that recognises nothing: a pass with it gives the sound alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asdelivered.align.engines.engine import Chunk, RecognitionTask, Setting
from asdelivered.align.values.recognised_word import RecognisedWord


class Deaf:
    """Yields no words for any chunk."""

    name = "deaf"
    wants_samples = False
    time_error = 0

    def version(self) -> str:
        """There is but one."""
        return "1"

    def settings(self) -> dict[str, Setting]:
        """There are none."""
        return {}

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Take each chunk, and yield no word."""
        for _ in chunks:
            yield []
