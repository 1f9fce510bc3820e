"""Find a quote in an archive.

Candidates come from the index (candidates.py). Their texts are searched as if they were one, which tells most of them
apart from what is sought. What is left is searched as a single alignment is (align.document.quotes), with the
weights that words have in that event: so the same is a find, and the same is none.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.quotes import IndexedAlignment, Quote, find_quotes, index_alignment
from asdelivered.archive.candidates import Candidates, find_candidates
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.filters import Filters, allowed_blocks
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import events_at, stored_event
from asdelivered.archive.terms import BLOCK, quote_terms
from asdelivered.transcripts.quoting.search import LEAST_SCORE, LONGEST_QUOTE, find_quote, index_tokens

_WINDOWS = 32
"""Windows that are looked at for one quote, at least."""
_SLACK = 0.1
"""Of a quote's words, beside one of them: by how much a find may have more than the index tells, which doesn't know of
slips, and more than all texts together tell, which weigh words alike."""
_CERTAIN = 0.999


@dataclass(frozen=True)
class ArchiveHit:
    """A place where a quote stands. `excerpt` is the event's alignment with the lines around it and no others."""

    event: StoredEvent
    quote: Quote
    excerpt: Alignment


@dataclass(frozen=True)
class _Stretch:
    """Lines of an event in which a quote may stand: from `first` up to, not including, `last`.

    `weights` has what those of the quote's words weigh that the event has.
    """

    event: int
    first: int
    last: int
    weights: Mapping[str, float]


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
    stretches = list(_stretches(connection, candidates))
    scores: list[float] = []
    found: dict[tuple[int, str, str], ArchiveHit] = {}
    for stretch, score in _likely(connection, stretches, quote, LEAST_SCORE - slack):
        worst = scores[limit - 1] if len(scores) >= limit else 0.0
        if worst >= _CERTAIN or score + slack < worst:
            break
        excerpt = read_alignment(connection, stretch.event, stretch.first, stretch.last)
        for one in find_quotes(_weighed(excerpt, stretch.weights), quote, limit):
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


def _likely(
    connection: sqlite3.Connection, stretches: Sequence[_Stretch], quote: str, least: float
) -> Iterator[tuple[_Stretch, float]]:
    """Yield the stretches in which the quote may stand, the likest first, each once, with about its score."""
    tokens: list[str] = []
    begins: list[int] = []
    for stretch in stretches:
        begins.append(len(tokens))
        rows = connection.execute(
            "SELECT text FROM lines WHERE event = ? AND number >= ? AND number < ? ORDER BY number",
            (stretch.event, stretch.first, stretch.last),
        )
        tokens += [token for (text,) in rows for token in text.split()]
    done = set()
    for match in find_quote(index_tokens(tokens), quote, len(stretches), least):
        # One that runs from a stretch into the next is none; either may have what is sought.
        for at in range(bisect_right(begins, match.first) - 1, bisect_left(begins, match.last)):
            if at not in done:
                done.add(at)
                yield stretches[at], match.score


def _weighed(excerpt: Alignment, weights: Mapping[str, float]) -> IndexedAlignment:
    """Make a part of an event ready for finding quotes as the whole event would be.

    The words that the event has elsewhere are known, and stand nowhere.
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


def _stretches(connection: sqlite3.Connection, candidates: Candidates) -> Iterator[_Stretch]:
    """Yield the lines of the windows, the best first; a window beside one that is done has been looked at with it."""
    done: set[tuple[int, int]] = set()
    for window in candidates.windows:
        if (window.shard, window.block) in done:
            continue
        done |= {(window.shard, window.block + step) for step in (-1, 0, 1)}
        first, last = window.block - 1, window.block + candidates.span + 1
        for event, start, blocks, words in events_at(connection, window.shard, first, last):
            within = max(first - start, 0) * BLOCK, min(last - start, blocks) * BLOCK
            weights = candidates.weights_in(window.shard, start, blocks, words)
            yield _Stretch(event, *_lines_of(connection, event, *within), weights)


def _lines_of(connection: sqlite3.Connection, event: int, first: int, last: int) -> tuple[int, int]:
    """Return the lines that have these words of an event: from one up to, not including, another."""
    (start,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word <= ?", (event, first)
    ).fetchone()
    (end,) = connection.execute(
        "SELECT max(number) FROM lines WHERE event = ? AND first_word < ?", (event, last)
    ).fetchone()
    return start or 0, (end or 0) + 1
