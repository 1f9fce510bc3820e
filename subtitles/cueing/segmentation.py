"""Which words stand together, and on which lines.

Where to cut is found for a whole utterance at once, by dynamic programming over its words: every cut and
every line break has a cost, and the cheapest set of cuts is taken (the idea of Knuth and Plass 1981, "Breaking
paragraphs into lines", with a captioner's costs). A cue is as short as a word and as long as the style allows, so the
time is linear in the number of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from asdelivered.subtitles.cueing.breaks import Break, break_levels
from asdelivered.subtitles.cueing.timing import REACH
from asdelivered.subtitles.cueing.units import Unit, text_of
from asdelivered.subtitles.cueing.utterances import SpokenWord, Utterance
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.fitting import FittedEdit
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import word_count
from asdelivered.subtitles.style import Kind, Severity, Style

_CUT = (0.0, 2.0, 4.0, 60.0, 66.0, 110.0, 130.0)
"""What a cut between cues costs at each level of Break. Between clauses it is nearly free, inside one dear."""
_LINE = (-1.0, 1.0, 1.5, 4.0, 8.0, 14.0, 28.0)
"""What a line break costs: the eye bridges it more easily than a cut."""
_LONE_WORD = 17.0
"""A word alone on a line of two: dearer than any break but one after a word that leans on the next."""
_CUE = 8.0
"""Each cue: fewer and fuller ones are calmer."""
_UNEVEN = 4.0
"""A nearly empty cue; less the fuller it is."""
_UNBALANCED = 6.0
"""Two lines, one of them nearly empty."""
_TOP_HEAVY = 2.0
"""An upper line longer than the lower one, which covers more of the picture."""
_NEW_SENTENCE = 7.0
"""A sentence that begins inside a cue."""
_SHARED_LINE = 20.0
"""A sentence that begins on the line on which another ends, where the style has a rule about it."""
_LEFTOVER = (0.0, 24.0, 16.0)
"""One word, or two, of a sentence that stand apart from the rest of it, before or after a whole one in the same cue."""
_LEFTOVER_OF_CLAUSE = 12.0
"""One word of a clause that stands apart from the rest of it, at the beginning of a cue."""
_PAUSE = 8.0
"""A pause of a second inside a cue; a pause at a cut is worth as much."""
_BROKEN = 130.0
"""A cue that cannot keep a limit of the style, whatever its times."""
_FAST = 0.02
"""Each millisecond that it lacks."""
_FAST_RECOMMENDED = 0.004
"""Each millisecond that it lacks of what the style recommends."""
_TOO_LONG = 30.0
"""A word that is longer than a line."""
_POOR = 10.0
"""What other lines must gain before it is worth a subtitler's time to break a cue anew."""


@dataclass(frozen=True)
class Block:
    """The words of a cue on their lines, and when they are spoken, milliseconds."""

    speaker: str | None
    turn: str
    lines: tuple[str, ...]
    start: int
    end: int
    label: str = ""
    words: tuple[tuple[int, int], ...] = ()
    """The words of each line, by their numbers in the alignment."""
    edit: CueEdit | None = None
    """What a person made it of; None where the style did."""
    onsets: tuple[tuple[int, int], ...] = ()
    """For each word its place in `text`, in code points, and when it begins, milliseconds."""

    @property
    def shown(self) -> str:
        """The text as a viewer reads it: the label, and the lines one below the other."""
        return f"{self.label} {self.text}".lstrip()

    @property
    def text(self) -> str:
        """The words, one line below the other."""
        return "\n".join(self.lines)


def segment(
    utterance: Utterance,
    following: int | None,
    label: str,
    language: str,
    style: Style,
    edits: Sequence[FittedEdit] = (),
) -> list[Block]:
    """Cut an utterance into blocks at the least cost; `edits` are those that a person made.

    `following` is when the next utterance begins, in milliseconds; `label` stands before the first words; `language` is
    an ISO 639-1 code.
    """
    texts = [word.text for word in utterance.words]
    levels = break_levels(texts, language, [word.glued for word in utterance.words])
    search = _Search(utterance.words, following, label, levels, style)
    by_hand = _by_hand(utterance.words, edits)
    blocks = []
    for bounds in search.cuts({bounds[0]: bounds for bounds in by_hand}):
        words = utterance.words[bounds[0] : bounds[-1]]
        lines = tuple(_line(utterance.words[a:b]) for a, b in pairwise(bounds))
        blocks.append(
            Block(
                utterance.speaker,
                utterance.turn,
                lines,
                words[0].start,
                max(word.end for word in words),
                "" if bounds[0] else label,
                tuple(
                    (utterance.words[a].numbers[0], utterance.words[b - 1].numbers[1])
                    for a, b in pairwise(bounds)
                ),
                by_hand.get(bounds),
                _onsets(words, "\n".join(lines)),
            )
        )
    return blocks


