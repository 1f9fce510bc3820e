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
from numpy.typing import NDArray

from asdelivered.subtitles.cueing.breaks import Break, break_levels
from asdelivered.subtitles.cueing.line_layout import LineCosts
from asdelivered.subtitles.cueing.timing import REACH
from asdelivered.subtitles.cueing.units import Unit, text_of
from asdelivered.subtitles.cueing.utterances import SpokenWord, Utterance
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.fitting import FittedEdit
from asdelivered.subtitles.model import word_count
from asdelivered.subtitles.style import Kind, Severity, Style

_CUT = (0.0, 2.0, 4.0, 60.0, 66.0, 110.0, 118.0, 130.0)
"""What a cut between cues costs at each level of Break. Between clauses it is nearly free, inside one dear."""
_CUE = 8.0
"""Each cue: fewer and fuller ones are calmer."""
_UNEVEN = 4.0
"""A nearly empty cue; less the fuller it is."""
_NEW_SENTENCE = 7.0
"""A sentence that begins inside a cue."""
_LEFTOVER = (0.0, 60.0, 30.0)
"""One word, or two, of a sentence that stand apart from the rest of it, before or after a whole one in the same cue."""
_LEFTOVER_OF_CLAUSE = 12.0
"""One word of a clause that stands apart from the rest of it, at the beginning of a cue."""
_PAUSE = 8.0
"""A pause of a second inside a cue; a pause at a cut is worth as much."""
_NEVER = 1 << 52
"""A time, in milliseconds, after any other."""
_AT_ONCE = 1024
"""First words whose cues are looked at together: enough for arrays to pay, and few enough to need little memory."""
_BROKEN = 130.0
"""A cue that cannot keep a limit of the style, whatever its times."""
_FAST = 0.02
"""Each millisecond that it lacks."""
_FAST_RECOMMENDED = 0.004
"""Each millisecond that it lacks of what the style recommends."""


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
        lines = tuple(
            text_of([(word.text, word.glued) for word in utterance.words[a:b]]) for a, b in pairwise(bounds)
        )
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
        levels = [
            Break.SENTENCE if word.opens_line else level
            for level, word in zip(levels, words[1:], strict=True)
        ]
        self.words = words
        self.lines = LineCosts([Unit(word.text, word.glued) for word in words], label, levels, style)
        self.longest = style.max_duration
        hang = style.time(Kind.HANG)
        self.hang = None if hang is None else int(hang)
        self.slack = int((style.time(Kind.EARLY) or 0) + (style.time(Kind.LATE) or 0)) // 2 + REACH * 4 // 5
        self.gap = int(style.time(Kind.GAP) or 0)
        self.demanded = style.reading_pace(Severity.ERROR)
        self.recommended = style.reading_pace(Severity.WARNING)
        self.least = style.min_duration
        self.offsets, self.blanks = np.array(self.lines.offsets), np.array(self.lines.blanks)
        self.counts = np.array([0, *accumulate(word_count(word.text) for word in words)])
        self.starts = np.array([word.start for word in words])
        self.ends = np.array([word.end for word in words])
        # When the words after each place begin; never, after the last words of all.
        self.nexts = np.append(self.starts, _NEVER if following is None else following)
        pauses = np.maximum(0, self.starts[1:] - self.ends[:-1])
        kinds = np.array(levels, dtype=np.int64)
        self.cut_costs = np.append(np.array(_CUT)[kinds] - _PAUSE * np.minimum(pauses, 1000) / 1000, 0.0)
        joins = _PAUSE * pauses / 1000 + np.where(kinds == Break.SENTENCE, _NEW_SENTENCE, 0.0)
        # The total cost of the joins before each word, from the first on, if no cut parts them.
        self.joins = np.concatenate([[0.0, 0.0], np.cumsum(joins)])
        heads, tails = _leftovers(levels)
        self.heads, self.tails = np.array(heads), np.array(tails)

    def cuts(self, by_hand: Mapping[int, tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Return the cheapest blocks: where the lines of each begin, and where the last one ends.

        Those that begin at the words of `by_hand` are as given there, and no other cuts into them.
        """
        count = len(self.words)
        starts, ends = self.starts.tolist(), self.ends.tolist()
        costs = [0.0] + [float("inf")] * count
        came_from = [0] * (count + 1)
        barriers = sorted(by_hand, reverse=True)
        for first, blocks_from in enumerate(self.block_costs()):
            base = costs[first]
            while barriers and barriers[-1] < first:
                barriers.pop()
            if first in by_hand:
                last = by_hand[first][-1]
                costs[last], came_from[last] = base, first
                continue
            furthest = barriers[-1] if barriers else count
            latest = starts[first] + self.longest
            for last, cost in enumerate(blocks_from, start=first + 1):
                if last > furthest or (last - first > 1 and ends[last - 1] > latest):
                    break
                if base + cost < costs[last]:
                    costs[last], came_from[last] = base + cost, first
        blocks = []
        last = count
        while last:
            first = came_from[last]
            made = by_hand.get(first)
            if made is None:
                layout = self.lines.best(first, last)
                made = (first, *(layout[1] if layout else ()), last)
            blocks.append(made)
            last = first
        return blocks[::-1]

    def block_costs(self) -> Iterator[list[float]]:
        """Yield for each first word the costs of the cues that begin with it, on their best lines.

        They are those of one word, of two words and so on, as many as a cue may hold.
        """
        held = self.lines.most_words()
        count = len(held)
        for begin in range(0, count, _AT_ONCE):
            end = min(begin + _AT_ONCE, count)
            most = max(held[begin:end])
            first = np.arange(begin, end)[:, None]
            last = np.minimum(first + np.arange(1, most + 1), count)
            costs = self._costs(first, last) + self.lines.of_many(begin, end, most)
            for row, size in zip(costs.tolist(), held[begin:end], strict=True):
                yield row[:size]

    def _costs(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what cues of words[first:last] cost but for their line breaks."""
        length = self.offsets[last] - self.offsets[first] - self.blanks[last]
        length[first[:, 0] == 0] += self.lines.label_width
        empty = np.maximum(0, 1 - length / (self.lines.rows * self.lines.width))
        costs = _CUE + _UNEVEN * empty**2 + self.joins[last] - self.joins[np.minimum(first + 1, last)]
        costs += self.cut_costs[last - 1]
        costs += np.where(self.heads[first, 0] < last, self.heads[first, 1], 0)
        costs += np.where(self.tails[last, 0] > first, self.tails[last, 1], 0)

        words = self.counts[last] - self.counts[first]
        room = np.minimum(self.longest, self.nexts[last] - self.gap - self.starts[first])
        if self.hang is not None:
            hung = self.ends[last - 1] + self.hang - self.starts[first]
            room = np.minimum(room, np.maximum(hung, self.least))
        a_character, a_word = self.demanded
        lacking = np.maximum(self.least, np.maximum(a_character * length, a_word * words)) - room
        # Where the style lets a cue come in early or late, its neighbours share the lack.
        costs += np.where(lacking > 0, _FAST * lacking, 0) + np.where(lacking > self.slack, _BROKEN, 0)
        a_character, a_word = self.recommended
        lacking = np.maximum(a_character * length, a_word * words) - room
        costs += _FAST_RECOMMENDED * np.maximum(0, lacking)
        return np.asarray(costs)


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
