"""Words that stand together: for who remembers what was spoken of, and not how.

A quote has its words in order (search.py). Here any order will do, and other words may stand in between, but all of the
words must be there, within two blocks of text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.document.quotes import IndexedAlignment, index_alignment, quote_at
from asdelivered.archive.allowed import allowed_blocks
from asdelivered.archive.candidates import find_candidates
from asdelivered.archive.database import rows_of
from asdelivered.archive.filters import Filters
from asdelivered.archive.records import read_alignment
from asdelivered.archive.search import ArchiveHit, events_by_number, hit_order, line_ranges
from asdelivered.archive.terms import BLOCK, QuoteTerms, quote_terms
from asdelivered.transcripts.quoting.search import QuoteMatch, index_tokens

MOST_WORDS = 12
"""A question with more words is a quote."""
_ALL = 0.999
"""The share of a question's words that a window of text must have: all, but for rounding."""


def find_words(
    connection: sqlite3.Connection, question: str, limit: int = 5, filters: Filters | None = None
) -> tuple[ArchiveHit, ...]:
    """Return at most `limit` places where all words of a question stand together, the closest together first.

    There is none for a single word, or for more than `MOST_WORDS`. The score of a place is the number of the words
    divided by the length of the place in words. Call it within `reading`. Raises ArchiveError where the archive is
    damaged.
    """
    with rows_of(connection):
        return _find(connection, question, limit, filters or Filters())


def _find(
    connection: sqlite3.Connection, question: str, limit: int, filters: Filters
) -> tuple[ArchiveHit, ...]:
    terms = quote_terms(index_tokens(question.split()))
    if not 2 <= len(terms.words) <= MOST_WORDS:
        return ()
    allowed = allowed_blocks(connection, filters) if filters.any else None
    alone = QuoteTerms(terms.words, (), len(terms.words))
    candidates = find_candidates(connection, alone, 2 * limit, _ALL, allowed)
    if not all(candidates.postings[word] for word in terms.words):
        return ()  # a word that no event has
    event_at = events_by_number(connection)
    found: dict[tuple[int, str, str], ArchiveHit] = {}
    for lines in line_ranges(connection, candidates):
        excerpt = read_alignment(connection, lines.event, lines.first, lines.last)
        indexed = index_alignment(excerpt)
        for match in places_with(indexed, [*terms.words]):
            quote = quote_at(indexed, match)
            event = event_at(lines.event)
            if filters.accepts(event.info, quote.speakers):
                found.setdefault((lines.event, quote.lines[0], quote.text), ArchiveHit(event, quote, excerpt))
    return tuple(sorted(found.values(), key=hit_order)[:limit])


def places_with(indexed: IndexedAlignment, words: Sequence[str]) -> Iterator[QuoteMatch]:
    """Yield the shortest stretches of a text that have all the words; they do not overlap."""
    index = indexed.index
    numbers = [index.vocabulary.get(word) for word in words]
    if None in numbers:
        return
    rows = [index.places[number] for number in numbers if number is not None]
    stretches = sorted(_shortest(rows), key=lambda one: one[1] - one[0])
    taken: list[tuple[int, int]] = []
    for first, last in stretches:
        if last - first < 2 * BLOCK and all(last < start or first > end for start, end in taken):
            taken.append((first, last))
            share = len(words) / (last - first + 1)
            yield QuoteMatch(int(index.tokens[first]), int(index.tokens[last]) + 1, share)


def _shortest(rows: Sequence[NDArray[np.int32]]) -> Iterator[tuple[int, int]]:
    """Yield for each place of a word the stretch that begins there and is the first to have one of every row."""
    for start in sorted({int(place) for row in rows for place in row}):
        ends = [row[at] for row in rows if (at := np.searchsorted(row, start)) < len(row)]
        if len(ends) == len(rows):
            yield start, int(max(ends))
