"""Where the picture of a clip is cropped, so that who speaks stays in it, and where faces are, which no text may cover.

Within a shot the crop stands still or, where a face wanders, follows it slowly; it jumps only where the shot changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from asdelivered.base.span import TimeSpan

MIDDLE = (0.5, 0.5)
EYES = 0.42
"""Share of the picture's height at which a face stands, where the crop has room above and below."""
WANDERS = 0.15
"""Share of the crop's width that a face may move before the crop follows it."""
STEP = 1.0
"""Seconds between the places through which a crop moves."""
SMOOTHED = 3.0
"""Seconds over which the places of a face are averaged."""
LEAST_SEEN = 0.3
"""Share of a shot's samples in which a face must be found to be more than a mistake."""
NEAR = 0.8
"""Widths of a face by which it may move from one sample to the next."""


@dataclass(frozen=True)
class Face:
    """A face in frame `frame` of a clip: its middle and its size, as shares of the picture's width and height."""

    frame: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Shot:
    """Frames of a clip without a cut, `first` up to `last`; the frames that were searched, and the faces in them."""

    first: int
    last: int
    samples: tuple[int, ...]
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Pan:
    """Where the crop is during frames `first` up to `last`: shares of the room that it leaves, 0 is left or top."""

    first: int
    last: int
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class FaceBox:
    """A face in the clip's own picture, from when to when (ms), as shares of its width and height."""

    span: TimeSpan
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Framing:
    """The crop of a clip, pan after pan, and its faces; without any, the crop keeps the middle."""

    pans: tuple[Pan, ...] = ()
    faces: tuple[FaceBox, ...] = ()

    def at(self, frame: int) -> tuple[float, float]:
        """Return where the crop is in a frame: shares of the room beside and above it."""
        for pan in self.pans:
            if pan.first <= frame < pan.last:
                done = (frame - pan.first) / max(1, pan.last - pan.first)
                return (_between(pan.start[0], pan.end[0], done), _between(pan.start[1], pan.end[1], done))
        return MIDDLE

    def expression(self, axis: int, first: int = 0) -> str | None:
        """Return the place along an axis (0 or 1) as FFmpeg computes it from its frame number `n`; None for the middle.

        `first` is the frame of the clip that FFmpeg counts as 0.
        """
        if not self.pans:
            return None
        text = "0.5"
        for pan in reversed(self.pans):
            start, end = pan.start[axis], pan.end[axis]
            slope = (end - start) / max(1, pan.last - pan.first)
            place = f"{start:.5f}" if start == end else f"({start:.5f}+{slope:.8f}*(n-{pan.first - first}))"
            text = f"if(lt(n,{pan.last - first}),{place},{text})"
        return text


CENTRED = Framing()
"""The crop keeps the middle, and no face is known of."""


def framing_of(
    shots: Sequence[Shot], size: tuple[int, int], crop: tuple[int, int] | None, fps: Fraction
) -> Framing:
    """Return the framing of a clip of these shots, whose picture of `size` is cropped to the proportions of `crop`."""
    tracks = [[track for track in _tracks(shot) if _is_seen(track, shot)] for shot in shots]
    if not any(tracks):
        return CENTRED
    shown = _shown(size, crop)
    pans: list[Pan] = []
    if crop is not None:
        for shot, own in zip(shots, tracks, strict=True):
            pans += _pans(shot, _speaker(own), shown, float(fps))
    framing = Framing(tuple(pans))
    boxes = [
        _box(face, until, framing.at(face.frame), shown, fps)
        for shot, own in zip(shots, tracks, strict=True)
        for track in own
        for face, until in _lasting(track, shot)
    ]
    return Framing(framing.pans, tuple(boxes))


def _between(start: float, end: float, done: float) -> float:
    return start + (end - start) * done


def _shown(size: tuple[int, int], crop: tuple[int, int] | None) -> tuple[float, float]:
    """Return the shares of the picture's width and height that are left of it."""
    if crop is None:
        return 1.0, 1.0
    wanted, own = crop[0] / crop[1], size[0] / size[1]
    return min(1.0, wanted / own), min(1.0, own / wanted)


