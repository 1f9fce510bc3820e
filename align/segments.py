"""Segments: text and recording, cut at anchors into pieces that are short enough to be searched as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.anchors import Anchor, Anchors
from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.section import Section

_SHORTEST = 8_000 // FRAME_MS
_LONGEST = 20_000 // FRAME_MS
_MARGIN = 50 // FRAME_MS
_MANY = 20
_QUICKEST = 80 // FRAME_MS
"""Frames that a word takes at least on average, where `_MANY` words or more follow each other; speech has 20 to 40."""
_APART = 250 // FRAME_MS
"""Frames that a cut lies beyond an anchor, at most."""


@dataclass(frozen=True)
class Segment:
    """Tokens [first, last), which lie in frames [start, end).

    Of these, [keep_first, keep_last) are this segment's own; the others overlap with its neighbours, so that no edge of
    the search is the edge of a word that counts.
    """

    first: int
    last: int
    keep_first: int
    keep_last: int
    start: int
    end: int


@dataclass(frozen=True)
class _Cut:
    """A cut between two anchored words, the second of token `after`; the words around it are searched on both sides."""

    first: int
    after: int
    last: int
    start: int
    """Frame where the token `first`, the word before or an earlier one, begins."""
    middle: int
    end: int
    """Frame where the token `last`, the word after or a later one, ends."""
    quality: int


def segment(script: Script, anchors: Anchors, sections: Sequence[Section]) -> list[Segment]:
    """Cut every section of the script, in order, into segments."""
    parts = [part for section in sections for part in split_where_crowded(anchors, script.owners, section)]
    return cut_segments(anchors.runs, anchors.words, script.owners, parts, anchors.time_error)


def split_where_crowded(anchors: Anchors, owners: Sequence[int], section: Section) -> list[Section]:
    """Split off the text between two anchors of a section for which there is no time: most of it was not said.

    Else words of it could take the sound of the same words elsewhere, and a sentence would be torn between the two.
    `owners` (words,) is the token that each word of the text belongs to.
    """
    edges = [(section.first, section.start)]
    for run in anchors.recognised:
        first, last = owners[run.text], owners[run.text + run.length - 1] + 1
        start = anchors.words[run.recognised].start
        end = anchors.words[run.recognised + run.length - 1].end
        if section.first <= first and last <= section.last and section.start <= start and end <= section.end:
            edges += [(first, start), (last, end)]
    edges.append((section.last, section.end))
    cuts = [edges[0]]
    for (first, start), (last, end) in list(pairwise(edges))[::2]:
        if last - first >= _MANY and end - start < _QUICKEST * (last - first):
            apart = min(_APART, max(0, end - start) // 3)
            cuts += [(first, start + apart)] if first > section.first else []
            cuts += [(last, end - apart)] if last < section.last else []
    return [Section(first, last, start, end) for (first, start), (last, end) in pairwise([*cuts, edges[-1]])]


def cut_segments(
    runs: Sequence[Anchor],
    words: Sequence[RecognisedWord],
    owners: Sequence[int],
    sections: Sequence[Section],
    time_error: int = 0,
) -> list[Segment]:
    """Cut sections at pauses within anchors, every 8 to 20 s where there are any.

    `owners` (words,) is the token that each word of the text belongs to; runs outside the sections are ignored. The
    times of `words` may be off by `time_error` frames: segments overlap by that much more.
    """
    cuts = sorted(
        (cut for run in runs for cut in _cuts_in(run, words, owners, time_error)), key=attrgetter("first")
    )
    return [segment for section in sections for segment in _segments_of(section, cuts, time_error)]


def _segments_of(section: Section, all_cuts: Sequence[_Cut], time_error: int) -> list[Segment]:
    """Return the segments of a section; the cuts ascend in their first token."""
    begin, end = (
        bisect_left(all_cuts, token, key=attrgetter("first")) for token in (section.first, section.last)
    )
    inside = [
        cut
        for cut in all_cuts[begin:end]
        if cut.last < section.last and section.start <= cut.start and cut.end <= section.end
    ]
    cuts = _choose(inside, section.start)
    segments = []
    for left, right in zip([None, *cuts], [*cuts, None], strict=True):
        segments.append(
            Segment(
                first=left.first if left else section.first,
                last=right.last + 1 if right else section.last,
                keep_first=left.after if left else section.first,
                keep_last=right.after if right else section.last,
                start=max(section.start, left.start - _MARGIN - time_error) if left else section.start,
                end=min(section.end, right.end + _MARGIN + time_error) if right else section.end,
            )
        )
    return segments


def _cuts_in(
    run: Anchor, words: Sequence[RecognisedWord], owners: Sequence[int], time_error: int
) -> list[_Cut]:
    cuts = []
    for at in range(run.length - 1):
        before, after = owners[run.text + at], owners[run.text + at + 1]
        left, right = words[run.recognised + at], words[run.recognised + at + 1]
        # Tokens without a sound may lie between two words; a token that was not made out may not.
        if after == before + 1:
            inner = min(at, run.length - 2 - at, 2)
            middle = (left.end + right.start) // 2
            first, last = at, at + 1
            while first > 0 and (
                left.start - words[run.recognised + first].start < 2 * time_error
                or not _is_between_tokens(owners, run.text + first)
            ):
                first -= 1
            while last + 1 < run.length and (
                words[run.recognised + last].end - right.end < 2 * time_error
                or not _is_between_tokens(owners, run.text + last + 1)
            ):
                last += 1
            # A token that is only in part in the run would be searched in only a part of its sound.
            if not all(_is_between_tokens(owners, run.text + word) for word in (first, last + 1)):
                continue
            cuts.append(
                _Cut(
                    first=owners[run.text + first],
                    after=after,
                    last=owners[run.text + last],
                    start=words[run.recognised + first].start,
                    middle=middle,
                    end=words[run.recognised + last].end,
                    quality=right.start - left.end + 20 * inner,
                )
            )
    return cuts


def _is_between_tokens(owners: Sequence[int], word: int) -> bool:
    """Tell whether this word of the text begins a token, rather than going on with one; so does the end of the text."""
    return word in (0, len(owners)) or owners[word - 1] != owners[word]


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
