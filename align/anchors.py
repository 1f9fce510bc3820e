"""Anchors: runs of recognised words that are certain to be the text's, in an order that cannot jump.

Common runs of two sequences are weighed by how rare their words are in the text; the heaviest chain of runs that goes
forward in both is kept (D. Gusfield, "Algorithms on Strings, Trees, and Sequences", 1997, section 12.5.2: heaviest
increasing subsequence), and of that chain the runs that are heavy enough to stand alone.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.forced_alignment import AlignedToken
from asdelivered.align.acoustic.frame_spans import Bools, FrameSpan, mask_of
from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord

_MOST_PLACES = 40
"""A pair of words that occurs in more places of the text than this says nothing about where it was said."""
_LEAST_WEIGHT = 14.0
"""Nats. Two words that occur once in 8,000 weigh 18; "thank you very much", said ten times, 26."""
_LEAST_WORDS = 2
_SKIPPED = 0.05
"""Nats that a chain loses with each recognised word that it skips: where words are said several times, it keeps to one
of them. It loses at most `_LEAST_WEIGHT` at once, which any run after the skipped words exceeds."""
_JUMPED = _LEAST_WEIGHT / 2
"""Nats that a chain loses at most where it skips words of the text: any anchor behind them is worth more, but not a
word or two of a common phrase that stands elsewhere, too. For each word it loses as many as for one recognised."""
_TORN = 10_000 // FRAME_MS
"""Frames between two words in which no sentence pauses."""
_NEAR = 500 // FRAME_MS
"""Frames between where a word was recognised and where it was placed, at most: more of them, and it is another's sound.
Of 13,000 anchored words 8 were that far off."""
_FRINGE = 3
"""Words at each end of an anchor that may be there by chance: none of them may hold its token to the wrong place."""
PRECISE = 50
"""An engine whose times may be off by more frames than this did not recognise each word in its own sound."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A run of `length` words: those from `recognised` on in the recognition are those from `text` on in the text."""

    recognised: int
    text: int
    length: int


@dataclass(frozen=True)
class Anchors:
    """The anchors of a text, `runs`, among the `words` that an engine recognised.

    `time_error` is by how many frames the times of the words may be off.
    """

    words: tuple[RecognisedWord, ...]
    runs: tuple[Anchor, ...]
    time_error: int

    @property
    def precise(self) -> bool:
        """Whether the engine recognised each word in its own sound, rather than guessing where it might be."""
        return self.time_error <= PRECISE

    @property
    def recognised(self) -> tuple[Anchor, ...]:
        """The runs whose every word was recognised in its own sound: all or none."""
        return self.runs if self.precise else ()

    def spoken(self, count: int) -> Bools:
        """Return the frames (count,) of the words in runs: somebody speaks there, though the detector may not notice.

        It takes for silence what is far quieter than the rest, such as one side of a call.
        """
        words = (word for run in self.recognised for word in self.words[run.recognised :][: run.length])
        return mask_of(((word.start, word.end) for word in words), count)

    def heard(self, script: Script) -> tuple[FrameSpan | None, ...]:
        """Return where each token of the script was recognised, in frames; None if not all of it was, or by chance.

        The first and the last words of an anchor may stand beside it by chance, and be said elsewhere: so "Thank you"
        after one sentence is taken for that before another.
        """
        spans: list[list[FrameSpan]] = [[] for _ in script.tokens]
        for run in self.recognised:
            for at in range(_FRINGE, run.length - _FRINGE):
                word = self.words[run.recognised + at]
                spans[script.owners[run.text + at]].append((word.start, word.end))
        words = Counter(script.owners)
        return tuple(
            (own[0][0], own[-1][1]) if own and len(own) == words[token] else None
            for token, own in enumerate(spans)
        )

    def confirmed(self, script: Script, tokens: Sequence[AlignedToken | None]) -> tuple[bool, ...]:
        """Tell of each token of the script whether it was recognised, within an anchor, where `tokens` has it."""
        confirmed = [False] * len(script.tokens)
        owners = script.owners
        for run in self.recognised:
            for at in range(run.length):
                owner, word = owners[run.text + at], self.words[run.recognised + at]
                token = tokens[owner]
                if token and token.start - word.end <= _NEAR and word.start - token.end <= _NEAR:
                    confirmed[owner] = True
        return tuple(confirmed)


