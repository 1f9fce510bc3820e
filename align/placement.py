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
    SegmentSound,
    force_align_segments,
)
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.monotonic import keep_monotonic
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.acoustic.plausibility import force_align_plausible_segments
from asdelivered.align.anchors import Anchors
from asdelivered.align.job import Job
from asdelivered.align.segments import Segment
from asdelivered.base.processes import cores, in_order
from asdelivered.base.timeline import each

_TOGETHER = 6
"""Segments that are searched side by side: with more, little time is saved."""
_MOST_CELLS = 300_000
"""Tokens times frames in one batch, unless a segment alone has more: 30 MB."""
_AHEAD = 4
"""Batches that wait or run at a time, besides one for each core."""


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
    align = force_align_segments if anchors.precise else force_align_plausible_segments
    length = len(acoustics.talking) * FRAME_MS / 1000
    job.observer.started("aligning", length)
    batches = batches_of(segments, cores())
    arguments = ((acoustics.adaptation, _sounds(batch, slots, acoustics)) for batch in batches)
    aligned: dict[Segment, SegmentAlignment] = {}
    done = 0
    works = each("normalisation", arguments)
    for batch, found in zip(batches, in_order(job.pool, align, works, cores() + _AHEAD), strict=True):
        aligned.update(zip(batch, found, strict=True))
        done += sum(segment.end - segment.start for segment in batch)
        # Segments overlap, so all of them are longer than the recording.
        job.observer.advanced("aligning", min(length, done * FRAME_MS / 1000))
    job.observer.finished("aligning")
    tokens: list[AlignedToken | None] = [None] * len(slots)
    garbage: list[FrameSpan] = []
    for segment in segments:
        for at, token in _own_tokens(segment, slots, aligned[segment]):
            tokens[at] = token
        garbage += [(start + segment.start, end + segment.start) for start, end in aligned[segment].garbage]
    monotonic = tuple(keep_monotonic(tokens))
    return Placement(monotonic, anchors.confirmed(job.script, monotonic), tuple(garbage))


def batches_of(segments: Sequence[Segment], workers: int) -> list[list[Segment]]:
    """Return all segments in batches of about one length each, the longest first: they are searched side by side.

    There are enough batches that each of so many workers gets two, if there are enough segments.
    """
    most = max(1, min(_TOGETHER, len(segments) // (2 * workers)))
    batches: list[list[Segment]] = []
    tokens = 0
    for segment in sorted(segments, key=lambda one: one.start - one.end):
        tokens += segment.last - segment.first
        if (
            not batches
            or len(batches[-1]) == most
            or tokens * (batches[-1][0].end - batches[-1][0].start) > _MOST_CELLS
        ):
            batches.append([])
            tokens = segment.last - segment.first
        batches[-1].append(segment)
    return batches


def _slots(job: Job) -> list[Slot | None]:
    """Return what is to be placed of each token: None where it makes no sound, or is known to be unspoken."""
    return [
        None if token.line in job.pins.unspoken else slot
        for token, slot in zip(job.script.tokens, job.script.slots, strict=True)
    ]


def _sounds(
    segments: Sequence[Segment], slots: Sequence[Slot | None], acoustics: Acoustics
) -> list[SegmentSound]:
    """Return what the forced alignment needs of each segment."""
    return [
        SegmentSound(
            acoustics.normaliser.cepstra(segment.start, segment.end),
            acoustics.talking[segment.start : segment.end],
            tuple(slot for slot in slots[segment.first : segment.last] if slot),
        )
        for segment in segments
    ]


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
