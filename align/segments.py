"""The text and the recording cut at anchors into segments that are short enough to be searched whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.anchors import Run
from asdelivered.align.heard_word import HeardWord

_SHORTEST = 8_000 // FRAME_MS
_LONGEST = 20_000 // FRAME_MS
_MARGIN = 50 // FRAME_MS


@dataclass(frozen=True)
class Segment:
    """Tokens [first, last) somewhere in frames [start, end).

    Of them [keep_first, keep_last) are this segment's own; the others overlap its neighbours, so that no edge of the
    search falls on the edge of a word that counts.
    """

    first: int
    last: int
    keep_first: int
    keep_last: int
    start: int
    end: int


@dataclass(frozen=True)
class _Cut:
    """A place between two anchored words, the latter of token `after`; what lies about it both sides search."""

    first: int
    after: int
    last: int
    start: int
    """Frame where the token `first`, the word before or an earlier one, begins."""
    middle: int
    end: int
    """Frame where the token `last`, the word after or a later one, ends."""
    quality: int


@dataclass(frozen=True)
class Stretch:
    """Tokens [first, last), which are somewhere in frames [start, end) and nowhere else."""

    first: int
    last: int
    start: int
    end: int


def stretches_between(pins: Sequence[tuple[int, int]], tokens: int, frames: int) -> list[Stretch]:
    """Part `tokens` tokens and `frames` frames at `pins`: (token, frame) in order, the first token after it."""
    edges = [(0, 0), *((token, min(frame, frames)) for token, frame in pins), (tokens, frames)]
    return [Stretch(a, b, start, end) for (a, start), (b, end) in pairwise(edges)]


def cut_segments(
    runs: Sequence[Run], heard: Sequence[HeardWord], owners: Sequence[int], stretch: Stretch, rough: int = 0
) -> list[Segment]:
    """Cut a stretch at pauses inside `runs`, every 8 to 20 s where there are any.

    `owners` (words,) is the token that each word of the text belongs to. Of the runs counts what lies in the stretch.
    `rough` are the frames by which the times of `heard` may be off: by so much more do the segments overlap.
    """
    inside = [
        cut
        for run in runs
        for cut in _cuts_in(run, heard, owners, rough)
        if stretch.first <= cut.first
        and cut.last < stretch.last
        and stretch.start <= cut.start
        and cut.end <= stretch.end
    ]
    cuts = _choose(inside, stretch.start)
    segments = []
    for left, right in zip([None, *cuts], [*cuts, None], strict=True):
        segments.append(
            Segment(
                first=left.first if left else stretch.first,
                last=right.last + 1 if right else stretch.last,
                keep_first=left.after if left else stretch.first,
                keep_last=right.after if right else stretch.last,
                start=max(stretch.start, left.start - _MARGIN - rough) if left else stretch.start,
                end=min(stretch.end, right.end + _MARGIN + rough) if right else stretch.end,
            )
        )
    return segments


def _cuts_in(run: Run, heard: Sequence[HeardWord], owners: Sequence[int], rough: int) -> list[_Cut]:
    cuts = []
    for at in range(run.length - 1):
        before, after = owners[run.text + at], owners[run.text + at + 1]
        left, right = heard[run.heard + at], heard[run.heard + at + 1]
        # Tokens without a sound may lie between two words; a token that was not made out may not.
        if after == before + 1:
            inner = min(at, run.length - 2 - at, 2)
            middle = (left.end + right.start) // 2
            first, last = at, at + 1
            while first > 0 and left.start - heard[run.heard + first].start < 2 * rough:
                first -= 1
            while last + 1 < run.length and heard[run.heard + last].end - right.end < 2 * rough:
                last += 1
            cuts.append(
                _Cut(
                    first=owners[run.text + first],
                    after=after,
                    last=owners[run.text + last],
                    start=heard[run.heard + first].start,
                    middle=middle,
                    end=heard[run.heard + last].end,
                    quality=right.start - left.end + 20 * inner,
                )
            )
    return cuts


def _choose(candidates: Sequence[_Cut], start: int) -> list[_Cut]:
    chosen: list[_Cut] = []
    at, last = 0, start
    while at < len(candidates):
        while at < len(candidates) and candidates[at].middle - last < _SHORTEST:
            at += 1
        window = [cut for cut in candidates[at : at + 200] if cut.middle - last <= _LONGEST]
        if not window:
            window = list(candidates[at : at + 1])
        if window:
            best = max(window, key=lambda cut: cut.quality)
            chosen.append(best)
            last = best.middle
            at = candidates.index(best, at) + 1
    return chosen
