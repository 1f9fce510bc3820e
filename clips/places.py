"""Which passage of an event is meant: by its words, and by the time, the speaker or the number of the occurrence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from asdelivered.align.document.quotes import ANY, Choice, IndexedAlignment, Quote, find_quotes, quote_at
from asdelivered.base.clocks import clock
from asdelivered.base.span import TimeSpan
from asdelivered.clips.errors import ClipError
from asdelivered.clips.notes import SAME_WORDS
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.clips.times import parse_time
from asdelivered.clips.wording import around_omissions, in_quotation_marks
from asdelivered.media.edit_source import EditSource
from asdelivered.transcripts.quoting.search import QuoteMatch

MOST_PLACES = 5
"""Places to look at for each quote, to see whether its words were said more than once."""
ALL_PLACES = 200
"""The same where one of them is to be chosen."""
NEAR = 2000
"""Milliseconds by which a time may lie beside the line that is meant."""
LONGEST_WHOLE = 1.5
"""A match with this many times the words of the quote has something in it that the quote leaves out."""


@dataclass(frozen=True)
class FoundQuote:
    """A quote that was asked for and found.

    `occurrences` is how often the same words were said, unless one of the places was asked for. `exact` is when to cut,
    in seconds, where that was asked for. `part` is (2, 3) for the second of three parts of a quote with omissions.
    """

    request: QuoteRequest
    quote: Quote
    occurrences: int = 1
    exact: tuple[Fraction, Fraction] | None = None
    part: tuple[int, int] | None = None


def find_places(
    indexed: IndexedAlignment, request: QuoteRequest, source: EditSource
) -> tuple[FoundQuote, ...]:
    """Return the passage that a request means; several where it leaves out something between them.

    Raises ClipError, whose message says why there can be no clip.
    """
    if request.lines:
        return (FoundQuote(request, _lines(indexed, request.lines)),)
    if not request.text:
        if not request.start:
            raise ClipError("there is no quote in this row")
        return (_by_time(indexed, request, source),)
    chosen = request.start or request.speaker or request.nth
    quotes = find_wording(indexed, request.text, ALL_PLACES if chosen else MOST_PLACES)
    parts = _parts(indexed, request, quotes, source)
    if parts:
        return parts
    if not quotes:
        raise ClipError("nothing like it stands in the transcript")
    same = [quote for quote in quotes if quote.score == quotes[0].score and quote.span is not None]
    quote = _chosen(quotes, request, source) if chosen else quotes[0]
    _check_spoken(quote, source)
    return (FoundQuote(request, quote, 1 if chosen else len(same)),)


def find_wording(indexed: IndexedAlignment, text: str, limit: int, choice: Choice = ANY) -> tuple[Quote, ...]:
    """Return the places of a quote that are meant, the most similar first.

    Who said it may stand in the quote, outside its marks.
    """
    quotes = find_quotes(indexed, text, limit, choice)
    inner = in_quotation_marks(text)
    if inner and not (quotes and quotes[0].score >= SAME_WORDS):
        alone = find_quotes(indexed, " ".join(inner), limit, choice)
        if alone and not (quotes and quotes[0].score >= alone[0].score):
            return alone
    return quotes


def _chosen(quotes: Sequence[Quote], request: QuoteRequest, source: EditSource) -> Quote:
    """Return the place that a request chooses among those where the same words, or the most similar, were said."""
    if request.speaker:
        choice = Choice(request.speaker)
        by_speaker = [one for one in quotes if choice.accepts(one.speakers)]
        if not by_speaker:
            said = ", ".join(dict.fromkeys(name for one in quotes for name in one.speakers)) or "nobody named"
            raise ClipError(f"{request.speaker} did not say it; it was said by {said}")
        quotes = by_speaker
    least = min(quotes[0].score, SAME_WORDS)
    alike = sorted(
        ((one.span, one) for one in quotes if one.score >= least and one.span is not None),
        key=lambda place: place[0].start,
    )
    if not alike:
        return quotes[0]
    if request.nth:
        if request.nth > len(alike):
            raise ClipError(f"it was said {len(alike)} time{'s' * (len(alike) > 1)}, not {request.nth}")
        return alike[request.nth - 1][1]
    if request.start:
        at = 1000 * parse_time(request.start, source)
        return min(alike, key=lambda place: place[0].distance(at))[1]
    return max((one for _, one in alike), key=lambda one: one.score)


def _check_spoken(quote: Quote, source: EditSource) -> None:
    if quote.span is None:
        raise ClipError("it stands in the transcript, but was not spoken in the recording")
    if quote.span.end > source.recording.duration:
        raise ClipError(
            f"it was said at {clock(quote.span.start)}, and the recording ends at {clock(source.recording.duration)}"
        )


def _parts(
    indexed: IndexedAlignment, request: QuoteRequest, whole: Sequence[Quote], source: EditSource
) -> tuple[FoundQuote, ...]:
    """Return the parts of a quote that leaves something out, those nearest together; () where it leaves out nothing."""
    text = " … ".join(in_quotation_marks(request.text)) or request.text
    wordings = around_omissions(text)
    if not wordings:
        return ()
    words = sum(len(wording.split()) for wording in wordings)
    if whole and whole[0].score >= SAME_WORDS and len(whole[0].text.split()) <= LONGEST_WHOLE * words:
        return ()
    candidates = []
    for wording in wordings:
        quotes = [one for one in find_quotes(indexed, wording, ALL_PLACES) if one.span is not None]
        best = max((one.score for one in quotes), default=0.0)
        candidates.append([one for one in quotes if one.score >= min(best, SAME_WORDS)])
    chain = _nearest_chain(candidates)
    if chain is None:
        return ()
    for quote in chain:
        _check_spoken(quote, source)
    count = len(chain)
    return tuple(
        FoundQuote(request, quote, part=(number, count)) for number, quote in enumerate(chain, start=1)
    )


def _nearest_chain(candidates: Sequence[Sequence[Quote]]) -> tuple[Quote, ...] | None:
    """Return one quote of each list, in order of time, that take the least time together; None where none are in order.

    For each place of the first part, each next part is the earliest after it that is there; that is the shortest.
    """
    best: tuple[Quote, ...] | None = None
    for first in candidates[0]:
        chain = [first]
        for quotes in candidates[1:]:
            after = [one for one in quotes if _start(one) >= _end(chain[-1])]
            if not after:
                break
            chain.append(min(after, key=_start))
        else:
            length = _end(chain[-1]) - _start(first)
            if best is None or length < _end(best[-1]) - _start(best[0]):
                best = tuple(chain)
    return best


def _start(quote: Quote) -> int:
    return quote.span.start if quote.span else 0


def _end(quote: Quote) -> int:
    return quote.span.end if quote.span else 0


def _lines(indexed: IndexedAlignment, asked: str) -> Quote:
    """Return what was said in a line, or from one line to another: "L0003", "L0003-L0007"."""
    first, _, last = (part.strip() for part in asked.partition("-"))
    ids = [line.id for line in indexed.alignment.lines]
    for name in filter(None, (first, last)):
        if name not in ids:
            raise ClipError(
                f"there is no line {name}: the lines are {ids[0]} to {ids[-1]}" if ids else "no lines"
            )
    begin, end = ids.index(first), ids.index(last or first)
    if end < begin:
        raise ClipError(f"the lines {asked} run backwards: give the earlier one first")
    places = bisect_left(indexed.line_of, begin), bisect_left(indexed.line_of, end + 1)
    if places[0] == places[1]:
        raise ClipError(f"there are no words in {asked}")
    quote = quote_at(indexed, QuoteMatch(*places, 1.0))
    if quote.span is None:
        raise ClipError(f"nothing of {asked} was spoken in the recording")
    return quote


def _by_time(indexed: IndexedAlignment, request: QuoteRequest, source: EditSource) -> FoundQuote:
    """Return what was said from one time to another, or the line that was said at a time."""
    start = parse_time(request.start or "", source)
    if request.end is None:
        said = ((line.span, line.id) for line in indexed.alignment.lines if line.span is not None)
        span, line = min(said, key=lambda one: one[0].distance(start * 1000), default=(None, ""))
        if span is None or span.distance(start * 1000) > NEAR:
            raise ClipError(f"nothing was said at {clock(round(start * 1000))}")
        return FoundQuote(request, _lines(indexed, line))
    end = parse_time(request.end, source)
    if end <= start:
        raise ClipError(f"{request.start} to {request.end} runs backwards: give the earlier time first")
    within = [
        place
        for place, word in enumerate(indexed.words)
        if word.span is not None and start * 1000 <= (word.span.start + word.span.end) / 2 < end * 1000
    ]
    span = TimeSpan(round(start * 1000), round(end * 1000))
    if within:
        quote = replace(quote_at(indexed, QuoteMatch(within[0], within[-1] + 1, 1.0)), span=span)
    else:
        quote = Quote("", (), (), 1.0, span, None, None, 0, None, None, True, True, False, False)
    return FoundQuote(request, quote, exact=(start, end))
