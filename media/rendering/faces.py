"""The faces in a clip's picture, found by OpenCV's cascades (Viola and Jones, 2001), which come in its wheel.

They find faces that look at the camera. Without OpenCV (the extra "faces") none is looked for.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import clock_zero, opened
from asdelivered.media.rendering.framing import CENTRED, Face, Framing, Shot, framing_of
from asdelivered.media.rendering.upright import pixel_aspect, upright
from asdelivered.media.timecode import seconds_at

HEIGHT = 240
"""Rows of the picture in which faces are looked for."""
LEAST = 0.1
"""Share of the picture's height below which a face is too small to be the speaker's."""
SAMPLED = 5
"""Pictures a second in which faces are looked for."""
AGREEING = 6
"""Overlapping finds that make a face; fewer let patterns of a background pass."""
_LEAD = 2
"""Seconds before the clip from which to decode."""
_CUT = 18.0
"""Grey levels by which the coarse pictures before and after a cut differ on average, at least."""
_COARSE = 8
"""Columns and rows of the coarse picture."""

Grey = NDArray[np.uint8]


def can_find_faces() -> bool:
    """Return whether an OpenCV that has cascades is installed: 5 has none."""
    if find_spec("cv2") is None:
        return False
    import cv2

    return hasattr(cv2, "CascadeClassifier")


def frame_clip(source: EditSource, clip: Clip, crop: tuple[int, int] | None) -> Framing:
    """Return the framing of a clip whose picture is cropped to `crop`, or not; the middle where no face is found."""
    if source.displayed is None or not can_find_faces():
        return CENTRED
    first, last = frame_span(clip, source)
    shots = find_shots(source, first, last)
    return framing_of(shots, source.displayed, crop, source.rate.fps)


def find_shots(source: EditSource, first: int, last: int) -> list[Shot]:
    """Return the shots of frames `first` up to `last`, counted from the first of these, with the faces in them."""
    finder = _finder()
    every = max(1, round(source.rate.fps / SAMPLED))
    shots: list[Shot] = []
    begin, samples, faces = 0, list[int](), list[Face]()
    before: NDArray[np.float64] | None = None
    for number, picture in _pictures(source, first, last):
        coarse = _coarse(picture)
        if before is not None and float(np.abs(coarse - before).mean()) > _CUT:
            shots.append(Shot(begin, number, tuple(samples), tuple(faces)))
            begin, samples, faces = number, [], []
        before = coarse
        if not samples or number - samples[-1] >= every:
            samples.append(number)
            faces += _faces(finder, picture, number)
    return [*shots, Shot(begin, max(begin + 1, last - first), tuple(samples), tuple(faces))]


def _finder() -> Any:
    import cv2

    cascade = importlib.resources.files("cv2") / "data" / "haarcascade_frontalface_default.xml"
    return cv2.CascadeClassifier(str(cascade))


def _faces(finder: Any, picture: Grey, frame: int) -> Iterator[Face]:
    height, width = picture.shape
    least = round(LEAST * height)
    found = finder.detectMultiScale(picture, scaleFactor=1.1, minNeighbors=AGREEING, minSize=(least, least))
    for left, top, wide, high in found:
        yield Face(
            frame,
            float(left + wide / 2) / width,
            float(top + high / 2) / height,
            float(wide) / width,
            float(high) / height,
        )


def _coarse(picture: Grey) -> NDArray[np.float64]:
    rows, columns = (size // _COARSE * _COARSE for size in picture.shape)
    blocks = picture[:rows, :columns].reshape(_COARSE, rows // _COARSE, _COARSE, columns // _COARSE)
    means: NDArray[np.float64] = blocks.mean(axis=(1, 3))
    return means


def _pictures(source: EditSource, first: int, last: int) -> Iterator[tuple[int, Grey]]:
    """Yield each frame of a clip with its number, counted from the clip's first, as players show it, in grey."""
    video = source.recording.video
    assert video is not None
    begin = source.start + seconds_at(first, source.rate)
    with opened(source.path) as container:
        stream = container.streams[video.index]
        assert isinstance(stream, av.VideoStream)
        zero, tick, aspect = clock_zero(container), stream.time_base or Fraction(1), pixel_aspect(stream)
        try:
            container.seek(round(max(Fraction(0), begin - _LEAD + zero) / tick), stream=stream)
            for frame in container.decode(stream):
                if not isinstance(frame, av.VideoFrame) or frame.pts is None:
                    continue
                number = round((frame.pts * tick - zero - begin) * source.rate.fps)
                if number >= last - first:
                    return
                if number >= 0:
                    yield number, upright(frame, aspect, HEIGHT).astype(np.uint8)
        except av.error.FFmpegError:
            return  # what can't be decoded shows no face; the rendering will say so
