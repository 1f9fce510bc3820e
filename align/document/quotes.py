"""Quotes in an alignment: where somebody's words were said, by whom, exactly, and how sure that is."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Alignment
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.quoting.differences import Difference, differences_at, quote_differences
from asdelivered.transcripts.quoting.search import QuoteIndex, QuoteMatch, find_quote, index_tokens

OVERLAP = 100
"""Milliseconds that two speakers, or a quote and untranscribed speech, must overlap for it to be reported."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SOUNDING = re.compile(r"\w")
ALIKE = 0.02
"""Scores that differ by no more are equally good."""
_MOST_PLACES = 1000
_LEAST_NEAR = 0.3
"""The least score of the place nearest to a quote that is not surely there: of absent passages of 3 to 14 words one in
five has such a place."""
_NEAR = 1500
"""Words on either side of a time that are searched by themselves."""


@dataclass(frozen=True)
class Choice:
    """Which of several places of a quote is meant; None is no condition.

    `speaker` is part of the name of somebody who says it, in any case. Of places that match equally well, `near` puts
    the nearest to this time (in ms) first, and `nth` takes only the one with this number (from 1) in the text.
    """

    speaker: str | None = None
    near: int | None = None
    nth: int | None = None

    def accepts(self, speakers: Iterable[str | None]) -> bool:
        """Return whether words of these speakers are meant."""
        if self.speaker is None:
            return True
        part = self.speaker.casefold()
        return any(name is not None and part in name.casefold() for name in speakers)


ANY = Choice()


@dataclass(frozen=True)
class Quote:
    """A passage of the text that was quoted, and when it was said.

    `text` is the exact wording, with a blank between lines; `speakers` are those who say it, each named once, in order;
    `lines` are the ids of its lines. `score` (0 to 1) is how similar it is to the words that were looked for.

    `span` reaches from the first word that has a time to the last; it is None where no word has one. `confidence` is
    the mean of the words' own, each `unheard` word counting as 0. `edge_confidence` is the lower one of the first and
    the last word: how far the span can be trusted. `before` and `after` are the nearest word, or untranscribed speech,
    on either side.
    """

    text: str
    speakers: tuple[str, ...]
    lines: tuple[str, ...]
    score: float
    span: TimeSpan | None
    confidence: float | None
    edge_confidence: float | None
    unheard: int
    before: TimeSpan | None
    after: TimeSpan | None
    begins_sentence: bool
    ends_sentence: bool
    overlapped: bool
    """Somebody else speaks at the same time."""
    interrupted: bool
    """There is untranscribed speech within it."""
    differences: tuple[Difference, ...] = ()
    """What was quoted otherwise than it was said, in order."""
    turns: tuple[tuple[str | None, str], ...] = ()
    """Who says which words of it, in order: more than one where the speaker changes within it."""


@dataclass(frozen=True, eq=False)
class IndexedAlignment:
    """An alignment that is indexed to find quotes; `index_alignment` makes one."""

    alignment: Alignment
    words: tuple[AlignedWord, ...]
    """The words of all lines."""
    line_of: tuple[int, ...]
    """The number of each word's line."""
    line_spans: NDArray[np.int64]
    """(lines, 2): start and end of each line in ms, or 0 and 0."""
    index: QuoteIndex


def index_alignment(alignment: Alignment) -> IndexedAlignment:
    """Index an alignment for `find_quotes`."""
    words = tuple(word for line in alignment.lines for word in line.words)
    spans = [(line.span.start, line.span.end) if line.span else (0, 0) for line in alignment.lines]
    return IndexedAlignment(
        alignment,
        words,
        tuple(place for place, line in enumerate(alignment.lines) for _ in line.words),
        np.array(spans, dtype=np.int64).reshape(-1, 2),
        index_tokens([word.text for word in words], alignment.transcript.language),
    )


