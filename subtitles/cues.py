"""Cues from an alignment: which words stand together, on which lines, from when to when.

Where to cut is found for a whole stretch of speech at once, by dynamic programming over its words: every cut
and every line break has a cost, and the cheapest set of cuts is taken (the idea of Knuth and Plass 1981,
"Breaking paragraphs into lines", with a captioner's costs). A stretch is what one speaker says without a long
pause. Lines of the transcript are cut from each other unless they are short and follow each other closely:
"Thank you." and "Good morning." 0.2 s apart are steadier to read as one cue than as two that flash by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from asdelivered.align.document import AlignedLine, Alignment
from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.breaks import SENTENCE, break_costs
from asdelivered.subtitles.style import DEFAULT, Style

# What the search weighs, in the units of subtitles/breaks.py.
_CUE = 10.0
"""Each cue: fewer and fuller ones are calmer."""
_UNEVEN = 4.0
"""A nearly empty cue; less the fuller it is."""
_LINE_BREAK = 0.7
"""A line break is forgiven more easily than a cut between cues, by this factor."""
_UNBALANCED = 6.0
"""Two lines of which one is nearly empty."""
_TOP_HEAVY = 2.0
"""An upper line longer than the lower one, which covers more of the picture."""
_NEW_SENTENCE = 7.0
"""A sentence that begins inside a cue; at the head of its second line half of that."""
_PAUSE = 8.0
"""A pause of a second inside a cue; a pause at a cut is worth as much."""
_SHORT = 20.0
"""A cue that has less time to stand in than the style asks; up to twice that the less it has."""
_FAST = 0.7
"""Each character a second above the reading speed."""


@dataclass(frozen=True)
class Cue:
    """One caption: one or more `lines` of text of one speaker, shown during `span`."""

    span: TimeSpan
    speaker: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Word:
    """A word to show, milliseconds; `opens_line` where a line of the transcript begins."""

    text: str
    start: int
    end: int
    opens_line: bool


@dataclass(frozen=True)
class _Block:
    """The lines of a cue and when their words are spoken, milliseconds."""

    speaker: str | None
    lines: tuple[str, ...]
    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters to read, a blank for each line break."""
        return sum(map(len, self.lines)) + len(self.lines) - 1


def cues(alignment: Alignment, style: Style = DEFAULT) -> tuple[Cue, ...]:
    """Return the captions of an alignment, in order, none overlapping another.

    Every word of every line that has a time is shown, once and in order; lines without a time are not. A word
    without a time (a dash, [inaudible]) stands with its neighbours. A cue comes in with its first word. It
    stays until its last word ends, longer where the reading speed or the shortest duration asks for it, but
    leaves `min_gap` before the next cue comes in and never stays beyond `max_duration`. So a cue is shorter
    than `min_duration` only where the next one comes in, or the recording ends, too soon.
    """
    stretches = _stretches(alignment, style)
    blocks = []
    for number, (speaker, words) in enumerate(stretches):
        following = stretches[number + 1][1][0].start if number + 1 < len(stretches) else None
        blocks += _cut(speaker, words, following, alignment.transcript.language, style)
    spans = _spans(blocks, alignment.recording.duration, style)
    return tuple(Cue(span, block.speaker, block.lines) for block, span in zip(blocks, spans, strict=True))


def _stretches(alignment: Alignment, style: Style) -> list[tuple[str | None, list[_Word]]]:
    """Return what each speaker says in one go: cut at new turns, at unspoken lines, at long pauses."""
    stretches: list[tuple[str | None, list[_Word]]] = []
    turn = None
    latest = TimeSpan(0, 0)
    for line in alignment.lines:
        placed = _placed(line, style)
        if not placed:
            turn = None
            continue
        for word in placed:
            # Speakers cut in on each other, and so do the times of their lines; captions never go back.
            start = max(word.start, latest.start)
            end = max(word.end, start)
            if turn != (line.turn, line.speaker) or start - latest.end >= style.longest_pause:
                stretches.append((line.speaker, []))
                turn = (line.turn, line.speaker)
            stretches[-1][1].append(_Word(word.text, start, end, word.opens_line))
            latest = TimeSpan(start, max(end, latest.end))
    return stretches


