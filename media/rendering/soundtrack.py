"""The sound of a clip: exactly its samples, with short fades at its ends, raw in a file for FFmpeg.

The fades are pydub's. It would hold a whole clip in memory several times over, so it gets the ends alone.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from asdelivered.media.audio_reader import AudioReader
from asdelivered.media.rendering.ffmpeg import run_ffmpeg

with warnings.catch_warnings():
    # Of its own escapes, and of an FFmpeg on the PATH, which it isn't asked to run.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

BYTES = 4
"""Of a sample: signed 32-bit integers, little-endian, so that 24-bit sound loses nothing."""
PEAK = -1.0
"""dB of full scale, true peak, that a louder clip stays below (EBU R128 s2, for coded sound)."""
UNMEASURABLE = -70.0
"""LUFS that the meter shows where it heard nothing, or less than 0.4 s."""
_MEASURED = re.compile(r"I:\s+(-?[\d.]+|-inf) LUFS.*?Peak:\s+(-?[\d.]+|-inf) dBFS", re.DOTALL)


@dataclass(frozen=True)
class Soundtrack:
    """Raw samples in a file, channels interleaved."""

    path: Path
    sample_rate: int
    channels: int

    @property
    def arguments(self) -> list[str]:
        """What tells FFmpeg to read it."""
        layout = ["-f", "s32le", "-ar", str(self.sample_rate), "-ac", str(self.channels)]
        return [*layout, "-i", f"file:{self.path}"]


def write_soundtrack(
    reader: AudioReader, parts: Sequence[tuple[Fraction, Fraction]], path: Path, fade: int
) -> Soundtrack:
    """Write the sound of one or more parts of a recording, one directly after the other, to `path`.

    Each part fades in and out over `fade` ms. Raises MediaError where the sound can't be read.
    """
    with path.open("w+b") as file:
        for start, end in parts:
            begin = file.tell()
            for piece in reader.stream(start, end):
                file.write(piece.astype("<i4", copy=False).tobytes())
            _fade(file, begin, file.tell(), fade, reader)
    return Soundtrack(path, reader.sample_rate, reader.channels)


def loudness_filter(track: Soundtrack, target: float, folder: Path) -> str | None:
    """Return the filter that brings a soundtrack to `target` LUFS (EBU R128), below PEAK; None where it is silent.

    Raises MediaError where FFmpeg fails.
    """
    measure = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    match = _MEASURED.search(run_ffmpeg([*track.arguments, *measure], folder))
    if match is None or float(match[1]) <= UNMEASURABLE:
        return None
    gain = target - float(match[1])
    filters = [f"volume={gain:.2f}dB"]
    if float(match[2]) + gain > PEAK:
        # Peaks between samples are seen at four times the rate.
        limit = 10 ** (PEAK / 20)
        filters += [
            f"aresample={4 * track.sample_rate}",
            f"alimiter=limit={limit:.6f}:attack=2:release=50:level=false:latency=true",
            f"aresample={track.sample_rate}",
        ]
    return ",".join(filters)


def _fade(file: BinaryIO, begin: int, end: int, fade: int, reader: AudioReader) -> None:
    """Fade the bytes between two places of a file in and out, each over `fade` ms or half of them."""
    size = reader.channels * BYTES
    fade = min(fade, (end - begin) // size * 1000 // reader.sample_rate // 2)
    length = fade * reader.sample_rate // 1000 * size
    if not length:
        return
    for place, faded in ((begin, AudioSegment.fade_in), (end - length, AudioSegment.fade_out)):
        file.seek(place)
        segment = AudioSegment(
            data=file.read(length),
            sample_width=BYTES,
            frame_rate=reader.sample_rate,
            channels=reader.channels,
        )
        file.seek(place)
        file.write(faded(segment, fade).raw_data)
    file.seek(0, 2)
