"""Decode the sound of a recording to what recognisers take: 16 kHz mono, on the recording's clock.

Sample i is at i / 16000 s of the clock that players show (see `Recording`). If the sound begins late, silence comes
before it; a hole in the timestamps is filled with silence; sound that overlaps earlier sound is dropped. So times never
drift. Frames without a hole between them are resampled as one run. A recording that is heard on one channel gives that
channel; otherwise all are mixed and, where they cancel in the mix, the loudest is taken (`mixing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import av
import av.container
import av.error
import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.errors import MediaError
from asdelivered.media.joined import JoinedClock
from asdelivered.media.mixing import channel_lost_in_mix
from asdelivered.media.recording import MAX_CHANNELS, SAMPLE_RATES, Recording, clock_zero, opened

SAMPLE_RATE = 16_000
BLOCK = 10 * SAMPLE_RATE
"""Samples per block: 10 s."""
FRAMES_TOGETHER = 1 << 17
"""Source samples to resample at a time: FFmpeg's filters cost more per call than per sample."""
JITTER = 0.010
"""Seconds by which a timestamp may differ from the count of samples. Containers round to 1 ms; the smallest
hole that matters, one lost packet, is 20 ms."""
CLOCK_JUMP = 10.0
"""Seconds by which timestamps may run backwards, or past the recording's length."""
MISSING_END = 1.0
"""Seconds that may be missing at the end: headers are rounded."""
DAMAGE = 1.0
"""Seconds of sound, in total, that may be undecodable; players skip as much and nobody minds."""
SKIPPED = 4096
"""Bytes between two packets of a Matroska file beyond which data is lost: its own headers are smaller."""
UNBROKEN = frozenset({"ogg", "flac", "wav", "w64", "aiff", "caf", "au", "mp3", "aac", "amr", "ac3"})
"""Formats (FFmpeg's names) whose timestamps only jump where data was lost."""

Samples: TypeAlias = NDArray[np.int16]


def decode_speech(recording: Recording, span: TimeSpan | None = None) -> Iterator[Samples]:
    """Yield the sound in blocks of 160,000 samples (10 s), the last one shorter.

    Each block is a one-dimensional int16 array at 16 kHz, mono. Memory doesn't grow with the recording. With a `span`,
    the first sample is that of its start, and only what lies in it is decoded.

    Raises MediaError where the recording ends before the length it states, where more than a second of it
    can't be decoded, or where its timestamps jump so far that there is no one clock. In a span, only where nothing can
    be read.
    """
    return _blocks(_pieces(recording) if span is None else _pieces_within(recording, span))


def _blocks(pieces: Iterable[Samples]) -> Iterator[Samples]:
    """Cut pieces of any length into blocks of one length."""
    waiting: list[Samples] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        if count >= BLOCK:
            joined = np.concatenate(waiting)
            whole = count - count % BLOCK
            for start in range(0, whole, BLOCK):
                yield joined[start : start + BLOCK]
            waiting = [joined[whole:].copy()]
            count -= whole
    if count:
        yield np.concatenate(waiting)


def _pieces(recording: Recording) -> Iterator[Samples]:
    """Yield the samples from time zero on, without a hole, in pieces of any length."""
    length = recording.duration / 1000
    output = _Output()
    run: _Run | None = None
    with opened(recording.path) as container:
        unbroken = not UNBROKEN.isdisjoint(container.format.name.split(","))
        source = _FrameReader(recording, container)
        damage = _Damage(recording)
        for frame, at, after_damage in source.frames():
            if run is None or not run.is_followed_by(frame, at):
                end = 0.0
                if run is not None:
                    end = run.end
                    yield from output.counted(run.finish())
                at = end if at is None else at
                _check_frame(recording, frame, end, at)
                if run is not None and (after_damage or unbroken):
                    damage.add(end, at)
                hole = round(at * SAMPLE_RATE) - output.given
                yield from output.counted(_silence(hole))
                run = _Run(frame, at, max(0, -hole), recording.channel)
            yield from output.counted(run.push(frame))
        if run is None:
            raise MediaError(f"no sound of {recording.path} can be decoded: it is damaged; get it again")
        yield from output.counted(run.finish())
        if max(source.furthest, run.end) < length - MISSING_END:
            raise MediaError(
                f"{recording.path} ends at {run.end:.1f} s of {length:.1f} s: "
                "the file is truncated; get the whole file"
            )


