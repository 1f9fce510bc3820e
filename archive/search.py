"""Find a quote in an archive.

Candidates come from the index (candidates.py). Their texts are first searched together as one text, which rules out
most of them. Each of the rest is searched as a single alignment is (align.document.quotes), with the weights that words
have in that event, so that an archive finds exactly what its alignments would.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.quotes import IndexedAlignment, Quote, find_quotes, index_alignment
from asdelivered.archive.allowed import allowed_blocks
from asdelivered.archive.candidates import Candidates, find_candidates
from asdelivered.archive.database import rows_of
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.filters import Filters
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import events_at, stored_event
from asdelivered.archive.terms import BLOCK, quote_terms
from asdelivered.transcripts.quoting.search import LEAST_SCORE, LONGEST_QUOTE, find_quote, index_tokens

_WINDOWS = 32
"""The least number of windows that are examined for a quote."""
_SLACK = 0.1
"""Share of a quote's words, besides one word, by which the final score may exceed the estimates: the index does not
know of misquoted words, and the texts searched together have other weights."""
_CERTAIN = 0.999


@dataclass(frozen=True)
class ArchiveHit:
    """A place where a quote was found. `excerpt` is the event's alignment, with only the lines around it."""

    event: StoredEvent
    quote: Quote
    excerpt: Alignment


@dataclass(frozen=True)
class LineRange:
    """Lines of an event that may contain a quote: from `first` up to, but not including, `last`.

    `weights` are those of the quote's words that the event has.
    """

    event: int
    first: int
    last: int
    weights: Mapping[str, float]


def find_in_archive(
    connection: sqlite3.Connection, quote: str, limit: int = 5, filters: Filters | None = None
) -> tuple[ArchiveHit, ...]:
    """Return at most `limit` places where a quote was found, the best match first.

    Call it within `reading`. Among equal matches those that were spoken come first, then later events. Raises
    ArchiveError where the archive is damaged.
    """
    with rows_of(connection):
        return _find(connection, quote, limit, filters or Filters())


def _find(connection: sqlite3.Connection, quote: str, limit: int, filters: Filters) -> tuple[ArchiveHit, ...]:
    terms = quote_terms(index_tokens(quote.split()))
    if not 0 < terms.length <= LONGEST_QUOTE or limit < 1:
        return ()
    allowed = allowed_blocks(connection, filters) if filters.any else None
    slack = _SLACK + 1 / terms.length
    most = max(_WINDOWS, 2 * limit)
    candidates = find_candidates(connection, terms, most, LEAST_SCORE - slack, allowed)
    ranges = list(line_ranges(connection, candidates))
    event_at = events_by_number(connection)
    scores: list[float] = []
    found: dict[tuple[int, str, str], ArchiveHit] = {}
    for lines, score in _likely(connection, ranges, quote, LEAST_SCORE - slack, 4 * limit):
        worst = scores[limit - 1] if len(scores) >= limit else 0.0
        if worst >= _CERTAIN or score + slack < worst:
            break
        excerpt = read_alignment(connection, lines.event, lines.first, lines.last)
        for one in find_quotes(_weighed(excerpt, lines.weights), quote, limit):
            event = event_at(lines.event)
            if filters.accepts(event.info, one.speakers):
                hit = ArchiveHit(event, one, excerpt)
                found.setdefault((lines.event, one.lines[0], one.text), hit)
        scores = sorted((hit.quote.score for hit in found.values()), reverse=True)
    return tuple(sorted(found.values(), key=hit_order)[:limit])


def events_by_number(connection: sqlite3.Connection) -> Callable[[int], StoredEvent]:
    """Return a function from the number of an event to the event, which reads each once.

    It raises LookupError: the index names an event that is not there.
    """

    @cache
    def event_at(number: int) -> StoredEvent:
        event = stored_event(connection, number)
        if event is None:
            raise LookupError(f"its index names the event {number}, which is not there")
        return event

    return event_at