def find_quotes(
    indexed: IndexedAlignment | Alignment, quote: str, limit: int = 5, choice: Choice = ANY
) -> tuple[Quote, ...]:
    """Return the places of a quote, at most `limit` of them, the most similar first; none if nothing is similar.

    Of equally similar places, those that were heard come first, then the earlier ones. `choice` says which are meant.
    To look for many quotes in one alignment, index it once with `index_alignment`.

    Examples:
        >>> from asdelivered.align import find_quotes, load
        >>> (quote,) = find_quotes(load("harbour.alignment.json"), "every boat keeps its place")
        >>> quote.text, quote.lines
        ('every fishing boat keeps its place.', ('L0031',))
        >>> [(one.quoted, one.said) for one in quote.differences]
        [('', 'fishing')]

    """
    if isinstance(indexed, Alignment):
        indexed = index_alignment(indexed)
    found = [(quote_at(indexed, match), match) for match in _chosen_matches(indexed, quote, limit, choice)]
    if choice.near is not None:
        near = choice.near
        best = max((match.score for _, match in found), default=0.0)
        found.sort(key=lambda one: (one[1].score < best - ALIKE, _distance(one[0].span, near)))
    else:
        found.sort(key=lambda one: (-one[0].score, one[0].span is None))
    shown = found[:limit]
    differences = differences_at(indexed.index, quote, [match for _, match in shown])
    return tuple(replace(one, differences=own) for (one, _), own in zip(shown, differences, strict=True))


def nearest_quote(indexed: IndexedAlignment, quote: str, choice: Choice = ANY) -> Quote | None:
    """Return the place that is most like a quote for which `find_quotes` finds none; None if hardly any word is there.

    It may be the quote, badly misquoted, or chance: a person must judge. Of `choice` only the speaker counts.
    """
    tokens = None
    if choice.speaker is not None:
        spoken = [choice.accepts([line.speaker]) for line in indexed.alignment.lines]
        tokens = np.array(spoken, dtype=bool)[np.array(indexed.line_of, dtype=np.intp)]
    found = find_quote(indexed.index, quote, 1, _LEAST_NEAR, tokens)
    if not found or found[0].score < _LEAST_NEAR:
        return None
    differences = quote_differences(indexed.index, quote, found[0])
    return replace(quote_at(indexed, found[0]), differences=differences)


def _chosen_matches(
    indexed: IndexedAlignment, quote: str, limit: int, choice: Choice
) -> tuple[QuoteMatch, ...]:
    """Return the matches of a quote that are meant, the best first."""
    if choice == ANY:
        return find_quote(indexed.index, quote, limit)
    lines = indexed.alignment.lines
    meant = np.array([choice.accepts([line.speaker]) for line in lines], dtype=bool)
    tokens = meant[np.array(indexed.line_of, dtype=np.intp)]
    found = [*find_quote(indexed.index, quote, _MOST_PLACES, tokens=tokens)]
    if choice.near is not None:
        near = tokens & _words_near(indexed, choice.near)
        nearby = find_quote(indexed.index, quote, _MOST_PLACES, tokens=near)
        found += [
            match
            for match in nearby
            if all(match.last <= one.first or match.first >= one.last for one in found)
        ]
    found = [match for match in found if meant[[*indexed.line_of[match.first : match.last]]].any()]
    if choice.nth is None:
        return tuple(found)
    best = max((match.score for match in found), default=0.0)
    alike = sorted((match for match in found if match.score >= best - ALIKE), key=lambda one: one.first)
    return tuple(alike[choice.nth - 1 : choice.nth])


def _words_near(indexed: IndexedAlignment, time: int) -> NDArray[np.bool_]:
    """Return for each word whether it is among those around a time."""
    starts = [word.span.start if word.span else None for word in indexed.words]
    timed = [(abs(start - time), at) for at, start in enumerate(starts) if start is not None]
    near = np.zeros(len(starts), dtype=bool)
    if timed:
        middle = min(timed)[1]
        near[max(0, middle - _NEAR) : middle + _NEAR] = True
    return near


def _distance(span: TimeSpan | None, time: int) -> float:
    """Return how far a span is from a time, in ms."""
    return float("inf") if span is None else float(span.distance(time))