def _pieces_within(recording: Recording, span: TimeSpan) -> Iterator[Samples]:
    """Yield the samples of a span, without a hole, in pieces of any length."""
    run: _Run | None = None
    with open_audio(recording) as reader:
        layout = "mono" if reader.channels == 1 else f"{reader.channels}c"
        for piece in reader.stream(Fraction(span.start, 1000), Fraction(span.end, 1000)):
            if len(piece):
                frame = av.AudioFrame.from_ndarray(
                    (piece >> 16).astype(np.int16).reshape(1, -1), "s16", layout
                )
                frame.sample_rate = reader.sample_rate
                run = run or _Run(frame, 0.0, skip=0)
                yield from run.push(frame)
    if run is None:
        raise MediaError(f"{recording.path} has no sound between {span.start} and {span.end} ms")
    yield from run.finish()


class _Output:
    """Counts the samples yielded so far."""

    def __init__(self) -> None:
        self.given = 0

    def counted(self, pieces: Iterable[Samples]) -> Iterator[Samples]:
        for piece in pieces:
            self.given += len(piece)
            yield piece


class _Damage:
    """Adds up the sound that was lost."""

    def __init__(self, recording: Recording) -> None:
        self._path = recording.path
        self._lost = 0.0
        self._first: float | None = None

    def add(self, start: float, end: float) -> None:
        """Count a hole, in seconds on the clock. Raises MediaError once the total is too much."""
        if end <= start:
            return
        self._first = start if self._first is None else self._first
        self._lost += end - start
        if self._lost > DAMAGE:
            raise MediaError(
                f"{self._path} is damaged at {self._first:.1f} s: {self._lost:.1f} s of its sound can't be "
                "decoded; get the recording again"
            )


class _Frame(NamedTuple):
    """A decoded frame, its time on the clock in seconds, and whether undecodable data came before it."""

    frame: av.AudioFrame
    at: float | None
    after_damage: bool


class _FrameReader:
    """Reads the frames of a recording, and notes how far its data reaches."""

    def __init__(self, recording: Recording, container: av.container.InputContainer) -> None:
        self._recording = recording
        self._container = container
        self._zero = float(clock_zero(container))
        # As floats: a packet or frame would make a Fraction of its time base at each access, 180,000 times an hour.
        self._ticks = [float(stream.time_base or 0) for stream in container.streams]
        self._clock = JoinedClock(recording.offsets)
        self.furthest = 0.0
        """Where the data of all streams ends, in seconds on the clock: the sound may end before the picture."""

    def _on_clock(self, stream: int | str, time: float) -> float:
        at = time - self._zero
        return self._clock.time(stream, at) if self._recording.parts > 1 else at

    def frames(self) -> Iterator[_Frame]:
        audio = self._container.streams[self._recording.audio.index]
        matroska = self._container.format.name == "matroska,webm"
        damaged = False
        data_end = None
        try:
            for packet in self._container.demux():
                if matroska and packet.pos is not None:
                    # FFmpeg silently continues at the next intact cluster.
                    damaged |= data_end is not None and packet.pos > data_end + SKIPPED
                    data_end = packet.pos + packet.size
                if packet.pts is not None and packet.stream.type != "data":
                    end = (packet.pts + (packet.duration or 0)) * self._ticks[packet.stream.index]
                    self.furthest = max(self.furthest, self._on_clock(packet.stream.index, end))
                # Not packet.stream_index: it is 0 in the empty packet that ends each stream, whichever that is.
                if packet.stream.index != audio.index:
                    continue
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    # If a later frame can be decoded, the hole before it is counted.
                    damaged = True
                    continue
                for frame in frames:
                    assert isinstance(frame, av.AudioFrame)
                    at = None
                    if frame.pts is not None:
                        at = self._on_clock("frames", frame.pts * self._ticks[audio.index])
                    yield _Frame(frame, at, damaged)
                    damaged = False
        except (av.error.FFmpegError, OSError) as error:
            raise MediaError(
                f"{self._recording.path} can't be read past {self.furthest:.1f} s: "
                "the file is damaged; get the recording again"
            ) from error


