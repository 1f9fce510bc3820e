"""Reading a transcript with the corrections that a person gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.structure.corrections import Corrections, read_speakers


@dataclass(frozen=True)
class ReadingOptions:
    """How to read a transcript; None: as its text suggests.

    `speakers` is a file of speakers, `unspoken` a regular expression for text that is not spoken.
    """

    language: str | None = None
    format: str | None = None
    speakers: Path | None = None
    unspoken: str | None = None

    def corrections(self) -> Corrections:
        """Return the corrections. Raises TranscriptError if the file of speakers cannot be read."""
        corrections = read_speakers(self.speakers) if self.speakers else Corrections()
        return replace(corrections, unspoken=re.compile(self.unspoken) if self.unspoken else None)


def read(path: Path, options: ReadingOptions) -> Transcript:
    """Read the transcript at `path`; "-" is standard input. Raises TranscriptError."""
    return read_transcript(path, options.language, options.format, options.corrections())
