"""Quotes of a review: found or selected, and cited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.quotes import IndexedAlignment, index_alignment, quote_at
from asdelivered.clips.find import QuoteOrigin, hit_of
from asdelivered.transcripts.quoting.search import QuoteMatch, find_quote


def indexed_as(alignment: Alignment, before: IndexedAlignment | None) -> IndexedAlignment:
    """Return an alignment indexed for finding quotes; `before` is the index of the same text with other times."""
    if before is None:
        return index_alignment(alignment)
    words = tuple(word for line in alignment.lines for word in line.words)
    spans = [(line.span.start, line.span.end) if line.span else (0, 0) for line in alignment.lines]
    table = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return replace(before, alignment=alignment, words=words, line_spans=table)


class QuoteFinder:
    """Finds and cites quotes of one event."""

    def __init__(self, origin: QuoteOrigin) -> None:
        self._origin = origin

    def find(self, indexed: IndexedAlignment, text: str, limit: int) -> list[dict[str, Any]]:
        """Return places that match a quote, the best match first: as in `asdelivered find --json`, with `words`."""
        found = [
            self.selected(indexed, one.first, one.last, one.score)
            for one in find_quote(indexed.index, text, limit)
        ]
        return sorted(found, key=lambda hit: (-hit["score"], hit["start"] is None))

    def selected(
        self, indexed: IndexedAlignment, first: int, last: int, score: float = 1.0
    ) -> dict[str, Any]:
        """Return the words from number `first` up to `last` as a quote; its `words` is the selection of them,
        and `title` and `date` are the event's.
        """
        quote = quote_at(indexed, QuoteMatch(first, last, score))
        words = [*_place(indexed, first), *_place(indexed, last - 1)]
        event = self._origin.event
        about = {"title": event.title or "", "date": event.date.isoformat() if event.date else ""}
        return {**hit_of(quote, indexed.alignment, self._origin).to_json(), **about, "words": words}


def _place(indexed: IndexedAlignment, word: int) -> tuple[str, int]:
    """Return the id of the line that a word is in, and its number there, from 0."""
    line = indexed.line_of[word]
    return indexed.alignment.lines[line].id, word - indexed.line_of.index(line)