def _placed(line: AlignedLine, style: Style) -> list[_Word]:
    """Return the line's words, each with a time; none where the line has no time.

    Words without a time follow the word before them as fast as they can be read, or faster where the next word
    comes sooner; the pause behind a dash stays a pause. Where no word has a time the line's is shared out.
    """
    if line.span is None or not line.words:
        return []
    known = [word.span for word in line.words if word.span is not None]
    begin, end = (known[0].start, known[-1].end) if known else (line.span.start, line.span.end)
    words: list[_Word] = []
    for timed, group in groupby(line.words, lambda word: word.span is not None):
        if timed:
            run = [(word.text, word.span.start, word.span.end) for word in group if word.span is not None]
        else:
            texts = [word.text for word in group]
            start = words[-1].end if words else begin
            rest = [
                word.span.start for word in line.words[len(words) + len(texts) :] if word.span is not None
            ]
            room = max(0, (rest[0] if rest else end) - start)
            sizes = list(accumulate((len(text) + 1 for text in texts), initial=0))
            if known:
                room = min(room, round(1000 * sizes[-1] / style.reading_speed))
            bounds = [start + room * size // sizes[-1] for size in sizes]
            run = [(text, *times) for text, times in zip(texts, pairwise(bounds), strict=True)]
        words += [_Word(text, start, end, opens_line=False) for text, start, end in run]
    return [replace(words[0], opens_line=True), *words[1:]]


def _cut(
    speaker: str | None, words: Sequence[_Word], following: int | None, language: str, style: Style
) -> list[_Block]:
    """Cut a stretch into blocks at the least cost. `following` is when the next stretch begins."""
    page = _Page(words, language, style)
    # costs[j]: of the best cuts of words[:j]; cut[j]: where its last block begins, and that block's lines.
    costs = [0.0] + [float("inf")] * len(words)
    cut: list[tuple[int, tuple[str, ...]]] = [(0, ())] * (len(words) + 1)
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            if last - first > 1 and not page.may_join(first, last):
                break
            layout = page.layout(first, last, style.max_lines)
            if layout is None:
                break
            cost, lines = layout
            until = words[last].start if last < len(words) else following
            total = costs[first] + cost + page.block_cost(first, last, until)
            if total < costs[last]:
                costs[last] = total
                cut[last] = first, lines
    blocks = []
    last = len(words)
    while last:
        first, lines = cut[last]
        blocks.append(_Block(speaker, lines, words[first].start, words[last - 1].end))
        last = first
    return blocks[::-1]


class _Page:
    """The words of one stretch, with what is asked of them again and again worked out once."""

    def __init__(self, words: Sequence[_Word], language: str, style: Style) -> None:
        self.words = words
        self.style = style
        self.offsets = [0, *accumulate(len(word.text) + 1 for word in words)]
        self.pauses = [max(0, following.start - word.end) for word, following in pairwise(words)]
        self.breaks = [
            SENTENCE if following.opens_line else cost
            for cost, following in zip(
                break_costs([word.text for word in words], language), words[1:], strict=True
            )
        ]
        # What the joins before each word, from the first on, cost together when no cut parts them.
        joins = [
            _PAUSE * pause / 1000 + (_NEW_SENTENCE if cost == SENTENCE else 0)
            for pause, cost in zip(self.pauses, self.breaks, strict=True)
        ]
        self.joins = list(accumulate(joins, initial=0.0))

    def length(self, first: int, last: int) -> int:
        """Characters of words[first:last] on one line."""
        return self.offsets[last] - self.offsets[first] - 1

    def may_join(self, first: int, last: int) -> bool:
        """Whether words[first:last] may be one cue, when words[first : last - 1] may."""
        return self.words[last - 1].end - self.words[first].start <= self.style.max_duration

    def layout(self, first: int, last: int, rows: int) -> tuple[float, tuple[str, ...]] | None:
        """Return the best lines for words[first:last] and their cost; None where `rows` do not hold them."""
        if self.length(first, last) <= self.style.max_line_length or last - first == 1:
            return 0.0, (" ".join(word.text for word in self.words[first:last]),)
        if rows == 1:
            return None
        best = None
        for middle in range(first + 1, last):
            upper = self.length(first, middle)
            if upper > self.style.max_line_length and middle - first > 1:
                break
            rest = self.layout(middle, last, rows - 1)
            if rest is None:
                continue
            lower = len(rest[1][0])
            cost = rest[0] + _LINE_BREAK * self.breaks[middle - 1]
            cost += _UNBALANCED * abs(upper - lower) / self.style.max_line_length
            cost += _TOP_HEAVY * (upper > lower)
            if self.breaks[middle - 1] == SENTENCE:
                cost -= _NEW_SENTENCE / 2
            if best is None or cost < best[0]:
                best = cost, (" ".join(word.text for word in self.words[first:middle]), *rest[1])
        return best

    def block_cost(self, first: int, last: int, until: int | None) -> float:
        """Cost of a cue of words[first:last] without its line breaks; `until` is when the next comes in."""
        style = self.style
        length = self.length(first, last)
        empty = max(0.0, 1 - length / (style.max_lines * style.max_line_length))
        cost = _CUE + _UNEVEN * empty * empty + self.joins[last - 1] - self.joins[first]
        if last < len(self.words):
            cost += self.breaks[last - 1] - _PAUSE * min(self.pauses[last - 1], 1000) / 1000
        if until is not None:
            room = max(1, min(until - style.min_gap - self.words[first].start, style.max_duration))
            if room < style.min_duration:
                cost += _SHORT * (2 - room / style.min_duration)
            cost += _FAST * min(100.0, max(0.0, 1000 * length / room - style.reading_speed))
        return cost


def _spans(blocks: Sequence[_Block], duration: int, style: Style) -> list[TimeSpan]:
    """Return when each block is shown; `duration` is the recording's, milliseconds."""
    starts = _starts(blocks, duration, style)
    spans = []
    for number, (block, start) in enumerate(zip(blocks, starts, strict=True)):
        end = max(block.end, start + _reading_time(block, style))
        latest = start + style.max_duration
        if number + 1 < len(blocks):
            latest = min(latest, starts[number + 1] - style.min_gap)
            if starts[number + 1] - end < style.closed_gap:
                end = latest
        else:
            latest = min(latest, max(duration, block.end))
        spans.append(TimeSpan(start, max(start + 1, min(end, latest))))
    return spans


def _starts(blocks: Sequence[_Block], duration: int, style: Style) -> list[int]:
    """Return when each block comes in: with its first word, each later than the one before.

    Blocks of words without a time begin at one moment; they share the time up to the next that has one.
    """
    starts: list[int] = []
    while len(starts) < len(blocks):
        start = blocks[len(starts)].start
        same = [block for block in blocks[len(starts) :] if block.start == start]
        following = len(starts) + len(same)
        until = blocks[following].start if following < len(blocks) else max(duration, start)
        share = (until - start) // len(same)
        for block in same:
            starts.append(max(start, starts[-1] + 1 if starts else 0))
            start += min(share, _reading_time(block, style) + style.min_gap)
    return starts


def _reading_time(block: _Block, style: Style) -> int:
    return min(style.max_duration, max(style.min_duration, round(1000 * block.length / style.reading_speed)))
