"""The frame rate of a picture whose header hides that it varies, from the steps between its frames."""

from __future__ import annotations

import itertools
from fractions import Fraction

import av.container
import av.error
import numpy as np

FRAMES = 300
"""Frames that are looked at."""
_FEWEST = 30
"""Steps of which something can be told."""
_SHORT = 10
"""The percentile of the steps that is one of the short ones."""
_ALIKE = 1.1
"""A step is one of the short ones if it is at most so many times as long as they are."""


def rate_of_steps(container: av.container.InputContainer, index: int) -> Fraction | None:
    """Return the rate of the shorter steps between the first frames of video stream `index`; None of too few frames.

    Matroska has no finest rate in its header, so FFmpeg states the mean one there: 23 of a camera that takes 30 frames
    a second and leaves some out. The container must have just been opened; nothing is decoded.
    """
    stream = container.streams[index]
    tick = stream.time_base
    times: set[int] = set()
    try:
        for packet in itertools.islice(container.demux(stream), FRAMES):
            if packet.pts is not None:
                times.add(packet.pts)
    except av.error.FFmpegError:
        pass  # damage; what was read before it counts
    steps = np.diff(sorted(times))
    if not tick or len(steps) < _FEWEST:
        return None
    short = np.percentile(steps, _SHORT)
    shorter = steps[steps <= max(short * _ALIKE, short + 1)]
    return 1 / (Fraction(int(shorter.sum()), len(shorter)) * tick)
