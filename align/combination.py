"""Combination: the results of several engines put together, each line from the surest, in order, without overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of, spans_of
from asdelivered.align.document.alignment import AlignedLine, without_times

_NO_REASON = 1e-6
"""A later engine gets a line only if it is surer of it by more than this."""


@dataclass(frozen=True)
class Version:
    """The lines of a text by one engine, and its `garbage`: the frames of sound that it found no text for."""

    lines: tuple[AlignedLine, ...]
    garbage: tuple[FrameSpan, ...]


def combine(versions: Sequence[Version]) -> Version:
    """Return each line in its surest version, as far as the chosen lines go forward.

    Of all choices in which each line begins where the one before it ends, or later, this is the one with the highest
    sum of confidences. Where versions are equally sure of a line, the first of them gets it.
    """
    chosen = _surest(versions)
    lines = tuple(
        replace(without_times(versions[0].lines[at]), engine=None)
        if number is None
        else versions[number].lines[at]
        for at, number in enumerate(chosen)
    )
    return Version(lines, _garbage(versions, lines, chosen))


def _surest(versions: Sequence[Version]) -> list[int | None]:
    """Return for each line the number of the version to take it from; None where no version of it fits.

    Each candidate extends the best chain of candidates for earlier lines that ends before it starts.
    """
    candidates = [
        (at, number, line.span, (line.confidence or 0.0) + _NO_REASON * (len(versions) - number))
        for at in range(len(versions[0].lines))
        for number, line in enumerate(version.lines[at] for version in versions)
        if line.span is not None
    ]
    ends, totals = np.zeros(len(candidates), np.int64), np.zeros(len(candidates))
    before = np.full(len(candidates), -1)
    of_earlier_lines = 0
    for place, (at, _, span, sure) in enumerate(candidates):
        while candidates[of_earlier_lines][0] < at:
            of_earlier_lines += 1
        fitting = np.where(ends[:of_earlier_lines] <= span.start, totals[:of_earlier_lines], -1.0)
        if len(fitting) and fitting.max() >= 0:
            before[place] = fitting.argmax()
            sure += float(fitting.max())
        ends[place], totals[place] = span.end, sure
    chosen: list[int | None] = [None] * len(versions[0].lines)
    place = int(totals.argmax()) if candidates else -1
    while place >= 0:
        at, number, *_ = candidates[place]
        chosen[at] = number
        place = int(before[place])
    return chosen


def _garbage(
    versions: Sequence[Version], lines: Sequence[AlignedLine], chosen: Sequence[int | None]
) -> tuple[FrameSpan, ...]:
    """Return the garbage of the chosen version within each line; between lines, that of any version."""
    spans = [line.span for line in lines if line.span is not None]
    length = max([end for version in versions for _, end in version.garbage], default=0)
    length = max([length, *(span.end // FRAME_MS + 1 for span in spans)])
    masks = np.array([mask_of(version.garbage, length) for version in versions])
    found: NDArray[np.bool_] = np.logical_or.reduce(masks)
    for line, number in zip(lines, chosen, strict=True):
        if line.span is not None and number is not None:
            inside = slice(line.span.start // FRAME_MS, line.span.end // FRAME_MS)
            found[inside] = masks[number, inside]
    return spans_of(found)
