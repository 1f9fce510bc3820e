"""Where text stands in a picture: at the bottom or, where a face is there, at the top, or between faces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from asdelivered.base.span import TimeSpan
from asdelivered.media.rendering.framing import FaceBox

_CHIN = 0.2
"""Share of a face's height that lies below what the finder calls a face: from the mouth down."""
_BROWS = 0.25
"""Share of a face's height above its eyes: a forehead that is covered is better than eyes or a mouth."""
_STEP = 0.01
"""Share of the picture's height by which the places differ that are tried."""
_TOUCHING = 1e-6
"""Shares by which boxes that only touch may seem to overlap."""


@dataclass(frozen=True)
class Margins:
    """What stays free at the edges of a picture, as shares of its width and height."""

    side: float
    top: float
    bottom: float


@dataclass(frozen=True)
class TextBox:
    """Text that is shown during `span` (ms from the clip's start), `height` high as a share of the picture's."""

    span: TimeSpan
    height: float


@dataclass(frozen=True)
class PlacedText:
    """A text whose lower edge stands `above` the picture's, a share of its height."""

    box: TextBox
    above: float

    @property
    def top(self) -> float:
        """The text's upper edge, a share of the picture's height, counted from its top."""
        return 1 - self.above - self.box.height


def place_texts(
    texts: Sequence[TextBox], faces: Sequence[FaceBox], margins: Margins
) -> tuple[PlacedText, ...]:
    """Return where each text stands, so that it covers no face.

    All stand together at the bottom, else at the top, else at the lowest height between, where none of them covers a
    face there. If there is no such place, each stands where it covers none, or least.
    """
    bottom = [PlacedText(text, margins.bottom) for text in texts]
    top = [PlacedText(text, max(margins.bottom, 1 - margins.top - text.height)) for text in texts]
    highest = max((text.height for text in texts), default=0.0)
    between = [[PlacedText(text, above) for text in texts] for above in _heights(highest, margins)]
    for together in (bottom, top, *between):
        if not any(covered(placed, faces, margins) for placed in together):
            return tuple(together)
    return tuple(place_text(text, faces, margins) for text in texts)


def place_text(
    text: TextBox, faces: Sequence[FaceBox], margins: Margins, others: Sequence[PlacedText] = ()
) -> PlacedText:
    """Return where a text stands that covers no face: at the bottom, else at the top, else between.

    Where faces are everywhere it stands where it covers least of eyes and mouth, and of those places where it covers
    least of a face. It stands clear of the `others`, if there is room.
    """
    heights = [
        margins.bottom,
        max(margins.bottom, 1 - margins.top - text.height),
        *_heights(text.height, margins),
    ]
    if others:
        heights.sort()  # a name stands directly above the captions
    placed = [PlacedText(text, above) for above in heights]
    clear = [one for one in placed if not any(_meet(one, other) for other in others)]
    eyes_to_mouth = [replace(face, top=face.top + _BROWS * (face.bottom - face.top)) for face in faces]
    return min(
        clear or placed,
        key=lambda one: (covered(one, eyes_to_mouth, margins), covered(one, faces, margins)),
    )


def covered(placed: PlacedText, faces: Sequence[FaceBox], margins: Margins) -> float:
    """Return how much of a face a text covers at most: a share of the picture, and 0 where it covers none."""
    span, top = placed.box.span, placed.top
    return max(
        (_overlap(face, margins.side, top, top + placed.box.height) for face in _during(span, faces)),
        default=0.0,
    )


def _heights(height: float, margins: Margins) -> Iterator[float]:
    """Yield how far above the picture's lower edge a text may stand, from the lowest place to the highest."""
    highest = max(margins.bottom, 1 - margins.top - height)
    yield from np.arange(margins.bottom, highest + _STEP / 2, _STEP).tolist()


def _during(span: TimeSpan, faces: Sequence[FaceBox]) -> Iterator[FaceBox]:
    return (face for face in faces if face.span.start < span.end and span.start < face.span.end)


def _meet(one: PlacedText, other: PlacedText) -> bool:
    """Return whether two texts overlap, in time and in the picture."""
    at_once = one.box.span.start < other.box.span.end and other.box.span.start < one.box.span.end
    down = min(one.top + one.box.height, other.top + other.box.height) - max(one.top, other.top)
    return at_once and down > _TOUCHING


def _overlap(face: FaceBox, side: float, top: float, bottom: float) -> float:
    chin = face.bottom + _CHIN * (face.bottom - face.top)
    across = min(face.right, 1 - side) - max(face.left, side)
    down = min(chin, bottom) - max(face.top, top)
    return max(0.0, across) * max(0.0, down)
