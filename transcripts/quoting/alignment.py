"""Align the words of a quote with those of a text, where words may be wrong, missing or added.

This follows Smith and Waterman, *Identification of common molecular subsequences* (1981), but uses up the whole quote
and has two kinds of gap (after Gotoh, *An improved algorithm for matching biological sequences*, 1982): a short one
costs by the word, a dropped middle costs once. Each word of the quote takes a few NumPy operations over the text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
AT_SENTENCE = 0.04
"""The bonus for a quote that begins or ends with a sentence."""
_NONE = -1e9


def align_quote(
    columns: np.ndarray, gains: np.ndarray, marked: Sequence[bool], begins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Align a whole quote with some of the words of a text.

    `columns` holds the positions of these words in the text, in order. `gains[row, column]` is the score for matching
    word `row` of the quote with the word at `column`. `marked` says of each word of the quote whether something is left
    out before it, and `begins` of each column whether a sentence begins there. Returns for each column the best score
    of a match that ends with it, and the column where that match starts. A match that begins with a sentence scores
    `AT_SENTENCE` more.
    """
    count = len(columns)
    own = np.arange(count)
    place = columns.astype(np.float64)
    apart = np.empty(count, dtype=bool)
    apart[0], apart[1:] = True, np.diff(columns) != 1
    begin = np.where(begins, np.float32(AT_SENTENCE), np.float32(0))
    best = np.full(count, _NONE, dtype=np.float32)
    starts = own
    for row, gain in enumerate(gains):
        reached, origin = begin - np.float32(row * _ADDED), own
        if row:
            step = np.empty_like(best)
            step[0], step[1:] = _NONE, best[:-1]
            step[apart] = _NONE
            gaps = [(_MARKED, _MARKED_WORD)] if marked[row] else [(_SKIP, _SKIP_WORD), (_LEAP, _LEAP_WORD)]
            ways = [(step, np.maximum(own - 1, 0))] + [_after_gap(best, place, *costs) for costs in gaps]
            for score, source in ways:
                better = score > reached
                reached = np.where(better, score, reached)
                origin = np.where(better, starts[source], origin)
        taken, left = reached + gain, best - np.float32(_ADDED)
        keep = left > taken
        best, starts = np.where(keep, left, taken), np.where(keep, starts, origin)
    return best, starts


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
