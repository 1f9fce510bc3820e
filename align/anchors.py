"""Anchors: runs of recognised words that are certain to be the text's, in an order that cannot jump.

Common runs of two sequences are weighed by how rare their words are in the text; the heaviest chain of runs that goes
forward in both is kept (D. Gusfield, "Algorithms on Strings, Trees, and Sequences", 1997, section 12.5.2: heaviest
increasing subsequence), and of that chain the runs that are heavy enough to stand alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from asdelivered.align.script import Script
from asdelivered.align.values.recognised_word import RecognisedWord

_MOST_PLACES = 40
"""A pair of words that occurs in more places of the text than this says nothing about where it was said."""
_LEAST_WEIGHT = 14.0
"""Nats. Two words that occur once in 8,000 weigh 18; "thank you very much", said ten times, 26."""
_LEAST_WORDS = 2
_PRECISE = 50
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
        return self.time_error <= _PRECISE

    @property
    def recognised(self) -> tuple[Anchor, ...]:
        """The runs whose every word was recognised in its own sound: all or none."""
        return self.runs if self.precise else ()

    def tokens(self, script: Script) -> tuple[bool, ...]:
        """Tell of each token of the script whether it was recognised within an anchor."""
        anchored = [False] * len(script.tokens)
        owners = script.owners
        for run in self.recognised:
            for word in range(run.text, run.text + run.length):
                anchored[owners[word]] = True
        return tuple(anchored)


def anchor(script: Script, words: Sequence[RecognisedWord], time_error: int) -> Anchors:
    """Anchor the recognised `words`, whose times may be off by `time_error` frames, in the text of the script."""
    runs = find_anchors(script.words, [word.word for word in words])
    return Anchors(tuple(words), tuple(runs), time_error)


def find_anchors(text: Sequence[str], recognised: Sequence[str]) -> list[Anchor]:
    """Return the runs where `recognised` is certain to be `text`, ascending in both, none overlapping."""
    counts = Counter(text)
    rarity = {word: math.log(len(text) / count) + 1.0 for word, count in counts.items()}

    def weight(run: Anchor) -> float:
        return sum(rarity[word] for word in text[run.text : run.text + run.length])

    runs = _common_runs(text, recognised)
    chain = _heaviest_chain(runs, [weight(run) for run in runs], len(text))
    return [run for run in chain if run.length >= _LEAST_WORDS and weight(run) >= _LEAST_WEIGHT]


def _common_runs(text: Sequence[str], recognised: Sequence[str]) -> list[Anchor]:
    """Return every longest common run of two words or more, found by pairs of words not too common in the text."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(text)):
        places[pair].append(at)
    open_runs: dict[int, Anchor] = {}
    runs: list[Anchor] = []
    for at, pair in enumerate(pairwise(recognised)):
        found = places.get(pair, [])
        going = {}
        for place in found:
            run = open_runs.get(place - at)
            if run is not None:
                going[place - at] = Anchor(run.recognised, run.text, run.length + 1)
            elif len(found) <= _MOST_PLACES:
                going[place - at] = Anchor(at, place, 2)
        runs.extend(run for diagonal, run in open_runs.items() if diagonal not in going)
        open_runs = going
    runs.extend(open_runs.values())
    return sorted(runs, key=lambda run: (run.recognised, run.text))


def _heaviest_chain(runs: Sequence[Anchor], weights: Sequence[float], size: int) -> list[Anchor]:
    """Return the chain of runs, ascending without overlap in both sequences, of the greatest weight.

    A run that overlaps the one before it in either sequence is cut short at its start, word by word, and loses only
    those words' weight. `runs` ascend in what was recognised.
    """
    # best[k] of the tree: the heaviest chain that ends at or before a place in the text (a Fenwick tree of maxima).
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 2)
    chains: list[tuple[Anchor, int]] = []
    # The best way into each run that has begun: the weight up to its end, how much is cut off, and the chain before.
    # All ways into a run end in one place, so the others are of no use.
    entered: dict[int, tuple[float, int, int]] = {}
    ending: dict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        ending[run.recognised + run.length].append(number)
    going: list[int] = []
    begun = 0
    for at in range(max((run.recognised + run.length for run in runs), default=-1) + 1):
        for number in ending.pop(at, ()):
            value, cut, before = entered.pop(number)
            run = runs[number]
            chains.append((Anchor(run.recognised + cut, run.text + cut, run.length - cut), before))
            place = run.text + run.length + 1
            while place < len(tree):
                if tree[place][0] < value:
                    tree[place] = (value, len(chains) - 1)
                place += place & -place
        while begun < len(runs) and runs[begun].recognised == at:
            going.append(begun)
            begun += 1
        going = [number for number in going if at - runs[number].recognised < _starts(runs[number])]
        for number in going:
            run, cut = runs[number], at - runs[number].recognised
            place = run.text + cut + 1
            heaviest, before = 0.0, -1
            while place > 0:
                if tree[place][0] > heaviest:
                    heaviest, before = tree[place]
                place -= place & -place
            value = heaviest + weights[number] / run.length * (run.length - cut)
            if number not in entered or value > entered[number][0]:
                entered[number] = (value, cut, before)
    best, last = 0.0, -1
    for value, number in tree:
        if value > best:
            best, last = value, number
    chain = []
    while last >= 0:
        run, last = chains[last]
        chain.append(run)
    return chain[::-1]


def _starts(run: Anchor) -> int:
    """How many of its words a run may be entered at: a long one is never entered at its last word alone."""
    return run.length if run.length <= 4 else run.length - 1