def _onsets(words: Sequence[SpokenWord], text: str) -> tuple[tuple[int, int], ...]:
    """Return where each word stands in their text, which has blanks or line breaks between them, and when it begins."""
    onsets = []
    at = 0
    for word in words:
        while text[at].isspace():
            at += 1
        onsets.append((at, word.start))
        at += len(word.text)
    return tuple(onsets)


def _by_hand(words: Sequence[SpokenWord], edits: Sequence[FittedEdit]) -> dict[tuple[int, ...], CueEdit]:
    """Return the edits of an utterance, each by where its lines begin among the words, and where the last one ends.

    A sound in brackets is one word here and several in the alignment: it belongs to the line that it begins on.
    """
    if not edits:
        return {}
    numbers = [word.numbers[0] for word in words]
    made = {}
    for edit in edits:
        if numbers[0] <= edit.first and edit.last <= words[-1].numbers[1]:
            starts = [bisect_left(numbers, first) for first, _ in edit.lines]
            bounds = tuple(dict.fromkeys((*starts, bisect_left(numbers, edit.last))))
            if len(bounds) > 1:
                made[bounds] = edit.edit
    return made


def lay_out(
    units: Sequence[Unit], label: str, levels: Sequence[Break], style: Style
) -> tuple[str, ...] | None:
    """Return the best lines for the words of one cue; None where the style's lines cannot hold them.

    `levels` are the breaks after each word but the last, as `break_levels` finds them.
    """
    words = tuple(SpokenWord(unit.text, 0, 0, glued=unit.glued) for unit in units)
    found = _Search(words, None, label, levels, style).layout(0, len(words), style.max_lines)
    if found is None:
        return None
    return tuple(_line(words[a:b]) for a, b in pairwise([0, *found[1], len(words)]))


def better_lines(
    units: Sequence[Unit], breaks: Sequence[int], label: str, levels: Sequence[Break], style: Style
) -> tuple[str, ...] | None:
    """Return the best lines for the words of a cue that breaks its lines before the words `breaks`; None where these
    are as good.

    The costs are those by which cues are made; where little is to be gained, the lines stay.
    """
    words = tuple(SpokenWord(unit.text, 0, 0, glued=unit.glued) for unit in units)
    search = _Search(words, None, label, levels, style)
    found = search.layout(0, len(words), style.max_lines)
    if found is None or found[1] == tuple(breaks):
        return None
    if search.cost_of_lines(breaks) - found[0] < _POOR:
        return None
    return tuple(_line(words[a:b]) for a, b in pairwise([0, *found[1], len(words)]))


def _line(words: Sequence[SpokenWord]) -> str:
    return text_of([(word.text, word.glued) for word in words])