def quote_at(indexed: IndexedAlignment, match: QuoteMatch) -> Quote:
    """Return the words of a match as a quote."""
    words = indexed.words[match.first : match.last]
    lines = [indexed.alignment.lines[at] for at in dict.fromkeys(indexed.line_of[match.first : match.last])]
    speakers = tuple(dict.fromkeys(line.speaker for line in lines if line.speaker))
    spans = [word.span for word in words if word.span is not None]
    confidences = [word.confidence or 0.0 for word in words if word.span is not None]
    sounding = sum(_SOUNDING.search(word.text) is not None for word in words)
    turns = itertools.groupby(
        range(match.first, match.last), lambda at: indexed.alignment.lines[indexed.line_of[at]].speaker
    )
    quote = Quote(
        text=" ".join(word.text for word in words),
        speakers=speakers,
        lines=tuple(line.id for line in lines),
        score=match.score,
        span=None,
        confidence=None,
        edge_confidence=None,
        unheard=max(0, sounding - len(spans)),
        before=None,
        after=None,
        begins_sentence=_is_sentence_edge(indexed, match.first),
        ends_sentence=_is_sentence_edge(indexed, match.last),
        overlapped=False,
        interrupted=False,
        turns=tuple((speaker, " ".join(indexed.words[at].text for at in own)) for speaker, own in turns),
    )
    if not spans:
        return quote
    span = TimeSpan(min(one.start for one in spans), max(one.end for one in spans))
    extra = indexed.alignment.untranscribed
    first = bisect_left(extra, span.start, key=lambda one: one.start)
    last = bisect_right(extra, span.end, key=lambda one: one.end)
    before, after = _neighbours(indexed, match, span)
    before += extra[max(0, first - 1) : first]
    after += extra[last : last + 1]
    return replace(
        quote,
        span=span,
        confidence=sum(confidences) / max(sounding, len(spans)),
        edge_confidence=min(confidences[0], confidences[-1]),
        before=max(before, key=lambda one: one.end, default=None),
        after=min(after, key=lambda one: one.start, default=None),
        overlapped=_is_overlapped(indexed, lines, span),
        interrupted=any(span.overlap(one) > OVERLAP for one in extra[max(0, first - 1) : last + 1]),
    )


def _neighbours(
    indexed: IndexedAlignment, match: QuoteMatch, span: TimeSpan
) -> tuple[list[TimeSpan], list[TimeSpan]]:
    """Return the nearest word with a time on either side of a match, which has a `span`; none where there is none.

    Where speakers have a channel each, their lines overlap: then it is the nearest in time, in whichever line.
    """
    if indexed.alignment.lines[indexed.line_of[match.first]].channel is None:
        before = _heard(indexed, range(match.first - 1, -1, -1))
        return before, _heard(indexed, range(match.last, len(indexed.words)))
    others = [
        word.span
        for word in (*indexed.words[: match.first], *indexed.words[match.last :])
        if word.span is not None
    ]
    earlier = max((one for one in others if one.start < span.start), key=lambda one: one.end, default=None)
    later = min((one for one in others if one.end > span.end), key=lambda one: one.start, default=None)
    return [earlier] if earlier else [], [later] if later else []


def _heard(indexed: IndexedAlignment, places: Iterable[int]) -> list[TimeSpan]:
    """Return the span of the first of these words that has one, if any does."""
    spans = (indexed.words[place].span for place in places)
    return [*itertools.islice((span for span in spans if span is not None), 1)]


def _is_sentence_edge(indexed: IndexedAlignment, place: int) -> bool:
    """Tell whether the word at this place begins a sentence; the edges of lines are edges of sentences."""
    if place in (0, len(indexed.words)) or indexed.line_of[place] != indexed.line_of[place - 1]:
        return True
    return _SENTENCE_END.search(indexed.words[place - 1].text) is not None


def _is_overlapped(indexed: IndexedAlignment, own: Sequence[AlignedLine], span: TimeSpan) -> bool:
    """Tell whether somebody else speaks, or another channel is heard, during a quote from lines that are its `own`."""
    speakers = {line.speaker for line in own}
    channels = {line.channel for line in own}
    near = (indexed.line_spans[:, 0] < span.end) & (indexed.line_spans[:, 1] > span.start)
    lines = [indexed.alignment.lines[at] for at in np.flatnonzero(near)]
    others = (
        line
        for line in lines
        if line.channel not in channels or (line.speaker and line.speaker not in speakers)
    )
    return any(
        sum(word.span.overlap(span) for word in line.words if word.span is not None) > OVERLAP
        for line in others
    )
