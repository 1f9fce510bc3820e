"""Every token of the text put in its place, between the anchors that hearing gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import embedded_model
from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA, FRAME_MS, frame_at
from asdelivered.align.acoustic.fmllr import Adaptation, estimate
from asdelivered.align.acoustic.forced_alignment import Placed, place_segment
from asdelivered.align.acoustic.frame_spans import frames_in
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.acoustic.plausibility import place_if_plausible
from asdelivered.align.adaptation import surely_heard
from asdelivered.align.document.pins import Fixed
from asdelivered.align.monotonic import forward
from asdelivered.align.recognition import Listened
from asdelivered.align.script import Script
from asdelivered.align.segments import Segment, Stretch, cut_segments, stretches_between
from asdelivered.base.processes import in_order
from asdelivered.base.progress import Observer

Floats = NDArray[np.float32]

_SURE = 50
"""An engine whose times may be off by more frames than this did not hear which word is whose sound."""


@dataclass(frozen=True)
class Located:
    """Where the tokens of a script are; None for one that has no place.

    `anchored` says which of them the recogniser heard; `garbage` are the frames [start, end) of sound that is none.
    `adaptation` is the one to the recording's voices.
    """

    tokens: tuple[Placed | None, ...]
    anchored: tuple[bool, ...]
    garbage: tuple[tuple[int, int], ...]
    adaptation: Adaptation


@dataclass(frozen=True)
class Part:
    """Frames [start, end) that are all of a recording that is of interest, whose voices are known."""

    start: int
    end: int
    adaptation: Adaptation


def locate(
    pool: Executor,
    script: Script,
    listened: Listened,
    fixed: Fixed,
    observer: Observer,
    part: Part | None = None,
) -> Located:
    """Place every token of the script, segment by segment, in the processes of `pool`.

    No token crosses a pin, or lies beyond the `part`; those of a line that is pinned as unspoken get no place, nor do
    those of a segment whose text is implausible there, where the engine could not hear that.
    """
    owners = [number for number, token in enumerate(script.tokens) for _ in token.spoken]
    ways = [
        Slot(token.pronunciations, token.joint) if token.pronunciations else None for token in script.tokens
    ]
    slots = [
        None if token.line in fixed.unspoken else way for token, way in zip(script.tokens, ways, strict=True)
    ]
    frames = len(listened.frames)
    cuts = [(token, frame_at(moment)) for token, moment in fixed.cuts]
    stretches = stretches_between(cuts, len(script.tokens), frames)
    if part:
        stretches = [Stretch(0, len(script.tokens), part.start, part.end)]
    segments = [
        segment
        for stretch in stretches
        for segment in cut_segments(listened.runs, listened.heard, owners, stretch, listened.rough)
    ]
    normaliser = Normaliser(listened.frames[:, :CEPSTRA])
    model = embedded_model()
    hears = listened.rough <= _SURE
    sure = listened.runs if hears else ()
    place = place_segment if hears else place_if_plausible
    adaptation = (
        part.adaptation
        if part
        else estimate(model, surely_heard(model, ways, owners, sure, listened.heard, normaliser))
    )
    talking = frames_in(listened.speech, frames)
    tokens: list[Placed | None] = [None] * len(script.tokens)
    garbage: list[tuple[int, int]] = []
    observer.started("aligning", frames * FRAME_MS / 1000)
    placements = in_order(pool, place, _stretches(segments, adaptation, normaliser, talking, slots))
    for segment, placement in zip(segments, placements, strict=True):
        sounding = [at for at in range(segment.first, segment.last) if slots[at]]
        for at, token in zip(sounding, placement.tokens, strict=True):
            if token is not None and segment.keep_first <= at < segment.keep_last:
                tokens[at] = Placed(token.start + segment.start, token.end + segment.start, token.fit)
        garbage.extend((start + segment.start, end + segment.start) for start, end in placement.garbage)
        observer.advanced("aligning", segment.end * FRAME_MS / 1000)
    observer.finished("aligning")
    anchored = [False] * len(script.tokens)
    for run in sure:
        for word in range(run.text, run.text + run.length):
            anchored[owners[word]] = True
    return Located(tuple(forward(tokens)), tuple(anchored), tuple(garbage), adaptation)


_Stretch = tuple[Adaptation, Floats, NDArray[np.bool_], list[Slot]]


def _stretches(
    segments: Sequence[Segment],
    adaptation: Adaptation,
    normaliser: Normaliser,
    talking: NDArray[np.bool_],
    slots: Sequence[Slot | None],
) -> Iterator[_Stretch]:
    for segment in segments:
        yield (
            adaptation,
            normaliser.cepstra(segment.start, segment.end),
            talking[segment.start : segment.end],
            [slot for slot in slots[segment.first : segment.last] if slot],
        )
