"""Placement: every token of the text is force-aligned within its segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.forced_alignment import (
    AlignedToken,
    SegmentAlignment,
    force_align_segment,
)
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.monotonic import keep_monotonic
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.acoustic.plausibility import force_align_if_plausible
from asdelivered.align.anchors import Anchors
from asdelivered.align.job import Job
from asdelivered.align.segments import Segment
from asdelivered.base.processes import in_order

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Acoustics:
    """The sound of a recording as forced alignment needs it.

    `normaliser` gives its cepstra, `talking` (frames,) says where somebody speaks, and `adaptation` fits its voices to
    the acoustic model.
    """

    normaliser: Normaliser
    talking: NDArray[np.bool_]
    adaptation: Adaptation


@dataclass(frozen=True)
class Placement:
    """Where the tokens of a script are; None for one that has no place.

    `anchored` says which of them were recognised there, within an anchor; `garbage` are the frames of sound that is no
    token.
    """

    tokens: tuple[AlignedToken | None, ...]
    anchored: tuple[bool, ...]
    garbage: tuple[FrameSpan, ...]


def place(job: Job, segments: Sequence[Segment], anchors: Anchors, acoustics: Acoustics) -> Placement:
    """Place every token of the job's script, segment by segment, in the processes of its pool.

    The tokens of a line that is pinned as unspoken get no place. Nor do those of a segment whose text is implausible
    there, where the engine did not recognise each word in its own sound.
    """
    slots = _slots(job)
    align = force_align_segment if anchors.precise else force_align_if_plausible
    job.observer.started("aligning", len(acoustics.talking) * FRAME_MS / 1000)
    aligned = in_order(job.pool, align, _sounds(segments, slots, acoustics))
    tokens: list[AlignedToken | None] = [None] * len(slots)
    garbage: list[FrameSpan] = []
    for segment, found in zip(segments, aligned, strict=True):
        for at, token in _own_tokens(segment, slots, found):
            tokens[at] = token
        garbage += [(start + segment.start, end + segment.start) for start, end in found.garbage]
        job.observer.advanced("aligning", segment.end * FRAME_MS / 1000)
    job.observer.finished("aligning")
    monotonic = tuple(keep_monotonic(tokens))
    return Placement(monotonic, anchors.confirmed(job.script, monotonic), tuple(garbage))


def _slots(job: Job) -> list[Slot | None]:
    """Return what is to be placed of each token: None where it makes no sound, or is known to be unspoken."""
    return [
        None if token.line in job.pins.unspoken else slot
        for token, slot in zip(job.script.tokens, job.script.slots, strict=True)
    ]


def _sounds(
    segments: Sequence[Segment], slots: Sequence[Slot | None], acoustics: Acoustics
) -> Iterator[tuple[Adaptation, Floats, NDArray[np.bool_], list[Slot]]]:
    """Yield the arguments of the forced alignment for each segment, made only as the work goes on."""
    for segment in segments:
        yield (
            acoustics.adaptation,
            acoustics.normaliser.cepstra(segment.start, segment.end),
            acoustics.talking[segment.start : segment.end],
            [slot for slot in slots[segment.first : segment.last] if slot],
        )


def _own_tokens(
    segment: Segment, slots: Sequence[Slot | None], found: SegmentAlignment
) -> Iterator[tuple[int, AlignedToken]]:
    """Yield the number of each token of a segment that has a place, and the place in the recording.

    Tokens that overlap with the neighbouring segments are theirs.
    """
    sounding = [at for at in range(segment.first, segment.last) if slots[at]]
    for at, token in zip(sounding, found.tokens, strict=True):
        if token is not None and segment.keep_first <= at < segment.keep_last:
            yield at, AlignedToken(token.start + segment.start, token.end + segment.start, token.fit)
