"""Where heard words and the text surely agree: runs of words that cannot be chance, in an order that cannot jump.

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

_MOST_PLACES = 40
"""A pair of words found in more places of the text than this says nothing about where."""
_LEAST_WEIGHT = 14.0
"""Nats. Two words that occur once in 8,000 weigh 18; "thank you very much", said ten times, 26."""
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """`length` words from `heard` on in what was heard are those from `text` on in the text."""

    heard: int
    text: int
    length: int


def anchor(text: Sequence[str], heard: Sequence[str]) -> list[Run]:
    """Return the runs where `heard` surely is `text`, ascending in both, none overlapping."""
    counts = Counter(text)
    rarity = {word: math.log(len(text) / count) + 1.0 for word, count in counts.items()}

    def weight(run: Run) -> float:
        return sum(rarity[word] for word in text[run.text : run.text + run.length])

    runs = _common_runs(text, heard)
    chain = _heaviest_chain(runs, [weight(run) for run in runs], len(text))
    return [run for run in chain if run.length >= _LEAST_WORDS and weight(run) >= _LEAST_WEIGHT]


def _common_runs(text: Sequence[str], heard: Sequence[str]) -> list[Run]:
    """Every longest run of two words or more that both have, by pairs of words not too common in the text."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(text)):
        places[pair].append(at)
    open_runs: dict[int, Run] = {}
    runs: list[Run] = []
    for at, pair in enumerate(pairwise(heard)):
        found = places.get(pair, [])
        going = {}
        for place in found:
            run = open_runs.get(place - at)
            if run is not None:
                going[place - at] = Run(run.heard, run.text, run.length + 1)
            elif len(found) <= _MOST_PLACES:
                going[place - at] = Run(at, place, 2)
        runs.extend(run for diagonal, run in open_runs.items() if diagonal not in going)
        open_runs = going
    runs.extend(open_runs.values())
    return sorted(runs, key=lambda run: (run.heard, run.text))


def _heaviest_chain(runs: Sequence[Run], weights: Sequence[float], size: int) -> list[Run]:
    """Return the chain of runs, ascending without overlap in both sequences, of the greatest weight.

    A run that overlaps the one before it in either sequence is cut short at its start, word by word, at no cost but
    the words. `runs` ascend in what was heard.
    """
    # best[k] of the tree: the heaviest chain that ends at or before a place in the text (a Fenwick tree of maxima).
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 2)
    chains: list[tuple[Run, int]] = []
    # Of a run that has begun the best way into it: the weight up to its end, how much is cut off, and the chain before.
    # All ways into a run end at one place, so that the others are of no use.
    entered: dict[int, tuple[float, int, int]] = {}
    ending: dict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        ending[run.heard + run.length].append(number)
    going: list[int] = []
    begun = 0
    for at in range(max((run.heard + run.length for run in runs), default=-1) + 1):
        for number in ending.pop(at, ()):
            value, cut, before = entered.pop(number)
            run = runs[number]
            chains.append((Run(run.heard + cut, run.text + cut, run.length - cut), before))
            place = run.text + run.length + 1
            while place < len(tree):
                if tree[place][0] < value:
                    tree[place] = (value, len(chains) - 1)
                place += place & -place
        while begun < len(runs) and runs[begun].heard == at:
            going.append(begun)
            begun += 1
        going = [number for number in going if at - runs[number].heard < _starts(runs[number])]
        for number in going:
            run, cut = runs[number], at - runs[number].heard
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


def _starts(run: Run) -> int:
    """In how many places a run may be entered: of a long one never the last word alone."""
    return run.length if run.length <= 4 else run.length - 1
