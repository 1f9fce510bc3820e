"""The best lines for the words of a cue: every break has a cost, and the cheapest lines that fit are taken."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from asdelivered.subtitles.cueing.breaks import Break
from asdelivered.subtitles.cueing.units import Unit, text_of
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.style import Kind, Style

_LINE = (-1.0, 1.0, 1.5, 4.0, 8.0, 14.0, 18.0, 40.0)
"""What a line break costs at each level of Break: the eye bridges it more easily than a cut between cues."""
_LONE_WORD = 17.0
"""A word alone on a line of two: dearer than any break but one after a word that leans on the next."""
_UNBALANCED = 6.0
"""Two lines, one of them nearly empty."""
_TOP_HEAVY = 2.0
"""An upper line longer than the lower one, which covers more of the picture."""
_SHARED_LINE = 20.0
"""A sentence that begins on the line on which another ends, where the style has a rule about it."""
_TOO_LONG = 30.0
"""A word that is longer than a line."""
_POOR = 10.0
"""What other lines must gain before it is worth a subtitler's time to break a cue anew."""

_Whole = NDArray[np.int64]
_Costs = NDArray[np.float64]


def lay_out(
    units: Sequence[Unit], label: str, levels: Sequence[Break], style: Style
) -> tuple[str, ...] | None:
    """Return the best lines for the words of one cue; None where the style's lines cannot hold them.

    `levels` are the breaks after each word but the last, as `break_levels` finds them.
    """
    found = LineCosts(units, label, levels, style).best(0, len(units))
    return None if found is None else _lines(units, found[1])


def better_lines(
    units: Sequence[Unit], breaks: Sequence[int], label: str, levels: Sequence[Break], style: Style
) -> tuple[str, ...] | None:
    """Return the best lines for the words of a cue that breaks its lines before the words `breaks`; None where these
    are as good.

    The costs are those by which cues are made; where little is to be gained, the lines stay.
    """
    costs = LineCosts(units, label, levels, style)
    found = costs.best(0, len(units))
    if found is None or found[1] == tuple(breaks):
        return None
    return None if costs.of_lines(breaks) - found[0] < _POOR else _lines(units, found[1])


def _lines(units: Sequence[Unit], breaks: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        text_of([(unit.text, unit.glued) for unit in units[a:b]])
        for a, b in pairwise([0, *breaks, len(units)])
    )


class LineCosts:
    """Words that are to be parted into cues, and what it costs to put some of them on lines.

    `levels` are the breaks after each word but the last. A label stands before the first word, or above it.
    """

    def __init__(self, units: Sequence[Unit], label: str, levels: Sequence[Break], style: Style) -> None:
        self.rows = style.max_lines
        self.width = style.max_line_length
        # What a label adds to the first cue, and to its first line where it stands on that.
        self.label_width = width_of(label) + 1 if label else 0
        self._label_above = bool(label) and style.label_above
        self._label_on_line = 0 if self._label_above else self.label_width
        # The blank before each word, and after the last.
        self.blanks = [*(0 if unit.glued else 1 for unit in units), 1]
        widths = [width_of(unit.text) for unit in units]
        self.offsets = [
            0,
            *accumulate(width + blank for width, blank in zip(widths, self.blanks[1:], strict=True)),
        ]
        self.breaks = [_LINE[level] for level in levels]
        shared = _shared_lines(levels, style)
        self.shared = [0.0, *accumulate(shared, initial=0.0)] if any(shared) else None

    def best(self, first: int, last: int) -> tuple[float, tuple[int, ...]] | None:
        """Return the cost of the best lines for words[first:last], and where they break; None where they don't fit."""
        rows = max(1, self.rows - 1) if first == 0 and self._label_above else self.rows
        return self._best(first, last, rows)

    def _best(self, first: int, last: int, rows: int) -> tuple[float, tuple[int, ...]] | None:
        length = self.offsets[last] - self.offsets[first] - self.blanks[last]
        if first == 0:
            length += self._label_on_line
        best: tuple[float, tuple[int, ...]] | None = None
        if length <= self.width or last - first == 1:
            best = (self._line(first, last) if length <= self.width else _TOO_LONG), ()
            if not best[0] or last - first == 1:
                return best
        if rows == 1:
            return best
        for middle in range(last - 1, first, -1):
            lower = self.offsets[last] - self.offsets[middle] - self.blanks[last]
            if rows == 2 and lower > self.width and last - middle > 1:
                break
            upper = length - lower - self.blanks[middle]
            if upper > self.width and middle - first > 1:
                continue
            rest = self._best(middle, last, rows - 1)
            if rest is None:
                continue
            cost = self._break(first, middle, last, upper, lower) + rest[0]
            cost += _TOO_LONG if upper > self.width else 0.0
            if best is None or cost < best[0]:
                best = cost, (middle, *rest[1])
        return best

    def of_lines(self, breaks: Sequence[int]) -> float:
        """Return the cost of all the words on lines that break before the words `breaks`, as `best` counts it."""
        first, last, cost = 0, len(self.blanks) - 1, 0.0
        for middle in breaks:
            lower = self.offsets[last] - self.offsets[middle] - self.blanks[last]
            upper = self.offsets[middle] - self.offsets[first] - self.blanks[middle]
            upper += 0 if first else self._label_on_line
            cost += self._break(first, middle, last, upper, lower)
            first = middle
        return cost + self._line(first, last)

    def of_many(self, begin: int, end: int, most: int) -> _Costs:
        """Return what the best lines cost for the cues that begin with the words from `begin` to `end`.

        A row for each, with the costs of one word, of two and so on up to `most`: endless where they don't fit, and
        meaningless beyond the last word. The same as `best`, in less time.
        """
        costs = _Many(self, begin, end, most).costs(0, most, self.rows)
        if self.label_width and begin == 0:
            found = [self.best(0, last) for last in range(1, min(most, len(self.breaks) + 1) + 1)]
            costs[0, : len(found)] = [np.inf if one is None else one[0] for one in found]
        return costs

    def most_words(self) -> list[int]:
        """Return for each first word how many words a cue can hold.

        A line holds as many words as fit, or one that is longer than a line; a cue holds as many such lines.
        """
        count = len(self.blanks) - 1
        offsets = np.array(self.offsets)
        fullest = np.searchsorted(offsets, offsets[:-1] + self.width + 1, side="right") - 1
        line_ends = np.append(np.maximum(fullest, np.arange(count) + 1), count)
        ends = np.arange(count)
        for _ in range(self.rows):
            ends = line_ends[ends]
        return [int(size) for size in ends - np.arange(count)]

    def _line(self, first: int, last: int) -> float:
        """Return the cost of words[first:last] on one line, whatever its length."""
        return 0.0 if self.shared is None else self.shared[last] - self.shared[first + 1]

    def _break(self, first: int, middle: int, last: int, upper: int, lower: int) -> float:
        """Return the cost of a line of words[first:middle], `upper` characters, above the rest, `lower` of them."""
        cost = self.breaks[middle - 1] + _UNBALANCED * abs(upper - lower) / self.width
        cost += _TOP_HEAVY if upper > lower else 0.0
        cost += _LONE_WORD if middle - first == 1 or last - middle == 1 else 0.0
        return cost + self._line(first, middle)