def anchor(script: Script, words: Sequence[RecognisedWord], time_error: int) -> Anchors:
    """Anchor the recognised `words`, whose times may be off by `time_error` frames, in the text of the script."""
    breaks = {
        number
        for number, (before, after) in enumerate(pairwise(words), start=1)
        if after.start - before.end >= _TORN
    }
    runs = find_anchors(script.words, [word.word for word in words], breaks)
    return Anchors(tuple(words), tuple(runs), time_error)


def line_starts(script: Script, anchors: Anchors) -> dict[str, int]:
    """Return about when lines begin, in milliseconds by their ids: at the first of their words that is anchored.

    For people who wait: the times are those of the recogniser, and a line without an anchored word is missing.
    """
    starts: dict[str, int] = {}
    for run in anchors.runs:
        for at in range(run.length):
            line = script.tokens[script.owners[run.text + at]].line
            starts.setdefault(script.lines[line][1].id, anchors.words[run.recognised + at].start * FRAME_MS)
    return starts


def find_anchors(
    text: Sequence[str], recognised: Sequence[str], breaks: Collection[int] = frozenset()
) -> list[Anchor]:
    """Return the runs where `recognised` is certain to be `text`, ascending in both, none overlapping.

    No run reaches over `breaks`, the places of words in `recognised` before which something else is heard for long.
    """
    counts = Counter(text)
    rarity = [math.log(len(text) / counts[word]) + 1.0 for word in text]
    runs = _common_runs(text, recognised, breaks)
    weights = array("d", (sum(rarity[start : start + length]) for _, start, length in runs))
    chain = _heaviest_chain(runs, weights)
    return [
        run
        for run in chain
        if run.length >= _LEAST_WORDS and sum(rarity[run.text : run.text + run.length]) >= _LEAST_WEIGHT
    ]


