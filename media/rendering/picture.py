"""The picture of a clip: whether it can be copied without encoding, and FFmpeg's arguments where it can't.

Frames are found by their own timestamps; FFmpeg's seek is exact if it aims half a frame before the wanted one. A copy
must begin at a keyframe, and may end only where no frame inside needs one from outside.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import av
import av.error
import av.stream

from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import MICROSECONDS, clock_zero, opened
from asdelivered.media.rendering.ffmpeg import input_file
from asdelivered.media.timecode import seconds_at

VERTICAL = (1080, 1920)
"""Pixels of a picture for phones."""
_LEAD = 2
"""Seconds to read before a clip where the rate varies: the first frame shown may have begun this much earlier."""


def can_copy(source: EditSource, first: int, last: int) -> bool:
    """Return whether frames `first` up to `last` can be copied without encoding.

    The first must be a keyframe, and the file must store them all in a row, with no other frame among them.
    Raises MediaError where the recording can't be opened.
    """
    video = source.recording.video
    if video is None or varies(source):
        return False
    with opened(source.path) as container:
        stream = container.streams[video.index]
        tick = stream.time_base
        if not tick:
            return False
        zero = clock_zero(container)
        half = seconds_at(1, source.rate) / 2
        begin, end = (source.start + seconds_at(frame, source.rate) + zero - half for frame in (first, last))
        container.seek(round((begin + 2 * half) / tick), stream=stream)
        packets = container.demux(stream)  # the very last packet is empty and has no time

        def is_inside(packet: av.Packet[av.stream.Stream]) -> bool:
            return packet.pts is not None and begin <= packet.pts * tick < end

        keyframe = next(packets)
        if not (keyframe.is_keyframe and is_inside(keyframe)):
            return False
        return all(map(is_inside, itertools.islice(packets, last - first - 1)))


def copied_input(source: EditSource, first: int) -> list[str]:
    """Return the arguments that open the recording at a keyframe, to copy from there."""
    # Later than the keyframe by less than a tick of any file: from before it, FFmpeg would go to the previous one.
    time = source.start + seconds_at(first, source.rate) + Fraction(2, MICROSECONDS)
    return ["-ss", _seconds(_from_start(source, time)), *input_file(source.path)]


def encoded_input(source: EditSource, first: int) -> list[str]:
    """Return the arguments that open the recording so that decoding begins at frame `first`.

    Where the rate varies, it begins some frames earlier, which `picture_filters` drops.
    """
    time = source.start + seconds_at(first, source.rate)
    if varies(source):
        time -= seconds_at(_lead(source, first), source.rate)
    else:
        time -= seconds_at(1, source.rate) / 2
    return ["-ss", _seconds(_from_start(source, time)), *input_file(source.path)]


def picture_filters(source: EditSource, first: int, vertical: bool) -> list[str]:
    """Return the filters that turn the decoded picture into the clip's: from zero on, at the rate of `source`."""
    filters = ["setpts=PTS-STARTPTS"]
    if varies(source):
        fps = source.rate.fps
        filters = [
            f"fps={fps.numerator}/{fps.denominator}:start_time=0",
            f"trim=start_frame={_lead(source, first)}",
            *filters,
        ]
    if vertical:
        width, height = VERTICAL
        filters += [
            f"crop=w='min(iw,ih*{width}/{height})':h='min(ih,iw*{height}/{width})'",
            f"scale={width}:{height}:flags=lanczos",
            "setsar=1",
        ]
    return filters


def shown_size(source: EditSource) -> tuple[int, int]:
    """Return width and height of the picture as players show it; phones store it rotated.

    Raises MediaError where the recording can't be opened.
    """
    video = source.recording.video
    assert video is not None
    with opened(source.path) as container:
        try:
            frame = next(container.decode(container.streams[video.index]), None)
        except av.error.FFmpegError:
            frame = None  # damage at the start; the clip may be elsewhere
    turned = isinstance(frame, av.VideoFrame) and frame.rotation % 180 != 0
    return (video.height, video.width) if turned else (video.width, video.height)


def varies(source: EditSource) -> bool:
    """Return whether the frame rate of the recording differs from that of `source`, which is constant."""
    assert source.recording.video is not None
    mean = source.recording.video.frame_rate
    return mean is None or abs(mean / source.rate.fps - 1) > Fraction(1, 5000)


def _lead(source: EditSource, first: int) -> int:
    """Return how many frames to decode before a clip where the rate varies."""
    return min(first, round(_LEAD * source.rate.fps))


def _from_start(source: EditSource, time: Fraction) -> Fraction:
    """Return a time on the recording's clock as FFmpeg's -ss counts it: from the start of the earliest stream."""
    with opened(source.path) as container:
        begins = Fraction(container.start_time or 0, MICROSECONDS)
        return max(Fraction(0), time + clock_zero(container) - begins)


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"
