"""Excerpts of a recording's sound at its own sample rate and with its own channels, decoded only where needed.

As in `decode_speech`, times are those of the clock that players show, and holes are filled with silence. Unlike it,
this doesn't decode from the beginning: an excerpt at five hours takes no longer than one at five minutes. Only a
recording joined from parts that each count from zero has to be.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import av
import av.container
import av.error
import numpy as np
from numpy.typing import NDArray

from asdelivered.media.errors import MediaError
from asdelivered.media.joined import JoinedClock
from asdelivered.media.recording import Recording, clock_zero, opened

Samples: TypeAlias = NDArray[np.int32]
"""One row per sample, one column per channel, full scale."""
PREROLL = Fraction(1, 4)
"""Seconds to decode before an excerpt and throw away: codecs need what came before (Opus 80 ms, an MP3's bit
reservoir 9 frames)."""
TOGETHER = 1 << 16
"""Samples to convert at a time: FFmpeg's filters cost more per call than per sample."""
JITTER = 0.010
"""Seconds by which a timestamp may differ from the count of samples; containers round to 1 ms."""


@dataclass(frozen=True, eq=False)
class AudioExcerpt:
    """A part of a recording's sound: its sample 0 is sample `first` of the recording's clock."""

    samples: Samples
    sample_rate: int
    first: int


class AudioReader:
    """Reads excerpts of one recording's sound; `open_audio` makes it.

    `channels` is the number of columns: one where the recording is heard on one channel, else those of its track.
    """

    def __init__(self, recording: Recording, container: av.container.InputContainer) -> None:
        self._recording = recording
        self._container = container
        self._stream = container.streams[recording.audio.index]
        self._zero = clock_zero(container)
        self._tick = Fraction(self._stream.time_base or 0)
        self.sample_rate = recording.audio.sample_rate
        self._stored = recording.audio.channels
        self._heard = (
            slice(None) if recording.channel is None else slice(recording.channel, recording.channel + 1)
        )
        self.channels = self._stored if recording.channel is None else 1

    def read(self, start: Fraction, end: Fraction) -> AudioExcerpt:
        """Return the sound from `start` to `end`, seconds on the recording's clock, to the nearest sample.

        Beyond the recording there is silence. Raises MediaError where the sound can't be read or decoded.
        """
        first = round(start * self.sample_rate)
        return AudioExcerpt(np.concatenate([*self.stream(start, end)]), self.sample_rate, first)

    def stream(self, start: Fraction, end: Fraction) -> Iterator[Samples]:
        """Yield what `read` returns, in pieces without a hole between them."""
        place, last = (round(time * self.sample_rate) for time in (start, end))
        for at, piece in self._pieces(start, end):
            begin, stop = max(at, place), min(at + len(piece), last)
            if begin < stop:
                yield self._silence(begin - place)
                yield piece[begin - at : stop - at, self._heard]
                place = stop
        yield self._silence(last - place)

    def _silence(self, samples: int) -> Samples:
        return np.zeros((samples, self.channels), dtype=np.int32)

    def _pieces(self, start: Fraction, end: Fraction) -> Iterator[tuple[int, Samples]]:
        """Yield decoded pieces from before `start` to after `end`, each with the sample of the clock it begins at."""
        try:
            if self._recording.parts > 1:
                # Times begin anew in each part, so a seek would end in any of them.
                with opened(self._recording.path) as container:
                    yield from AudioReader(self._recording, container)._decoded(end)
            else:
                self._seek(start - PREROLL)
                yield from self._decoded(end)
        except (av.error.FFmpegError, OSError) as error:
            raise MediaError(
                f"the sound of {self._recording.path} can't be read at {float(start):.1f} s: "
                "the file is damaged; get the recording again"
            ) from error

    def _seek(self, time: Fraction) -> None:
        self._container.seek(round((max(Fraction(0), time) + self._zero) / self._tick), stream=self._stream)

    def _decoded(self, end: Fraction) -> Iterator[tuple[int, Samples]]:
        run: _Run | None = None
        clock = JoinedClock(self._recording.offsets)
        last = math.ceil(end * self.sample_rate)
        # Floats, because Fractions for fifty packets a second would take as long as decoding them.
        scale, offset = float(self._tick * self.sample_rate), float(self._zero * self.sample_rate)
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue  # the hole it leaves becomes silence
            for frame in frames:
                assert isinstance(frame, av.AudioFrame)
                at = None if frame.pts is None else round(frame.pts * scale - offset)
                if at is not None and self._recording.parts > 1:
                    at = round(clock.time(0, at / self.sample_rate) * self.sample_rate)
                if run is None or not run.is_followed_by(frame, at):
                    if run is not None:
                        yield from run.converted(ended=True)
                        at = run.end if at is None else at
                    if at is None:
                        continue
                    run = _Run(frame, at, self.sample_rate, self._stored)
                run.push(frame)
                if run.waiting >= TOGETHER:
                    yield from run.converted()
                if run.end >= last:
                    yield from run.converted(ended=True)
                    return
        if run is not None:
            yield from run.converted(ended=True)


class _Run:
    """Frames of one format without a hole between them, converted together."""

    def __init__(self, frame: av.AudioFrame, first: int, sample_rate: int, channels: int) -> None:
        self._format = _sound_format(frame)
        self._first = self._given = first
        self._pushed = 0
        self._sample_rate = sample_rate
        self._channels = channels
        self._fifo = av.AudioFifo()
        same = frame.layout.nb_channels == channels
        layout = frame.layout if same else ("mono" if channels == 1 else f"{channels}c")
        self._converter = av.AudioResampler("s32", layout, sample_rate)

    @property
    def end(self) -> int:
        """The sample of the clock at which the run ends so far."""
        return self._first + self._pushed * self._sample_rate // self._format[0]

    @property
    def waiting(self) -> int:
        """Samples that have been pushed but not converted yet."""
        return self._fifo.samples

    def is_followed_by(self, frame: av.AudioFrame, at: int | None) -> bool:
        """Return whether a frame at sample `at` of the clock continues the run."""
        near = at is None or abs(at - self.end) <= JITTER * self._sample_rate
        return near and _sound_format(frame) == self._format

    def push(self, frame: av.AudioFrame) -> None:
        """Add a frame."""
        frame.pts = None  # or the queue would compare it with its own count
        self._pushed += frame.samples
        self._fifo.write(frame)

    def converted(self, ended: bool = False) -> Iterator[tuple[int, Samples]]:
        """Yield what can be converted so far; once the run has `ended`, all that is left."""
        waiting = self._fifo.read()
        frames = self._converter.resample(waiting) if waiting else []
        if ended:
            frames += self._converter.resample(None)
        for frame in frames:
            piece = frame.to_ndarray().reshape(-1, self._channels).astype(np.int32, copy=False)
            yield self._given, piece
            self._given += len(piece)


def _sound_format(frame: av.AudioFrame) -> tuple[int, str, str]:
    """Sample rate, sample format and layout of channels."""
    return frame.sample_rate, frame.format.name, frame.layout.name


@contextmanager
def open_audio(recording: Recording) -> Iterator[AudioReader]:
    """Open a recording to read excerpts of its sound, and close it at the end.

    Raises MediaError where it can't be opened.
    """
    with opened(recording.path) as container:
        yield AudioReader(recording, container)