def _common_runs(
    text: Sequence[str], recognised: Sequence[str], breaks: Collection[int]
) -> NDArray[np.int32]:
    """Return every longest common run of two words or more, found by pairs of words not too common in the text.

    They are rows of where each begins in what was recognised and in the text, and its length, ascending: hours have
    hundreds of thousands.
    """
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(text)):
        places[pair].append(at)
    runs = array("i")
    # Where the runs began that go on, by how much further on in the text they are.
    going: dict[int, int] = {}
    for at, pair in enumerate(pairwise(recognised)):
        found = [] if at + 1 in breaks else places.get(pair, [])
        few = len(found) <= _MOST_PLACES
        on = {place - at: going.get(place - at, at) for place in found if few or place - at in going}
        for further, start in going.items():
            if further not in on:
                runs.extend((start, start + further, at - start + 1))
        going = on
    for further, start in going.items():
        runs.extend((start, start + further, len(recognised) - start))
    rows = np.frombuffer(runs, np.int32).reshape(-1, 3)
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def _heaviest_chain(runs: NDArray[np.int32], weights: Sequence[float]) -> list[Anchor]:
    """Return the chain of runs, ascending without overlap in both sequences, of the greatest weight.

    A run that overlaps the one before it in either sequence is cut short at its start, word by word, and loses only
    those words' weight. `runs` are as `_common_runs` gives them.
    """
    # The heaviest chains that end at or before a place in the text. What is lost by skipping is the least of two
    # losses, one for each word and one for all, in what was recognised and in the text: each way has heaviest chains
    # of its own. A way's loss from one place to another is the difference of what it counts up to each, and a jump.
    ways = [
        _Way(_HeaviestUpTo(), heard, read, jump)
        for heard, read, jump in (
            (_SKIPPED, _SKIPPED, 0.0),
            (_SKIPPED, 0.0, _JUMPED),
            (0.0, _SKIPPED, _LEAST_WEIGHT),
            (0.0, 0.0, _LEAST_WEIGHT + _JUMPED),
        )
    ]
    # A chain has the number of its last run. Of each run: how much the best way into it cuts off, and the chain before.
    heaviest, last = 0.0, -1
    cuts, befores = array("i", bytes(4 * len(runs))), array("i", bytes(4 * len(runs)))
    starts, places, lengths = (array("i", column.tobytes()) for column in runs.T)
    ends = runs[:, 0] + runs[:, 2]
    order = iter(np.argsort(ends, kind="stable").tolist())
    # The weight up to its end of each run that has begun. All ways into a run end in one place: the best is of use.
    entered: dict[int, float] = {}
    ending = next(order, -1)
    going: list[int] = []
    begun = 0
    for at in range(int(ends.max(initial=-1)) + 1):
        while ending >= 0 and starts[ending] + lengths[ending] == at:
            value = entered.pop(ending)
            for way in ways:
                way.add(at, places[ending] + lengths[ending], value, ending)
            if value > heaviest:
                heaviest, last = value, ending
            ending = next(order, -1)
        while begun < len(starts) and starts[begun] == at:
            going.append(begun)
            begun += 1
        going = [number for number in going if at - starts[number] < _entrances(lengths[number])]
        for number in going:
            cut = at - starts[number]
            best, before = 0.0, -1
            for way in ways:
                left, chain = way.up_to(at, places[number] + cut)
                if left > best:
                    best, before = left, chain
            value = best + weights[number] / lengths[number] * (lengths[number] - cut)
            if number not in entered or value > entered[number]:
                entered[number], cuts[number], befores[number] = value, cut, before
    chosen = []
    while last >= 0:
        cut = cuts[last]
        chosen.append(Anchor(starts[last] + cut, places[last] + cut, lengths[last] - cut))
        last = befores[last]
    return chosen[::-1]


@dataclass(frozen=True)
class _Way:
    """A way to count what a chain loses by skipping: for each word recognised, for each of the text, and at once."""

    chains: _HeaviestUpTo
    heard: float
    read: float
    jump: float

    def add(self, at: int, place: int, value: float, chain: int) -> None:
        """Add a chain that ends at these places in what was recognised and in the text."""
        self.chains.add(place, value + self.heard * at + self.read * place, chain)

    def up_to(self, at: int, place: int) -> tuple[float, int]:
        """Return the value that the heaviest chain has left at these places, and the chain."""
        value, chain = self.chains.up_to(place)
        return value - self.heard * at - self.read * place - self.jump, chain


class _HeaviestUpTo:
    """The heaviest of the chains that end at or before each place: only those that none before them outweighs."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._chains: list[tuple[float, int]] = []

    def add(self, place: int, value: float, chain: int) -> None:
        """Add a chain that ends at a place, from 0."""
        at = bisect_left(self._places, place)
        if at and self._chains[at - 1][0] > value:
            return
        end = at
        while end < len(self._places) and self._chains[end][0] < value:
            end += 1
        if end == at < len(self._places) and self._places[at] == place:
            return
        self._places[at:end] = [place]
        self._chains[at:end] = [(value, chain)]

    def up_to(self, place: int) -> tuple[float, int]:
        """Return the value and the chain of the heaviest up to a place; -inf and -1 where there is none."""
        at = bisect_right(self._places, place)
        return self._chains[at - 1] if at else (-math.inf, -1)


def _entrances(length: int) -> int:
    """At how many of its words a run may be entered: a long one is never entered at its last word alone."""
    return length if length <= 4 else length - 1
