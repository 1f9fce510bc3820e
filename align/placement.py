"""Placement: every token of the text is force-aligned within its segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

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

_TOGETHER = 12
"""Segments that are searched side by side: with 20, searching takes a sixth less time, and twice the memory."""
_MOST_CELLS = 150_000
"""Frames in which the tokens of one batch are looked for, in all, unless a segment alone has more."""
_REACH = 200 // FRAME_MS
"""Frames from where a token was recognised within which it is looked for: of 12,600 tokens 6 were farther off."""
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


@dataclass(frozen=True)
class SoughtText:
    """The tokens of a segment that make a sound, by their numbers, and the frames of it in which each is looked for."""

    segment: Segment
    tokens: tuple[int, ...]
    places: tuple[FrameSpan, ...]

    @property
    def frames(self) -> int:
        """How long the segment is."""
        return self.segment.end - self.segment.start

    @property
    def cells(self) -> int:
        """How many frames its tokens are looked for in, in all."""
        return sum(end - start for start, end in self.places)


def place(job: Job, segments: Sequence[Segment], anchors: Anchors, acoustics: Acoustics) -> Placement:
    """Place every token of the job's script, segment by segment, in the processes of its pool.

    The tokens of a line that is pinned as unspoken get no place. Nor do those of a segment whose text is implausible
    there, where the engine did not recognise each word in its own sound.
    """
    slots = _slots(job)
    heard = anchors.heard(job.script)
    reach = _REACH + anchors.time_error
    align = force_align_segments if anchors.precise else force_align_plausible_segments
    length = len(acoustics.talking) * FRAME_MS / 1000
    job.observer.started("aligning", length)
    batches = batches_of([_sought(segment, slots, heard, reach) for segment in segments], cores())
    arguments = ((acoustics.adaptation, _sounds(batch, slots, acoustics)) for batch in batches)
    tokens: list[AlignedToken | None] = [None] * len(slots)
    garbage: list[FrameSpan] = []
    done = 0
    works = each("normalisation", arguments)
    for batch, found in zip(batches, in_order(job.pool, align, works, cores() + _AHEAD), strict=True):
        for text, aligned in zip(batch, found, strict=True):
            start = text.segment.start
            for at, token in _own_tokens(text, aligned):
                tokens[at] = token
            garbage += [(first + start, last + start) for first, last in aligned.garbage]
        done += sum(text.frames for text in batch)
        # Segments overlap, so all of them are longer than the recording.
        job.observer.advanced("aligning", min(length, done * FRAME_MS / 1000))
    job.observer.finished("aligning")
    monotonic = tuple(keep_monotonic(tokens))
    return Placement(monotonic, anchors.confirmed(job.script, monotonic), tuple(sorted(garbage)))


def batches_of(texts: Sequence[SoughtText], workers: int) -> list[list[SoughtText]]:
    """Return all texts in batches of about one length each, the longest first: they are searched side by side.

    There are enough batches that each of so many workers gets two, if there are enough segments.
    """
    most = max(1, min(_TOGETHER, len(texts) // (2 * workers)))
    batches: list[list[SoughtText]] = []
    cells = 0
    for text in sorted(texts, key=lambda one: -one.frames):
        cells += text.cells
        if not batches or len(batches[-1]) == most or cells > _MOST_CELLS:
            batches.append([])
            cells = text.cells
        batches[-1].append(text)
    return batches


def _slots(job: Job) -> list[Slot | None]:
    """Return what is to be placed of each token: None where it makes no sound, or is known to be unspoken."""
    return [
        None if token.line in job.pins.unspoken else slot
        for token, slot in zip(job.script.tokens, job.script.slots, strict=True)
    ]


def _sounds(
    texts: Sequence[SoughtText], slots: Sequence[Slot | None], acoustics: Acoustics
) -> list[SegmentSound]:
    """Return what the forced alignment needs of each segment."""
    return [
        SegmentSound(
            acoustics.normaliser.cepstra(text.segment.start, text.segment.end),
            acoustics.talking[text.segment.start : text.segment.end],
            tuple(slot for at in text.tokens if (slot := slots[at])),
            text.places,
        )
        for text in texts
    ]


def _sought(
    segment: Segment, slots: Sequence[Slot | None], heard: Sequence[FrameSpan | None], reach: int
) -> SoughtText:
    tokens = tuple(at for at in range(segment.first, segment.last) if slots[at])
    return SoughtText(segment, tokens, places_around(segment, [heard[at] for at in tokens], reach))


def places_around(segment: Segment, heard: Sequence[FrameSpan | None], reach: int) -> tuple[FrameSpan, ...]:
    """Return where to look for each token, in frames of the segment, given where in the recording it was heard.

    It is looked for `reach` frames around that, or as far around all that lies between the tokens before and after it
    that were heard.
    """
    length = segment.end - segment.start
    inside = [
        (span[0] - segment.start, span[1] - segment.start)
        if span and span[0] >= segment.start and span[1] <= segment.end
        else None
        for span in heard
    ]
    starts, ends = [0] * len(inside), [0] * len(inside)
    latest = 0
    for at, span in enumerate(inside):
        starts[at], latest = span or (latest, latest)
    earliest = length
    for at, span in reversed([*enumerate(inside)]):
        earliest, ends[at] = span or (earliest, earliest)
    # An engine's times may go back, but places may not: they reach as far as those after and before them.
    outer = zip([*accumulate(reversed(starts), min)][::-1], accumulate(ends, max), strict=True)
    return tuple((max(0, start - reach), min(length, max(start, end) + reach)) for start, end in outer)


def _own_tokens(text: SoughtText, found: SegmentAlignment) -> Iterator[tuple[int, AlignedToken]]:
    """Yield the number of each token of a segment that has a place, and the place in the recording.

    Tokens that overlap with the neighbouring segments are theirs.
    """
    segment = text.segment
    for at, token in zip(text.tokens, found.tokens, strict=True):
        if token is not None and segment.keep_first <= at < segment.keep_last:
            yield at, AlignedToken(token.start + segment.start, token.end + segment.start, token.fit)