class _Run:
    """Frames of one format without a hole between them, resampled together."""

    def __init__(self, frame: av.AudioFrame, at: float, skip: int, channel: int | None = None) -> None:
        """Begin a run at `at` seconds, without its first `skip` samples; `channel` is the one to keep, None: all."""
        self._start = at
        self._channel = channel
        self._skip = skip
        self._samples = 0
        self._format = _sound_format(frame)
        self._fifo = av.AudioFifo()
        self._resampler = av.AudioResampler("s16", "mono", SAMPLE_RATE)

    @property
    def end(self) -> float:
        """Where the run ends so far, in seconds on the clock."""
        return self._start + self._samples / self._format[0]

    def is_followed_by(self, frame: av.AudioFrame, at: float | None) -> bool:
        return _sound_format(frame) == self._format and (at is None or abs(at - self.end) <= JITTER)

    def push(self, frame: av.AudioFrame) -> Iterator[Samples]:
        frame.pts = None  # or the queue would compare it with its own count
        self._samples += frame.samples
        self._fifo.write(frame)
        if self._fifo.samples >= FRAMES_TOGETHER:
            yield from self._resampled(self._fifo.read())

    def finish(self) -> Iterator[Samples]:
        rest = self._fifo.read()
        if rest is not None:
            yield from self._resampled(rest)
        rate, form, channels = self._format
        if (rate, form, 1 if self._channel is not None else channels) != (
            SAMPLE_RATE,
            "s16",
            1,
        ):  # otherwise there is nothing to flush
            yield from self._resampled(None)

    def _heard(self, frame: av.AudioFrame) -> av.AudioFrame:
        return _mixable(frame) if self._channel is None else _only(frame, self._channel)

    def _resampled(self, frame: av.AudioFrame | None) -> Iterator[Samples]:
        for heard in self._resampler.resample(None if frame is None else self._heard(frame)):
            piece = heard.to_ndarray().reshape(-1).astype(np.int16, copy=False)
            dropped = min(self._skip, len(piece))
            self._skip -= dropped
            if dropped < len(piece):
                yield piece[dropped:]


def _only(frame: av.AudioFrame, channel: int) -> av.AudioFrame:
    """Return one channel of a frame; the last one where it has fewer."""
    channels = frame.layout.nb_channels
    stored = frame.to_ndarray()
    samples = stored if frame.format.is_planar else stored.reshape(-1, channels).T
    kept = np.ascontiguousarray(samples[min(channel, channels - 1)]).reshape(1, -1)
    alone = av.AudioFrame.from_ndarray(kept, frame.format.name, "mono")
    alone.sample_rate = frame.sample_rate
    return alone


def _mixable(frame: av.AudioFrame) -> av.AudioFrame:
    """Return the frame or, where its channels cancel in a mix, one that has the loudest of them in all channels."""
    channels = frame.layout.nb_channels
    if channels == 1:
        return frame
    stored = frame.to_ndarray()
    samples = stored.T if frame.format.is_planar else stored.reshape(-1, channels)
    lost = channel_lost_in_mix(samples)
    if lost is None:
        return frame
    samples[:] = samples[:, lost : lost + 1].copy()  # a view: this writes to `stored`
    replaced = av.AudioFrame.from_ndarray(stored, frame.format.name, frame.layout.name)
    replaced.sample_rate = frame.sample_rate
    return replaced


def _sound_format(frame: av.AudioFrame) -> tuple[int, str, int]:
    """Sample rate, sample format and channels."""
    return frame.sample_rate, frame.format.name, frame.layout.nb_channels


def _silence(samples: int) -> Iterator[Samples]:
    for start in range(0, samples, BLOCK):
        yield np.zeros(min(BLOCK, samples - start), dtype=np.int16)


def _check_frame(recording: Recording, frame: av.AudioFrame, end: float, at: float) -> None:
    """Raise MediaError where a frame can't be at `at` on the clock, given that the sound before it ends at `end`."""
    if frame.sample_rate not in SAMPLE_RATES or not 0 < frame.layout.nb_channels <= MAX_CHANNELS:
        raise MediaError(f"the sound of {recording.path} is damaged at {end:.1f} s: get the recording again")
    if at < end - CLOCK_JUMP or at > recording.duration / 1000 + CLOCK_JUMP:
        raise MediaError(
            f"the times in {recording.path} jump from {end:.1f} s to {at:.1f} s, so there is no one clock: "
            "convert it to FLAC or, where it was joined from parts, join them anew"
        )
