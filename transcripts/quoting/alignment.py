"""Align the words of a quote with those of a text, where words may be wrong, missing or added.

This follows Smith and Waterman, *Identification of common molecular subsequences* (1981), but uses up the whole quote
and has two kinds of gap (after Gotoh, *An improved algorithm for matching biological sequences*, 1982): a short one
costs by the word, a dropped middle costs once. The quote is a lattice of readings (readings.py), as in partial order
alignment (Lee, Grasso and Sharlow, *Multiple sequence alignment using partial order graphs*, 2002). Each word of the
quote takes a few NumPy operations over the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from asdelivered.transcripts.quoting.readings import START, Reading

# Costs, in the weight of the rarest word.
DIFFERENT = 0.12
"""For a word in place of another."""
_ADDED = 0.15
"""For a word of the quote that the text lacks."""
_SKIP, _SKIP_WORD = 0.1, 0.1
"""For words of the text that the quote leaves out: once per gap, and for each word."""
_LEAP, _LEAP_WORD = 1.2, 0.002
"""The same for many words."""
_MARKED, _MARKED_WORD = 0.05, 0.001
"""The same where the quote marks that it leaves something out."""
_WRONG, _PASSED, _MOST_PASSED = 0.4, 0.2, 8
"""What speaks against a match, in the same weight: a word of the quote that it lacks or has another for; and a word of
the text that the quote leaves out, of each gap at most so many."""
AT_SENTENCE = 0.04
"""The bonus for a quote that begins or ends with a sentence."""
_NONE = -1e9


@dataclass(frozen=True, eq=False)
class Ends:
    """For each column the best match of a whole quote that ends with it: arrays, one item per column.

    `best` is its score, `evidence` the weight of its words less what speaks against it, `starts` the column where it
    starts, `totals` the weight of the words of the reading that it follows, `rows` the last of these.
    """

    best: np.ndarray
    evidence: np.ndarray
    starts: np.ndarray
    totals: np.ndarray
    rows: np.ndarray


@dataclass(frozen=True, eq=False)
class Step:
    """How the best match came to each column: from which row and column (`START` where it starts), and `taken`.

    `taken` says whether the row's word stands for the column's; otherwise the text lacks it.
    """

    rows: np.ndarray
    sources: np.ndarray
    taken: np.ndarray


def align_quote(
    reading: Reading,
    columns: np.ndarray,
    gains: np.ndarray,
    weights: np.ndarray,
    begins: np.ndarray,
    steps: list[Step] | None = None,
) -> Ends:
    """Align a whole quote with some of the words of a text.

    `columns` holds the positions of these words in the text, in order. `gains[row, column]` is the score for matching
    word `row` of the quote with the word at `column`, `weights[row]` its highest. `begins` says of each column whether
    a sentence begins there; a match that does so too scores `AT_SENTENCE` more. The way of each match is added to
    `steps`, if given.
    """
    own = np.arange(len(columns))
    place = columns.astype(np.float64)
    apart = np.empty(len(columns), dtype=bool)
    apart[0], apart[1:] = True, np.diff(columns) != 1
    begin = np.where(begins, np.float32(AT_SENTENCE), np.float32(0))
    nowhere = np.full(len(columns), _NONE, dtype=np.float32)
    before = _weights_before(reading, weights)
    ends: list[Ends] = []
    for row, word in enumerate(reading.words):
        previous = _best_of(ends, word.before)
        reached, origin = begin - np.float32(word.skipped * _ADDED), own
        total = np.full(len(columns), before[row], dtype=np.float32)
        proof = np.full(len(columns), -_WRONG * word.skipped, dtype=np.float32)
        if previous is None:
            best, starts, totals, rows = nowhere, own, total, np.full(len(columns), START, dtype=np.int32)
            evidence = proof
        else:
            best, starts, totals, rows = previous.best, previous.starts, previous.totals, previous.rows
            evidence = previous.evidence
        source = np.full(len(columns), START)
        if previous is not None:
            step = np.empty_like(best)
            step[0], step[1:] = _NONE, best[:-1]
            step[apart] = _NONE
            gaps = [(_MARKED, _MARKED_WORD)] if word.marked else [(_SKIP, _SKIP_WORD), (_LEAP, _LEAP_WORD)]
            ways = [(step, np.maximum(own - 1, 0))] + [_after_gap(best, place, *costs) for costs in gaps]
            for score, column in ways:
                better = score > reached
                reached = np.where(better, score, reached)
                source = np.where(better, column, source)
            came = source != START
            origin = np.where(came, starts[source], own)
            total = np.where(came, totals[source], total)
            passed = np.minimum(place - place[source] - 1, _MOST_PASSED) * (0 if word.marked else _PASSED)
            proof = np.where(came, evidence[source] - passed.astype(np.float32), proof)
        taken, left = reached + gains[row], best - np.float32(_ADDED)
        keep = left > taken
        if steps is not None:
            via = np.where(keep, rows, np.where(source == START, START, rows[source]))
            steps.append(Step(via, np.where(keep, own, source), ~keep))
        ends.append(
            Ends(
                np.where(keep, left, taken),
                np.where(
                    keep, evidence - np.float32(_WRONG), proof + np.where(gains[row] < 0, -_WRONG, gains[row])
                ),
                np.where(keep, starts, origin),
                np.where(keep, totals, total) + weights[row],
                np.full(len(columns), row, dtype=np.int32),
            )
        )
    found = _best_of(ends, reading.last)
    if found is None:
        raise ValueError("a reading without words cannot be aligned")
    return found


def trace(steps: Sequence[Step], row: int, column: int) -> list[tuple[int, int | None]]:
    """Return the words of the match that ends with this row and column, in order: each row with its column, or None."""
    path: list[tuple[int, int | None]] = []
    while row != START:
        step = steps[row]
        path.append((row, column if step.taken[column] else None))
        row, column = int(step.rows[column]), int(step.sources[column])
    return path[::-1]


def _weights_before(reading: Reading, weights: np.ndarray) -> list[float]:
    """Return for each word the least weight that the words before it have, on any way to it."""
    found: list[float] = []
    for word in reading.words:
        ways = [0.0 if row == START else found[row] + float(weights[row]) for row in word.before]
        found.append(min(ways))
    return found


def _best_of(ends: Sequence[Ends], rows: Sequence[int]) -> Ends | None:
    """Return the best match at each column among those that end with one of these rows; None where there is none."""
    found: Ends | None = None
    for row in rows:
        if row == START:
            continue
        other = ends[row]
        if found is None:
            found = other
            continue
        better = other.best > found.best
        found = Ends(
            np.where(better, other.best, found.best),
            np.where(better, other.evidence, found.evidence),
            np.where(better, other.starts, found.starts),
            np.where(better, other.totals, found.totals),
            np.where(better, other.rows, found.rows),
        )
    return found


def _after_gap(
    best: np.ndarray, place: np.ndarray, once: float, each: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the best score of a match that continues at each column after a gap, and the column before the gap."""
    height = best + each * place
    top = np.maximum.accumulate(height)
    column = np.maximum.accumulate(np.where(height == top, np.arange(len(best)), 0))
    score = np.empty_like(best)
    source = np.zeros(len(best), dtype=column.dtype)
    score[0] = _NONE
    score[1:] = top[:-1] - each * (place[1:] - 1) - once
    source[1:] = column[:-1]
    return score, source
