"""A recording to be aligned, or a part of one: what recognition decodes, on a clock that begins with the part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import Samples, decode_speech
from asdelivered.media.recording import Recording


@dataclass(frozen=True)
class RecordingPart:
    """The `span` of a recording; None: all of it."""

    recording: Recording
    span: TimeSpan | None = None

    @property
    def duration(self) -> int:
        """Length in milliseconds."""
        return self.recording.duration if self.span is None else self.span.duration

    def decode(self) -> Iterator[Samples]:
        """Yield the sound in blocks of up to 10 s, 16 kHz mono. Raises MediaError."""
        return decode_speech(self.recording, self.span)
