"""What an engine is: whatever hears words in the chunks of a recording.

To add one, write a class that keeps the Protocol `Engine`, and name what makes it in `BUILT_IN` of
`asdelivered.align.engines`, or, in a package of your own, as an entry point of the group `asdelivered.engines`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord

Setting = str | int | float | bool


@dataclass(frozen=True)
class EngineOptions:
    """What a user may say of an engine; one that has no use for an option ignores it."""

    model: str | None = None
    """A size ("small"), a folder, or a name at a hub ("owner/name"); None: the engine's own choice."""
    device: str = "auto"
    """auto, cpu or cuda."""
    compute_type: str = "default"
    """The numbers that the model computes with: default, int8, float16, float32, ..."""
    cache: Path | None = None
    """A folder where what was heard is kept for the next time; None: nowhere."""


@dataclass(frozen=True)
class Chunk:
    """10 to 20 s of a recording, cut where it is quiet, in two forms; both begin at the same moment."""

    start: int
    """The frame of the recording that the chunk begins with."""
    frames: NDArray[np.float32]
    """(frames, 15), 10 ms each, as `asdelivered.align.acoustic.features.frames_of` has them."""
    samples: NDArray[np.int16]
    """(samples,), 16 kHz mono; empty unless the engine `wants_samples`."""


@dataclass(frozen=True)
class RecognitionTask:
    """What is to be heard: the text, its language (ISO 639-1), the worker processes, a folder for files."""

    script: Script
    language: str
    pool: Executor
    folder: Path
    cuts: tuple[tuple[int, int], ...] = ()
    """Where the text and the recording are known to part: (token, frame) in order, the first token after it."""


class Engine(Protocol):
    """Hears words. What it hears may be wrong: only runs of it that agree with the text are believed."""

    @property
    def name(self) -> str:
        """As the user names it, and as the alignment does."""

    @property
    def wants_samples(self) -> bool:
        """Whether chunks must bring their samples."""

    @property
    def time_error(self) -> int:
        """Frames of 10 ms by which its times may be off: 0 where they are those of the sound, 30 for Whisper."""

    def version(self) -> str:
        """The version of what hears."""

    def settings(self) -> dict[str, Setting]:
        """Whatever changes what is heard."""

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Yield for each chunk, in order, the words heard in it; frames count from the chunk's start.

        `chunks` come as the recording is decoded, so take them as early as there is room. Words are lower case and
        spelt out ("seven", "percent"). `careful`: these chunks were unclear the first time.

        Raises AlignError where it can't, saying what to do.
        """
