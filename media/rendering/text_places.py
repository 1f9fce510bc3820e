"""Where text stands in a picture: at the bottom or, where a face is there, at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from asdelivered.base.span import TimeSpan
from asdelivered.media.rendering.framing import FaceBox

_CHIN = 0.2
"""Share of a face's height that lies below what the finder calls a face: from the mouth down."""
_STEP = 0.01
"""Share of the picture's height by which the places differ that are tried."""


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


def stands_at_top(texts: Sequence[TextBox], faces: Sequence[FaceBox], margins: Margins) -> tuple[bool, ...]:
    """Return for each text whether it stands at the top of the picture, so that it covers no face.

    All stand together at the bottom, or at the top, if none of them covers a face there. Otherwise each stands where it
    covers less.
    """
    below = [_covered(text, faces, margins, 1 - margins.bottom - text.height) for text in texts]
    above = [_covered(text, faces, margins, margins.top) for text in texts]
    if not any(below):
        return (False,) * len(texts)
    if not any(above):
        return (True,) * len(texts)
    return tuple(over < under for under, over in zip(below, above, strict=True))


def free_above(text: TextBox, faces: Sequence[FaceBox], margins: Margins) -> float:
    """Return how far above the lower edge of the picture a text stands that covers no face, a share of its height.

    It is as low as the margins allow or, where faces are everywhere, where it covers least.
    """
    highest = max(margins.bottom, 1 - margins.top - text.height)
    places = np.arange(margins.bottom, highest + _STEP / 2, _STEP)
    covered = [_covered(text, faces, margins, 1 - float(place) - text.height) for place in places]
    return float(places[int(np.argmin(covered))])


def _covered(text: TextBox, faces: Sequence[FaceBox], margins: Margins, top: float) -> float:
    """Return how much of faces a text covers whose upper edge is at `top`: the largest share of the picture."""
    shown = [face for face in faces if face.span.start < text.span.end and text.span.start < face.span.end]
    return max((_overlap(face, margins.side, top, top + text.height) for face in shown), default=0.0)


def _overlap(face: FaceBox, side: float, top: float, bottom: float) -> float:
    chin = face.bottom + _CHIN * (face.bottom - face.top)
    across = min(face.right, 1 - side) - max(face.left, side)
    down = min(chin, bottom) - max(face.top, top)
    return max(0.0, across) * max(0.0, down)
