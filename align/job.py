"""The value that every step of a pass works on: the text, its pins, and the sound to align them with."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.acoustic.features import frame_at
from asdelivered.align.engines.engine import RecognitionTask
from asdelivered.align.pinning import ResolvedPins
from asdelivered.align.script import Script
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.progress import Observer


@dataclass(frozen=True)
class Job:
    """What is aligned with what, and who does the work: the processes of `pool`, with `folder` for their files."""

    script: Script
    language: str
    pins: ResolvedPins
    sound: RecordingPart
    pool: Executor
    folder: Path
    observer: Observer

    @property
    def cuts(self) -> tuple[tuple[int, int], ...]:
        """Where pins cut the text and the sound: (token, frame) in order, the first token after the cut."""
        return tuple((token, frame_at(moment)) for token, moment in self.pins.cuts)

    @property
    def recognition(self) -> RecognitionTask:
        """The part of the job that an engine needs to know."""
        return RecognitionTask(self.script, self.language, self.pool, self.folder, self.cuts)
