"""What an engine is: a speech recogniser that finds words in the chunks of a recording.

To add one, write a class that follows the Protocol `Engine`, and name what makes it in `BUILT_IN` of
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
    """The options of an engine; an engine that has no use for one ignores it."""

    model: str | None = None
    """A size ("small"), a folder, or a name at a hub ("owner/name"); None: the engine's own choice."""
    device: str = "auto"
    """auto, cpu or cuda."""
    compute_type: str = "default"
    """The type of number that the model computes with: default, int8, float16, float32, ..."""
    cache: Path | None = None
    """A folder that keeps what was recognised for the next time; None: nothing is kept."""


@dataclass(frozen=True)
class Chunk:
    """10 to 20 s of a recording, cut where it is quiet, as frames and as samples that begin at the same moment."""

    start: int
    """The number of the chunk's first frame in the recording."""
    frames: NDArray[np.float32]
    """(frames, 15), 10 ms each, as `asdelivered.align.acoustic.features.frames_of` has them."""
    samples: NDArray[np.int16]
    """(samples,), 16 kHz mono; empty unless the engine `wants_samples`."""


@dataclass(frozen=True)
class RecognitionTask:
    """What is to be recognised: the text, its language (ISO 639-1); with worker processes, and a folder for files."""

    script: Script
    language: str
    pool: Executor
    folder: Path
    cuts: tuple[tuple[int, int], ...] = ()
    """Where pins cut the text and the recording: (token, frame) in order, the first token after the cut."""


class Engine(Protocol):
    """Recognises words. Errors do no harm: only runs of words that agree with the text are believed."""

    @property
    def name(self) -> str:
        """What the user calls it; it goes into the alignment."""
        ...

    @property
    def wants_samples(self) -> bool:
        """Whether it needs the samples of chunks."""
        ...

    @property
    def time_error(self) -> int:
        """By how many frames of 10 ms its times may be off: 0 where they are exact, 30 for Whisper."""
        ...

    def version(self) -> str:
        """Return the version of the recogniser."""
        ...

    def settings(self) -> dict[str, Setting]:
        """Return all settings that change what is recognised."""
        ...

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Yield the words of each chunk, in order; their frames count from the chunk's start.

        `chunks` arrive while the recording is decoded, so take each as soon as there is room for it. Words are lower
        case and spelt out ("seven", "percent"). `careful`: these chunks were unclear the first time.

        Raises AlignError where it fails; the message says what to do.
        """
        ...