class _Search:
    """The words of one utterance, with what the search asks about them computed once."""

    def __init__(
        self,
        words: Sequence[SpokenWord],
        following: int | None,
        label: str,
        levels: Sequence[Break],
        style: Style,
    ) -> None:
        self.words = words
        self.rows = style.max_lines
        self.width = style.max_line_length
        self.longest = style.max_duration
        hang = style.time(Kind.HANG)
        self.hang = None if hang is None else int(hang)
        self.slack = int((style.time(Kind.EARLY) or 0) + (style.time(Kind.LATE) or 0)) // 2 + REACH * 4 // 5
        self.gap = int(style.time(Kind.GAP) or 0)
        self.demanded = style.reading_pace(Severity.ERROR)
        self.recommended = style.reading_pace(Severity.WARNING)
        self.least = style.min_duration
        # What a label adds to the first cue, and to its first line where it stands on that.
        self.label_width = width_of(label) + 1 if label else 0
        self.label_above = bool(label) and style.label_above
        self.label_on_line = 0 if self.label_above else self.label_width
        # The blank before each word, and after the last.
        self.blanks = [*(0 if word.glued else 1 for word in words), 1]
        texts = [word.text for word in words]
        widths = [width_of(text) for text in texts]
        self.offsets = [0, *accumulate(map(sum, zip(widths, self.blanks[1:], strict=True)))]
        self.counts = [0, *accumulate(word_count(text) for text in texts)]
        self.starts = [*(word.start for word in words), following]
        self.ends = [word.end for word in words]
        levels = [
            Break.SENTENCE if word.opens_line else level
            for level, word in zip(levels, words[1:], strict=True)
        ]
        pauses = [max(0, after.start - before.end) for before, after in pairwise(words)]
        self.cut_costs = [
            _CUT[level] - _PAUSE * min(pause, 1000) / 1000
            for level, pause in zip(levels, pauses, strict=True)
        ] + [0.0]
        self.line_costs = [_LINE[level] for level in levels]
        joins = [
            _PAUSE * pause / 1000 + (_NEW_SENTENCE if level is Break.SENTENCE else 0)
            for level, pause in zip(levels, pauses, strict=True)
        ]
        # The total cost of the joins before each word, from the first on, if no cut parts them.
        self.joins = [0.0, *accumulate(joins, initial=0.0)]
        shared = _shared_lines(levels, style)
        self.shared = [0.0, *accumulate(shared, initial=0.0)] if any(shared) else None
        self.heads, self.tails = _leftovers(levels)

    def cuts(self, by_hand: Mapping[int, tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Return the cheapest blocks: where the lines of each begin, and where the last one ends.

        Those that begin at the words of `by_hand` are as given there, and no other cuts into them.
        """
        count = len(self.words)
        costs = [0.0] + [float("inf")] * count
        best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (count + 1)
        # The least that lines can cost: where that is too much already, none are tried.
        least = (self.rows - 1) * _LINE[0]
        barriers = sorted(by_hand, reverse=True)
        for first, blocks_from in enumerate(self.block_costs()):
            base = costs[first]
            while barriers and barriers[-1] < first:
                barriers.pop()
            if first in by_hand:
                costs[by_hand[first][-1]], best[by_hand[first][-1]] = base, (first, by_hand[first][1:-1])
                continue
            furthest = barriers[-1] if barriers else count
            latest = (self.starts[first] or 0) + self.longest
            for last, cost in enumerate(blocks_from, start=first + 1):
                if last > furthest or (last - first > 1 and self.ends[last - 1] > latest):
                    break
                total = base + cost
                if total + least >= costs[last]:
                    continue
                layout = self.layout(first, last, self.rows)
                if layout is None:
                    break
                if total + layout[0] < costs[last]:
                    costs[last] = total + layout[0]
                    best[last] = first, layout[1]
        blocks = []
        last = count
        while last:
            first, breaks = best[last]
            blocks.append((first, *breaks, last))
            last = first
        return blocks[::-1]

    def line(self, first: int, last: int) -> float:
        """Return the cost of words[first:last] on one line, whatever its length."""
        return 0.0 if self.shared is None else self.shared[last] - self.shared[first + 1]

    def layout(self, first: int, last: int, rows: int) -> tuple[float, tuple[int, ...]] | None:
        """Return the cost of the best lines for words[first:last], and where they break; None where they don't fit."""
        length = self.offsets[last] - self.offsets[first] - self.blanks[last]
        if first == 0:
            length += self.label_on_line
            if self.label_above and rows == self.rows:
                rows = max(1, rows - 1)
        if length <= self.width:
            whole = self.line(first, last)
            if not whole or rows == 1:
                return whole, ()
            best: tuple[float, tuple[int, ...]] | None = (whole, ())
        elif last - first == 1:
            return _TOO_LONG, ()
        elif rows == 1:
            return None
        else:
            best = None
        offsets, end, width = self.offsets, self.offsets[last], self.width
        for middle in range(last - 1, first, -1):
            lower = end - offsets[middle] - self.blanks[last]
            if rows == 2 and lower > width and last - middle > 1:
                break
            upper = length - lower - self.blanks[middle]
            if upper > width and middle - first > 1:
                continue
            cost = self.break_cost(first, middle, last, upper, lower)
            if best is not None and cost >= best[0]:
                continue
            rest = (self.line(middle, last), ()) if lower <= width else self.layout(middle, last, rows - 1)
            if rest is None:
                continue
            cost += rest[0] + (_TOO_LONG if upper > width else 0.0)
            if best is None or cost < best[0]:
                best = cost, (middle, *rest[1])
        return best

    def break_cost(self, first: int, middle: int, last: int, upper: int, lower: int) -> float:
        """Return the cost of a line of words[first:middle], `upper` characters, above the rest, `lower` of them."""
        cost = self.line_costs[middle - 1] + _UNBALANCED * abs(upper - lower) / self.width
        if upper > lower:
            cost += _TOP_HEAVY
        if middle - first == 1 or last - middle == 1:
            cost += _LONE_WORD
        return cost + self.line(first, middle) if self.shared else cost

    def cost_of_lines(self, breaks: Sequence[int]) -> float:
        """Return the cost of the lines of a cue that holds all the words, as `layout` counts it."""
        first, last, cost = 0, len(self.words), 0.0
        for middle in breaks:
            lower = self.offsets[last] - self.offsets[middle] - self.blanks[last]
            upper = self.offsets[middle] - self.offsets[first] - self.blanks[middle]
            upper += 0 if first else self.label_on_line
            cost += self.break_cost(first, middle, last, upper, lower)
            first = middle
        return cost + self.line(first, last)

    def block_costs(self) -> Iterator[list[float]]:
        """Yield for each first word the costs of the cues that begin with it, without their line breaks.

        They are those of one word, of two words and so on, as many as a cue may hold.
        """
        count = len(self.words)
        offsets = np.array(self.offsets)
        # A line holds as many words as fit, or one that is longer than a line; a cue holds as many such lines.
        fullest = np.searchsorted(offsets, offsets[:-1] + self.width + 1, side="right") - 1
        line_ends = np.append(np.maximum(fullest, np.arange(count) + 1), count)
        ends = np.arange(count)
        for _ in range(self.rows):
            ends = line_ends[ends]
        first = np.arange(count)[:, None]
        last = np.minimum(first + np.arange(1, int((ends - first[:, 0]).max()) + 1)[None, :], count)

        length = offsets[last] - offsets[first] - np.array(self.blanks)[last]
        length[0] += self.label_width
        empty = np.maximum(0, 1 - length / (self.rows * self.width))
        joins, cuts = np.array(self.joins), np.array(self.cut_costs)
        costs = _CUE + _UNEVEN * empty**2 + joins[last] - joins[np.minimum(first + 1, last)] + cuts[last - 1]
        heads, tails = np.array(self.heads), np.array(self.tails)
        costs += np.where(heads[first, 0] < last, heads[first, 1], 0)
        costs += np.where(tails[last, 0] > first, tails[last, 1], 0)

        words = np.array(self.counts)[last] - np.array(self.counts)[first]
        starts = np.array([0 if start is None else start for start in self.starts])
        room = np.full(last.shape, self.longest)
        followed = (last < count) | (self.starts[count] is not None)
        room = np.where(followed, np.minimum(room, starts[last] - self.gap - starts[first]), room)
        if self.hang is not None:
            hung = np.array(self.ends)[last - 1] + self.hang - starts[first]
            room = np.minimum(room, np.maximum(hung, self.least))
        a_character, a_word = self.demanded
        lacking = np.maximum(self.least, np.maximum(a_character * length, a_word * words)) - room
        # Where the style lets a cue come in early or late, its neighbours share the lack.
        costs += np.where(lacking > 0, _FAST * lacking, 0) + np.where(lacking > self.slack, _BROKEN, 0)
        a_character, a_word = self.recommended
        lacking = np.maximum(a_character * length, a_word * words) - room
        costs += _FAST_RECOMMENDED * np.maximum(0, lacking)
        for row, cost in enumerate(costs.tolist()):
            yield cost[: int(ends[row]) - row]


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


Leftover = tuple[int, float]


def _leftovers(levels: Sequence[Break]) -> tuple[list[Leftover], list[Leftover]]:
    """Return for a cue that begins before each word, and for one that ends there, what is left over in it.

    That is where the rest of the broken sentence ends, or its beginning starts, and what it costs if the cue goes on
    beyond it: "etc. | Because what we need", "number one. | And number two,".
    """
    count = len(levels) + 1
    none = (count, 0.0)
    heads: list[Leftover] = [none] * (count + 1)
    tails: list[Leftover] = [(-1, 0.0)] * (count + 1)
    for at in range(1, count):
        if levels[at - 1] is Break.SENTENCE:
            continue
        for size in (1, 2):
            if at + size < count and levels[at + size - 1] is Break.SENTENCE:
                heads[at] = at + size, _LEFTOVER[size]
                break
            if (
                size == 1
                and at + 1 < count
                and levels[at] is Break.CLAUSE_MARK
                and levels[at - 1] > Break.CLAUSE_MARK
            ):
                heads[at] = at + 1, _LEFTOVER_OF_CLAUSE
        for size in (1, 2):
            if at - size > 0 and levels[at - size - 1] is Break.SENTENCE:
                tails[at] = at - size, _LEFTOVER[size]
                break
    return heads, tails
