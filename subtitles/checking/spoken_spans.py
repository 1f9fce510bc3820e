"""When the words of each cue are said, by the alignment that they come from or belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from asdelivered.align.document.alignment import Alignment
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.model import Cue

_LETTERS = re.compile(r"[^\w]+")
_RUN = 3
"""Words in a row that must agree, and occur only once on each side, to count as the same place."""


def spoken_spans(cues: Sequence[Cue], alignment: Alignment) -> tuple[TimeSpan | None, ...]:
    """Return the span in which each cue's words are said; None for a cue without a word of the alignment.

    Words are paired in order, by their letters alone: labels, sounds and edits by others pair with nothing.
    """
    said = [
        (key, word.span)
        for line in alignment.lines
        for word in line.words
        if word.span is not None and (key := _key(word.text))
    ]
    shown = [
        (key, number) for number, cue in enumerate(cues) for word in cue.text.split() if (key := _key(word))
    ]
    spans: list[list[TimeSpan]] = [[] for _ in cues]
    for ours, theirs in pairs([key for key, _ in shown], [key for key, _ in said]):
        spans[shown[ours][1]].append(said[theirs][1])
    return tuple(
        TimeSpan(min(span.start for span in found), max(span.end for span in found)) if found else None
        for found in spans
    )


def pairs(ours: Sequence[str], theirs: Sequence[str], run: int = _RUN) -> Iterator[tuple[int, int]]:
    """Yield the pairs of equal words, as indices into `ours` and `theirs`, in order.

    Runs of words that are unique on both sides are anchors. The longest row of anchors that runs forward is kept, and
    each grows to both sides as far as the words agree (Cohen's patience diff); so do the beginnings and the ends. What
    is left between is paired in the same way, by unique words.
    """
    at, place = 0, 0
    for here, there in [*_anchors(ours, theirs, run), (len(ours), len(theirs))]:
        if here < at or there < place:
            continue  # the anchor before grew over it
        while at < here and place < there and ours[at] == theirs[place]:
            yield at, place
            at, place = at + 1, place + 1
        back = 0
        while here - back > at and there - back > place and ours[here - back - 1] == theirs[there - back - 1]:
            back += 1
        if run > 1 and at < here - back and place < there - back:
            for a, b in pairs(ours[at : here - back], theirs[place : there - back], 1):
                yield at + a, place + b
        yield from zip(range(here - back, here), range(there - back, there), strict=True)
        at, place = here, there


def _anchors(ours: Sequence[str], theirs: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Return where the unique runs begin: the longest row of them that runs forward on both sides."""
    runs, others = _unique_runs(ours, run), _unique_runs(theirs, run)
    found = [(at, others[words]) for words, at in runs.items() if words in others]
    found.sort()
    tails: list[int] = []
    ranks: list[int] = []
    for _, place in found:
        rank = bisect_left(tails, place)
        tails[rank : rank + 1] = [place]
        ranks.append(rank)
    row: list[tuple[int, int]] = []
    wanted = len(tails) - 1
    for pair, rank in zip(reversed(found), reversed(ranks), strict=True):
        if rank == wanted and (not row or pair[1] < row[-1][1]):
            row.append(pair)
            wanted -= 1
    return row[::-1]


def _unique_runs(words: Sequence[str], run: int) -> dict[tuple[str, ...], int]:
    """Return the place of each run of words that occurs only once."""
    runs = [tuple(words[at : at + run]) for at in range(len(words) - run + 1)]
    counted = Counter(runs)
    return {key: at for at, key in enumerate(runs) if counted[key] == 1}


def _key(word: str) -> str:
    return _LETTERS.sub("", word.lower())
