"""The sound of a clip: exactly its samples, with short fades at both ends, in a raw file for FFmpeg.

The fades are pydub's. It gets only the ends, because it would hold a whole clip in memory several times over.
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
    # It warns of its own string escapes, and of a missing FFmpeg, which it never needs to run here.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

BYTES = 4
"""Bytes per sample: signed 32-bit integers, little-endian, so that 24-bit sound loses nothing."""
PEAK = -1.0
"""The limit of a clip's true peak, in dB of full scale (EBU R128 s2, for coded sound)."""
UNMEASURABLE = -70.0
"""What the meter shows for silence, or for less than 0.4 s, in LUFS."""
_MEASURED = re.compile(r"I:\s+(-?[\d.]+|-inf) LUFS.*?Peak:\s+(-?[\d.]+|-inf) dBFS", re.DOTALL)


@dataclass(frozen=True)
class Soundtrack:
    """Raw samples in a file, channels interleaved."""

    path: Path
    sample_rate: int
    channels: int

    @property
    def arguments(self) -> list[str]:
        """FFmpeg's arguments to read it."""
        layout = ["-f", "s32le", "-ar", str(self.sample_rate), "-ac", str(self.channels)]
        return [*layout, "-i", f"file:{self.path}"]


def write_soundtrack(
    reader: AudioReader,
    spans: Sequence[tuple[Fraction, Fraction]],
    path: Path,
    fade: int,
    silence: Fraction | int = 0,
) -> Soundtrack:
    """Write the sound of one or more spans of a recording, one directly after the other, to `path`.

    Each span fades in and out over `fade` ms; `silence` seconds follow the last one. Raises MediaError where the sound
    can't be read.
    """
    with path.open("w+b") as file:
        for start, end in spans:
            begin = file.tell()
            for piece in reader.stream(start, end):
                file.write(piece.astype("<i4", copy=False).tobytes())
            _fade(file, begin, file.tell(), fade, reader)
        file.write(bytes(round(silence * reader.sample_rate) * reader.channels * BYTES))
    return Soundtrack(path, reader.sample_rate, reader.channels)


def loudness_filter(track: Soundtrack, target: float, folder: Path) -> str | None:
    """Return the filter that sets a soundtrack's loudness to `target` LUFS (EBU R128) and keeps its peaks below PEAK.

    It is None where the soundtrack is silent.

    Raises MediaError where FFmpeg fails.
    """
    measure = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    match = _MEASURED.search(run_ffmpeg([*track.arguments, *measure], folder))
    if match is None or float(match[1]) <= UNMEASURABLE:
        return None
    gain = target - float(match[1])
    filters = [f"volume={gain:.2f}dB"]
    if float(match[2]) + gain > PEAK:
        # Oversampled four times, so that peaks between the samples are limited, too.
        limit = 10 ** (PEAK / 20)
        filters += [
            f"aresample={4 * track.sample_rate}",
            f"alimiter=limit={limit:.6f}:attack=2:release=50:level=false:latency=true",
            f"aresample={track.sample_rate}",
        ]
    return ",".join(filters)


def _fade(file: BinaryIO, begin: int, end: int, fade: int, reader: AudioReader) -> None:
    """Fade the sound between two offsets of a file in and out, over `fade` ms each, or half of it if it is short."""
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
        file.write(bytes(faded(segment, fade).raw_data or b""))
    file.seek(0, 2)
