"""Recordings made on the spot: known sounds in real containers."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.audio
import av.container
import numpy as np
import pytest
from numpy.typing import NDArray

FRAME_RATE = 25


@dataclass(frozen=True)
class Making:
    """How a recording is made. `delay`: seconds by which the sound begins after the picture.

    `holes`: at these seconds of the sound, its timestamps jump ahead by the given seconds.
    """

    codec: str
    sample_rate: int = 48_000
    layout: str = "mono"
    picture: float = 0.0
    delay: float = 0.0
    holes: dict[float, float] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    timecode: str | None = None
    language: str | None = None
    tags: dict[str, str] = field(default_factory=dict)


def clicks(seconds: float, times: Iterable[float], sample_rate: int = 48_000) -> NDArray[np.float32]:
    """Silence with a click of 0.5 ms at each of `times`."""
    sound = np.zeros(round(seconds * sample_rate), dtype=np.float32)
    for time in times:
        at = round(time * sample_rate)
        sound[at : at + max(1, sample_rate // 2000)] = 0.9
    return sound


def noise(seconds: float, sample_rate: int = 48_000) -> NDArray[np.float32]:
    return np.random.default_rng(7).normal(0, 0.1, round(seconds * sample_rate)).astype(np.float32)


def make_recording(path: Path, sound: NDArray[np.float32] | None, making: Making) -> Path:
    """Write `sound` (the same in every channel) and a black picture, packets in order of time."""
    with av.open(str(path), "w", options=making.options) as container:
        if making.timecode:
            container.metadata["timecode"] = making.timecode
        container.metadata.update(making.tags)
        streams = []
        if making.picture:
            streams.append(_picture_packets(container, making.picture))
        if sound is not None:
            streams.append(_sound_packets(container, sound, making))
        for packet in heapq.merge(*streams, key=lambda packet: packet.dts * packet.time_base):
            container.mux(packet)
    return path


def _picture_packets(container: av.container.OutputContainer, seconds: float) -> list[av.Packet]:
    stream = container.add_stream("mpeg4", rate=FRAME_RATE)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    packets = []
    for number in range(round(seconds * FRAME_RATE)):
        frame = av.VideoFrame.from_ndarray(np.zeros((96, 64), dtype=np.uint8), format="yuv420p")
        frame.pts = number
        frame.time_base = Fraction(1, FRAME_RATE)
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def _sound_packets(
    container: av.container.OutputContainer, sound: NDArray[np.float32], making: Making
) -> list[av.Packet]:
    stream = container.add_stream(making.codec, rate=making.sample_rate, layout=making.layout)
    if making.language:
        stream.metadata["language"] = making.language
    assert isinstance(stream, av.AudioStream)
    stream.codec_context.open()
    size = stream.codec_context.frame_size or 1024
    channels = av.AudioLayout(making.layout).nb_channels
    whole = av.AudioFrame.from_ndarray(np.tile(sound, (channels, 1)), "fltp", making.layout)
    whole.sample_rate = making.sample_rate
    converter = av.AudioResampler(stream.codec_context.format.name, making.layout, making.sample_rate, size)
    packets = []
    start = 0
    for piece in converter.resample(whole) + converter.resample(None):
        jumped = sum(ahead for at, ahead in making.holes.items() if start >= at * making.sample_rate)
        piece.pts = start + round((making.delay + jumped) * making.sample_rate)
        piece.time_base = Fraction(1, making.sample_rate)
        packets += stream.encode(piece)
        start += piece.samples
    return packets + stream.encode(None)


@pytest.fixture
def make(tmp_path: Path):
    """Make a recording of the given name in the test's folder."""

    def made(name: str, sound: NDArray[np.float32] | None, **making: Any) -> Path:
        return make_recording(tmp_path / name, sound, Making(**making))

    return made


@pytest.fixture
def make_clicks():
    return clicks


@pytest.fixture
def make_noise():
    return noise
