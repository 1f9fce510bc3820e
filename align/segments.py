"""The text and the recording cut at anchors into segments that are short enough to be searched whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asdelivered.align.anchors import Run
from asdelivered.align.features import FRAME_MS
from asdelivered.align.hearing import HeardWord

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
    """A place between two anchored words: `before` and `after` are their tokens."""

    before: int
    after: int
    start: int
    """Frame where the word before begins."""
    middle: int
    end: int
    """Frame where the word after ends."""
    quality: int


def cut_segments(
    runs: Sequence[Run], heard: Sequence[HeardWord], owners: Sequence[int], tokens: int, frames: int
) -> list[Segment]:
    """Cut `tokens` tokens and `frames` frames at pauses inside `runs`, every 8 to 20 s where there are any.

    `owners` (words,) is the token that each word of the text belongs to.
    """
    cuts = _choose([cut for run in runs for cut in _cuts_in(run, heard, owners)])
    segments = []
    for left, right in zip([None, *cuts], [*cuts, None], strict=True):
        segments.append(
            Segment(
                first=left.before if left else 0,
                last=right.after + 1 if right else tokens,
                keep_first=left.after if left else 0,
                keep_last=right.after if right else tokens,
                start=max(0, left.start - _MARGIN) if left else 0,
                end=min(frames, right.end + _MARGIN) if right else frames,
            )
        )
    return segments


def _cuts_in(run: Run, heard: Sequence[HeardWord], owners: Sequence[int]) -> list[_Cut]:
    cuts = []
    for at in range(run.length - 1):
        before, after = owners[run.text + at], owners[run.text + at + 1]
        left, right = heard[run.heard + at], heard[run.heard + at + 1]
        # Tokens without a sound may lie between two words; a token that was not made out may not.
        if after == before + 1:
            inner = min(at, run.length - 2 - at, 2)
            middle = (left.end + right.start) // 2
            cuts.append(
                _Cut(before, after, left.start, middle, right.end, right.start - left.end + 20 * inner)
            )
    return cuts


def _choose(candidates: Sequence[_Cut]) -> list[_Cut]:
    chosen: list[_Cut] = []
    at, last = 0, 0
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