class _Many:
    """The same search for the cues that begin with some words next to each other, over arrays.

    In all of them a row is a first word, and a column a number of words.
    """

    def __init__(self, costs: LineCosts, begin: int, end: int, most: int) -> None:
        self._count = end - begin
        self._width = costs.width
        window = slice(begin, end + most)
        size = self._count + most
        # Beyond the last word nothing fits.
        self._starts = _padded(costs.offsets[window], size, costs.width + 1)
        self._ends = self._starts - _padded(costs.blanks[window], size, 0)
        self._breaks = _padded(costs.breaks[window], size, 0)
        self._shared = None if costs.shared is None else _padded(costs.shared[window], size, 0)

    def costs(self, skip: int, most: int, rows: int) -> _Costs:
        """Return the costs of cues that begin `skip` words later, of `most` words on `rows` lines at most."""
        lengths = self._lengths(skip, most)
        whole = np.where(lengths <= self._width, self._line(skip, most), np.inf)
        whole[lengths[:, 0] > self._width, 0] = _TOO_LONG
        if rows == 1:
            return whole
        best = whole.copy()
        for size in range(1, most):
            upper = lengths[:, size - 1 : size]
            too_long = upper > self._width
            if size > 1 and too_long.all():
                break
            lower = self._lengths(skip + size, most - size)
            costs = self.costs(skip + size, most - size, rows - 1)
            costs += np.abs(upper - lower) * (_UNBALANCED / self._width)
            costs += np.where(upper > lower, _TOP_HEAVY, 0.0)
            costs += self._rows(self._breaks, skip + size - 1) + self._line(skip, size)[:, -1:]
            costs += np.where(too_long, _TOO_LONG if size == 1 else np.inf, 0.0)
            costs[:, slice(None) if size == 1 else slice(1)] += _LONE_WORD
            np.minimum(best[:, size:], costs, out=best[:, size:])
        return np.where(whole == 0, whole, best)

    def _lengths(self, skip: int, most: int) -> _Whole:
        """Return the characters on one line of the words from `skip` words later on."""
        return np.asarray(self._after(self._ends, skip, most) - self._rows(self._starts, skip))

    def _line(self, skip: int, most: int) -> _Costs:
        """Return what it costs that they are on one line, whatever their length."""
        if self._shared is None:
            return np.zeros((self._count, most))
        return np.asarray(self._after(self._shared, skip, most) - self._rows(self._shared, skip + 1))

    def _rows(self, values: NDArray[Any], skip: int) -> NDArray[Any]:
        return values[skip : skip + self._count, None]

    def _after(self, values: NDArray[Any], skip: int, most: int) -> NDArray[Any]:
        """Return for each row the values behind one word, behind two and so on."""
        return sliding_window_view(values[skip + 1 : skip + self._count + most], most)


def _padded(values: Sequence[float], size: int, step: int) -> NDArray[Any]:
    """Return the values, and as many more as there are to be, each larger than the one before by `step`."""
    known = np.array(values[:size])
    last = known[-1] if len(known) else 0
    return np.concatenate([known, last + step * np.arange(1, size - len(known) + 1)])


def _shared_lines(levels: Sequence[Break], style: Style) -> list[float]:
    """Return what it costs at each place not to break the line there: where a sentence ends, if the style has a rule.

    A sentence of a word or two, as many as the rule lets pass, may share a line.
    """
    few = style.limit(Kind.NEW_SENTENCE)
    costs = [0.0] * len(levels)
    if few is None:
        return costs
    for at, ends, begins in sentence_ends(levels):
        if ends > few and begins > few:
            costs[at] = _SHARED_LINE
    return costs


def sentence_ends(levels: Sequence[Break]) -> list[tuple[int, int, int]]:
    """Return where sentences end among words, and how many words the one that ends and the one that begins have."""
    ends = [at for at, level in enumerate(levels) if level is Break.SENTENCE]
    bounds = [-1, *ends, len(levels)]
    return [
        (at, at - before, after - at) for before, at, after in zip(bounds, ends, bounds[2:], strict=False)
    ]
