"""The whole sound of a recording as a file of its own, in MP4 (AAC), for what plays no other."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import av.codec
import av.error
import numpy as np

from asdelivered.media.audio_reader import open_audio
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording

_RATE = 48_000
"""Samples a second, where the codec does not take the recording's own."""
_BIT_RATE = 96_000


def write_m4a(recording: Recording, made: Path) -> None:
    """Write the sound of a recording, on its clock, to the file `made`.

    Raises MediaError where it can't be read or encoded.
    """
    try:
        with open_audio(recording) as reader, av.open(str(made), "w", format="mp4") as container:
            rates = av.codec.Codec("aac", "w").audio_rates or ()
            rate = reader.sample_rate if reader.sample_rate in rates else _RATE
            stream = container.add_stream("aac", rate=rate)
            stream.layout = "mono" if reader.channels == 1 else "stereo"
            stream.bit_rate = _BIT_RATE
            resampler = av.AudioResampler(stream.format, stream.layout, rate, 1024)
            layout = {1: "mono", 2: "stereo"}.get(reader.channels, f"{reader.channels}c")

            def encode(frames: Iterable[av.AudioFrame | None]) -> None:
                for frame in frames:
                    container.mux(stream.encode(frame))

            done = 0
            for piece in reader.stream(Fraction(0), Fraction(recording.duration, 1000)):
                if not len(piece):
                    continue
                frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece).reshape(1, -1), "s32", layout)
                frame.sample_rate = reader.sample_rate
                frame.pts, frame.time_base = done, Fraction(1, reader.sample_rate)
                done += len(piece)
                encode(resampler.resample(frame))
            encode([*resampler.resample(None), None])
    except av.error.FFmpegError as error:
        raise MediaError(f"{recording.path}: its sound could not be encoded: {error}") from error
