"""Decoded pictures as players show them: turned, with square pixels, small and in grey, to be compared or searched."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray


def pixel_aspect(stream: av.VideoStream) -> Fraction:
    """Return the width of a picture's pixels for a height of 1."""
    return Fraction(stream.sample_aspect_ratio or 1)


def upright(frame: av.VideoFrame, aspect: Fraction, most_rows: int = 256) -> NDArray[np.float64]:
    """Return a picture in grey, of at most `most_rows` rows before it is turned, with square pixels."""
    height = min(frame.height, most_rows)
    width = round(frame.width * aspect * height / frame.height)
    picture = frame.reformat(width=max(1, width), height=height, format="gray").to_ndarray()
    return np.rot90(picture, round(frame.rotation / 90)).astype(np.float64)
