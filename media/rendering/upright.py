"""Decoded pictures as players show them: turned, with square pixels, small and in grey, to be compared or searched."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

import av
import numpy as np
from av.sidedata.sidedata import Type as SideData
from numpy.typing import NDArray


def pixel_aspect(stream: av.VideoStream) -> Fraction:
    """Return the width of a picture's pixels for a height of 1."""
    return Fraction(stream.sample_aspect_ratio or 1)


def upright(frame: av.VideoFrame, aspect: Fraction, most_rows: int = 256) -> NDArray[np.float64]:
    """Return a picture in grey, of at most `most_rows` rows before it is turned, with square pixels."""
    height = min(frame.height, most_rows)
    width = round(frame.width * aspect * height / frame.height)
    picture = frame.reformat(width=max(1, width), height=height, format="gray").to_ndarray()
    return _as_shown(picture, frame).astype(np.float64)


def _as_shown(picture: NDArray[Any], frame: av.VideoFrame) -> NDArray[Any]:
    """Return a picture turned and mirrored by quarters, as the frame's display matrix says (ISO/IEC 14496-12, 8.3.2).

    The matrix sends column x and row y to column ax + cy and row bx + dy. Cameras that face whoever holds them mirror.
    """
    # PyAV's types call it a mapping of texts to anything; in truth it is one of `SideData` to their bytes.
    side = cast(Mapping[SideData, bytes], frame.side_data).get(SideData.DISPLAYMATRIX)
    if side is None:
        return picture
    (a, b), (c, d) = np.frombuffer(side, dtype=np.int32).reshape(3, 3)[:2, :2].tolist()
    if abs(a) < abs(b):
        picture, a, d = picture.T, c, b
    return picture[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]