def hit_order(hit: ArchiveHit) -> tuple[float, bool, int, str, int]:
    """Return a key for sorting: the best match first, what was spoken before what was not, then later events."""
    day = hit.event.info.date
    return (
        -hit.quote.score,
        hit.quote.span is None,
        -day.toordinal() if day else 0,
        hit.event.info.name,
        hit.quote.span.start if hit.quote.span else 0,
    )


def _likely(
    connection: sqlite3.Connection, ranges: Sequence[LineRange], quote: str, least: float, matches: int
) -> Iterator[tuple[LineRange, float]]:
    """Yield the ranges that may contain the quote, the best first, each once, with an estimate of its score.

    At least so many `matches` are looked for: a common word matches often in a few ranges.
    """
    found: dict[int, float] = {}
    for language, places in _by_language(connection, ranges).items():
        tokens: list[str] = []
        begins: list[int] = []
        for at in places:
            begins.append(len(tokens))
            rows = connection.execute(
                "SELECT text FROM lines WHERE event = ? AND number >= ? AND number < ? ORDER BY number",
                (ranges[at].event, ranges[at].first, ranges[at].last),
            )
            tokens += [token for (text,) in rows for token in text.split()]
        for match in find_quote(index_tokens(tokens, language), quote, max(len(places), matches), least):
            # A match that runs from one range into the next is not real, but either may contain the quote.
            for number in range(bisect_right(begins, match.first) - 1, bisect_left(begins, match.last)):
                found.setdefault(places[number], match.score)
    for at, score in sorted(found.items(), key=lambda one: -one[1]):
        yield ranges[at], score


def _by_language(connection: sqlite3.Connection, ranges: Sequence[LineRange]) -> dict[str, list[int]]:
    """Return the numbers of the ranges whose events are in each language."""
    events = {lines.event for lines in ranges}
    languages = {
        event: connection.execute("SELECT language FROM events WHERE id = ?", (event,)).fetchone()[0]
        for event in events
    }
    found: dict[str, list[int]] = {}
    for at, lines in enumerate(ranges):
        found.setdefault(languages[lines.event], []).append(at)
    return found


def _weighed(excerpt: Alignment, weights: Mapping[str, float]) -> IndexedAlignment:
    """Index part of an event for finding quotes, as if it were the whole event.

    Words that the event has elsewhere are in the vocabulary, with no places.
    """
    indexed = index_alignment(excerpt)
    index = indexed.index
    elsewhere = [word for word in weights if word not in index.vocabulary]
    vocabulary = dict(index.vocabulary)
    vocabulary |= {word: number for number, word in enumerate(elsewhere, len(vocabulary))}
    own = np.append(index.weights, np.zeros(len(elsewhere), dtype=np.float32))
    own[[vocabulary[word] for word in weights]] = [*weights.values()]
    nowhere = np.array([], dtype=np.int32)
    places = (*index.places, *(nowhere for _ in elsewhere))
    return replace(indexed, index=replace(index, vocabulary=vocabulary, weights=own, places=places))


def line_ranges(connection: sqlite3.Connection, candidates: Candidates) -> Iterator[LineRange]:
    """Yield the lines of the windows, the best first; a window is examined together with its neighbours."""
    done: set[tuple[int, int]] = set()
    for window in candidates.windows:
        if (window.shard, window.block) in done:
            continue
        done |= {(window.shard, window.block + step) for step in (-1, 0, 1)}
        first, last = window.block - 1, window.block + candidates.span + 1
        for event, start, blocks, words in events_at(connection, window.shard, first, last):
            within = max(first - start, 0) * BLOCK, min(last - start, blocks) * BLOCK
            weights = candidates.weights_in(window.shard, start, blocks, words)
            yield LineRange(event, *_lines_of(connection, event, *within), weights)


def _lines_of(connection: sqlite3.Connection, event: int, first: int, last: int) -> tuple[int, int]:
    """Return the lines with these words of an event: from one up to, but not including, another."""
    (start,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word <= ?", (event, first)
    ).fetchone()
    (end,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word < ?", (event, last)
    ).fetchone()
    return start or 0, (end or 0) + 1
