"""Find a quote in an archive.

Candidates come from the index (candidates.py); there the quote is searched for as in a single alignment
(asdelivered.align.quotes), and so the same is a find and the same is none. A word weighs what it would weigh in an
event of a usual length that uses words as the whole archive does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from asdelivered.align.document import Alignment
from asdelivered.align.quotes import IndexedAlignment, Quote, find_quotes, index_alignment
from asdelivered.archive.candidates import Candidates, find_candidates
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.filters import Filters, allowed_blocks
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import events_at, stored_event
from asdelivered.archive.terms import BLOCK, quote_terms
from asdelivered.transcripts.quotes import LEAST_SCORE, LONGEST_QUOTE, QuoteIndex, find_quote, index_tokens

_WINDOWS = 32
"""Windows that are looked at for one quote, at least."""
_SLACK = 0.1
"""Of a quote's words, beside one of them: by how much a find may have more than the index tells, which doesn't know of
slips."""
_CERTAIN = 0.999


@dataclass(frozen=True)
class ArchiveHit:
    """A place where a quote stands. `excerpt` is the event's alignment with the lines around it and no others."""

    event: StoredEvent
    quote: Quote
    excerpt: Alignment


@dataclass(frozen=True)
class _Stretch:
    """Lines of an event in which a quote may stand: from `first` up to, not including, `last`."""

    event: int
    first: int
    last: int
    share: float


def find_in_archive(
    connection: sqlite3.Connection, quote: str, limit: int = 5, filters: Filters | None = None
) -> tuple[ArchiveHit, ...]:
    """Return where a quote stands: at most `limit` places, the likest first; none where nothing is like it.

    To be called within `reading`. Of places that are equally like it those that were heard come first, then the later
    events.
    """
    terms = quote_terms(index_tokens(quote.split()))
    if not 0 < terms.length <= LONGEST_QUOTE or limit < 1:
        return ()
    filters = filters or Filters()
    allowed = allowed_blocks(connection, filters) if filters.any else None
    slack = _SLACK + 1 / terms.length
    most = max(_WINDOWS, 2 * limit)
    candidates = find_candidates(connection, terms, most, LEAST_SCORE - slack, allowed)
    scores: list[float] = []
    found: dict[tuple[int, str, str], ArchiveHit] = {}
    for stretch in _stretches(connection, candidates):
        worst = scores[limit - 1] if len(scores) >= limit else LEAST_SCORE
        if worst >= _CERTAIN:
            break
        if stretch.share + slack < worst or not _stands_in(connection, stretch, quote, candidates.weights):
            continue
        excerpt = read_alignment(connection, stretch.event, stretch.first, stretch.last)
        for one in find_quotes(_weighed(index_alignment(excerpt), candidates.weights), quote, limit):
            if filters.takes(one.speakers):
                event = stored_event(connection, stretch.event)
                assert event is not None
                hit = ArchiveHit(event, one, excerpt)
                found.setdefault((stretch.event, one.lines[0], one.text), hit)
        scores = sorted((hit.quote.score for hit in found.values()), reverse=True)
    return tuple(sorted(found.values(), key=_order)[:limit])


def _order(hit: ArchiveHit) -> tuple[float, bool, int, str, int]:
    day = hit.event.info.date
    return (
        -hit.quote.score,
        hit.quote.span is None,
        -day.toordinal() if day else 0,
        hit.event.info.name,
        hit.quote.span.start if hit.quote.span else 0,
    )


def _stands_in(
    connection: sqlite3.Connection, stretch: _Stretch, quote: str, weights: Mapping[str, float]
) -> bool:
    """Tell whether the quote stands in these lines: from their text alone, which is most of the work."""
    rows = connection.execute(
        "SELECT text FROM lines WHERE event = ? AND number >= ? AND number < ? ORDER BY number",
        (stretch.event, stretch.first, stretch.last),
    )
    index = index_tokens([token for (text,) in rows for token in text.split()])
    return bool(find_quote(_with_weights(index, weights), quote, 1))


def _weighed(indexed: IndexedAlignment, weights: Mapping[str, float]) -> IndexedAlignment:
    return replace(indexed, index=_with_weights(indexed.index, weights))


def _with_weights(index: QuoteIndex, weights: Mapping[str, float]) -> QuoteIndex:
    own = index.weights.copy()
    for word, weight in weights.items():
        if word in index.vocabulary:
            own[index.vocabulary[word]] = weight
    return replace(index, weights=own)


def _stretches(connection: sqlite3.Connection, candidates: Candidates) -> Iterator[_Stretch]:
    """Yield the lines of the windows, the best first; a window beside one that is done has been looked at with it."""
    done: set[tuple[int, int]] = set()
    for window in candidates.windows:
        if (window.shard, window.block) in done:
            continue
        done |= {(window.shard, window.block + step) for step in (-1, 0, 1)}
        first, last = window.block - 1, window.block + candidates.span + 1
        for event, start, blocks in events_at(connection, window.shard, first, last):
            words = max(first - start, 0) * BLOCK, min(last - start, blocks) * BLOCK
            yield _Stretch(event, *_lines_of(connection, event, *words), window.share)


def _lines_of(connection: sqlite3.Connection, event: int, first: int, last: int) -> tuple[int, int]:
    """Return the lines that have these words of an event: from one up to, not including, another."""
    (start,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word <= ?", (event, first)
    ).fetchone()
    (end,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word < ?", (event, last)
    ).fetchone()
    return start or 0, (end or 0) + 1