def _tracks(shot: Shot) -> list[list[Face]]:
    """Return the faces of a shot, one list for each person: a face is near the last one of the same person."""
    tracks: list[list[Face]] = []
    for face in shot.faces:
        near = [
            track
            for track in tracks
            if track[-1].frame < face.frame
            and abs(track[-1].x - face.x) < NEAR * face.width
            and abs(track[-1].y - face.y) < NEAR * face.height
        ]
        if near:
            max(near, key=len).append(face)
        else:
            tracks.append([face])
    return tracks


def _is_seen(track: Sequence[Face], shot: Shot) -> bool:
    return len(track) >= max(1, LEAST_SEEN * len(shot.samples))


def _speaker(tracks: Sequence[Sequence[Face]]) -> Sequence[Face]:
    """Return the face that is seen most and largest; nothing where there is none."""
    return max(tracks, key=lambda track: sum(face.width for face in track), default=())


def _pans(shot: Shot, track: Sequence[Face], shown: tuple[float, float], fps: float) -> Iterator[Pan]:
    if not track:
        yield Pan(shot.first, shot.last, MIDDLE, MIDDLE)
        return
    frames = [face.frame for face in track]
    middle = [face.x for face in track]
    across, down = float(np.median(middle)), float(np.median([face.y for face in track]))
    height = _place(down, EYES, shown[1])
    if max(middle) - min(middle) <= WANDERS * shown[0]:
        still = (_place(across, 0.5, shown[0]), height)
        yield Pan(shot.first, shot.last, still, still)
        return
    count = max(1, round((shot.last - shot.first) / (STEP * fps)))
    knots = np.linspace(shot.first, shot.last, count + 1).round().astype(int).tolist()
    places = np.interp(_smoothed_over(shot, fps), frames, middle)
    width = max(1, round(SMOOTHED * fps))
    smooth = np.convolve(places, np.ones(width) / width, mode="valid")
    for begin, end in itertools.pairwise(knots):
        edges = (smooth[min(at - shot.first, len(smooth) - 1)] for at in (begin, end))
        start, stop = ((_place(float(edge), 0.5, shown[0]), height) for edge in edges)
        yield Pan(begin, end, start, stop)


def _smoothed_over(shot: Shot, fps: float) -> range:
    """Return the frames whose places are averaged: those of the shot, and half an average's length beyond each end."""
    width = max(1, round(SMOOTHED * fps))
    return range(shot.first - width // 2, shot.last + width - width // 2)


def _place(face: float, wanted: float, shown: float) -> float:
    """Return the crop's place, a share of the room it leaves, at which a face stands at a share of the crop."""
    room = 1 - shown
    return 0.5 if room <= 0 else min(1.0, max(0.0, (face - wanted * shown) / room))


def _lasting(track: Sequence[Face], shot: Shot) -> Iterator[tuple[Face, int]]:
    """Yield each face with the frame up to which it stands for what is shown: the next one's, or the shot's end."""
    first, *_ = track
    if first.frame > shot.first:
        yield Face(shot.first, first.x, first.y, first.width, first.height), first.frame
    yield from zip(track, [*(face.frame for face in track[1:]), shot.last], strict=True)


def _box(
    face: Face, until: int, place: tuple[float, float], shown: tuple[float, float], fps: Fraction
) -> FaceBox:
    span = TimeSpan(
        round(face.frame / fps * 1000), max(round(face.frame / fps * 1000), round(until / fps * 1000))
    )
    edges: list[float] = []
    for middle, size, at, part in (
        (face.x, face.width, place[0], shown[0]),
        (face.y, face.height, place[1], shown[1]),
    ):
        begin = at * (1 - part)
        edges += [(middle - size / 2 - begin) / part, (middle + size / 2 - begin) / part]
    left, right, top, bottom = edges
    return FaceBox(span, left, top, right, bottom)
