"""A recording to be aligned, or a part of one: what recognition decodes, on a clock that begins with the part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import Samples, decode_speech
from asdelivered.media.recording import Recording
from asdelivered.media.windows import cut_windows


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

    def windows(self, windows: Sequence[TimeSpan]) -> Iterator[Samples]:
        """Yield the sound of each of the `windows`, whose starts ascend, 16 kHz mono, as far as the part goes.

        Where they are less than half of the part, nothing else is decoded. Raises MediaError.
        """
        # In a recording joined from parts, each window would be decoded from the beginning.
        if self.recording.parts > 1 or 2 * sum(window.duration for window in windows) > self.duration:
            yield from cut_windows(self.decode(), windows)
            return
        begin = self.span.start if self.span else 0
        for window in windows:
            end = min(window.end, self.duration)
            blocks = (
                decode_speech(self.recording, TimeSpan(begin + window.start, begin + end))
                if window.start < end
                else ()
            )
            yield np.concatenate([np.empty(0, np.int16), *blocks])
