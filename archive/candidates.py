"""Where a quote may stand: the windows of an archive's text that have most of what the quote tells.

Each term of the quote votes for the blocks that hold it, the rarer it is the more. A window is some blocks that follow
each other, as many as the quote may run over; what its blocks have in common votes once.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.archive.postings import SHARD, bits_of, count, count_within, is_map
from asdelivered.archive.terms import BLOCK, TERM_BITS, QuoteTerms
from asdelivered.transcripts.quoting.search import word_weights

MOST_TERMS = 40
"""Words of a quote, and pairs of its words, that vote at most: those that are rarest."""
_PAIR = 0.5
"""What a pair tells, of what a word would tell that is as rare."""
_EVENT_WORDS = 8000
"""Words of an hour's event: how often a word comes in one decides what it weighs where no event is looked at yet."""

Allowed = Mapping[int, NDArray[np.bool_]]
"""For each shard, (SHARD,) bool: the blocks that may be found."""


@dataclass(frozen=True)
class Window:
    """Blocks of a shard from `block` on. `share` is that of the quote's words, weighed, that they have."""

    shard: int
    block: int
    votes: float
    share: float


@dataclass(frozen=True)
class Candidates:
    """The likeliest windows, the best first, each of `span` blocks.

    `held` has for each word of the quote, and for each shard that has it, the blocks that hold it (postings.pack).
    """

    windows: tuple[Window, ...]
    span: int
    held: Mapping[str, Mapping[int, bytes]]

    def weights_in(self, shard: int, first: int, blocks: int, words: int) -> dict[str, float]:
        """Return what those of the quote's words weigh that an event has: of so many words, in these blocks."""
        counted = {
            word: found
            for word, held in self.held.items()
            if shard in held and (found := count_within(held[shard], first, first + blocks))
        }
        return _weights(counted, blocks, words)


def find_candidates(
    connection: sqlite3.Connection, terms: QuoteTerms, most: int, least: float, allowed: Allowed | None
) -> Candidates:
    """Return at most `most` windows with at least the share `least`, where a quote with these terms may stand."""
    shards, blocks = _size(connection)
    span = 1 + -(-(terms.length + terms.length // 4) // BLOCK)
    held = _postings(connection, shards, [*terms.words.values(), *terms.pairs])
    counted = {term: sum(map(count, found.values())) for term, found in held.items()}
    known = {word: term for word, term in terms.words.items() if counted[term]}
    usual = min(blocks * BLOCK, _EVENT_WORDS)
    weights = _weights({word: counted[term] for word, term in known.items()}, blocks, usual)
    words = _rarest({known[word]: weight for word, weight in weights.items()}, counted)
    # A word that the archive has not may be a slip for one that it has.
    slips = (len(terms.words) - len(known)) * sum(words.values()) / max(1, len(known))
    total = sum(words.values()) + slips
    pairs = _rarest(
        {term: _PAIR * _telling(counted[term], blocks) for term in terms.pairs if counted[term]}, counted
    )
    found: list[Window] = []
    for shard in shards if known else ():
        if allowed is not None and shard not in allowed:
            continue
        shares = (_votes(held, words, shard, span) + np.float32(slips)) / np.float32(total)
        votes = shares * np.float32(total) + _votes(held, pairs, shard, span)
        if allowed is not None:
            votes[~allowed[shard]] = 0
        able = np.flatnonzero((shares >= least) & (votes > slips))
        best = able[np.argsort(-votes[able], kind="stable")[:most]]
        found += [Window(shard, int(at), float(votes[at]), float(shares[at])) for at in best]
    found.sort(key=lambda window: (-window.votes, window.shard, window.block))
    return Candidates(tuple(found[:most]), span, {word: held[term] for word, term in terms.words.items()})


def _size(connection: sqlite3.Connection) -> tuple[list[int], int]:
    """The shards, and the number of blocks that hold text."""
    rows = connection.execute("SELECT shard, sum(blocks) FROM events GROUP BY shard").fetchall()
    return [shard for shard, _ in rows], sum(blocks for _, blocks in rows)


def _postings(
    connection: sqlite3.Connection, shards: list[int], terms: list[int]
) -> dict[int, dict[int, bytes]]:
    """For each term and shard the blocks that hold it."""
    numbers = [shard << TERM_BITS | term for shard in shards for term in sorted(terms)]
    held: dict[int, dict[int, bytes]] = {term: {} for term in terms}
    for number, data in connection.execute(
        "SELECT id, blocks FROM postings WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
    ):
        held[number & ((1 << TERM_BITS) - 1)][number >> TERM_BITS] = data
    return held


def _telling(count: int, blocks: int) -> float:
    """What it tells of a block that it has a term which so many of all have: 1 if only it has, nothing if all have."""
    return max(0.02, 1 - math.log(count) / math.log(max(2, blocks)))


def _weights(counted: Mapping[str, int], blocks: int, words: int) -> dict[str, float]:
    """What words weigh in a text of so many words if each is in so many of these blocks as is counted."""
    if not counted:
        return {}
    shares = np.array([*counted.values()]) / blocks
    # Of words thrown at random into blocks (Poisson), so many come to a block where this share of them has one.
    often = -np.log(np.maximum(1 - shares, 1 / (2 * blocks))) * words / BLOCK
    lengths = np.array([len(word) for word in counted])
    return dict(zip(counted, word_weights(lengths, np.maximum(often, 1), words).tolist(), strict=True))


def _rarest(weights: Mapping[int, float], counted: Mapping[int, int]) -> dict[int, float]:
    return dict(sorted(weights.items(), key=lambda item: counted[item[0]])[:MOST_TERMS])


def _votes(
    held: Mapping[int, Mapping[int, bytes]], weights: Mapping[int, float], shard: int, span: int
) -> NDArray[np.float32]:
    """(SHARD,) float32: for the window that begins with each block, the weights of the terms that it has."""
    before = np.zeros(SHARD + 1, dtype=np.float32)
    votes = before[1:]
    for term, weight in weights.items():
        data = held[term].get(shard)
        if data is None:
            continue
        if is_map(data) or span > 2:
            bits = bits_of(data) if is_map(data) else _bits(np.frombuffer(data, "<u2"))
            near = bits.copy()
            for step in range(1, span):
                near[:-step] |= bits[step:]
            votes += near * np.float32(weight)
        else:
            blocks = np.frombuffer(data, "<u2").astype(np.intp)
            alone = np.ones(len(blocks), dtype=bool)
            alone[1:] = blocks[1:] - blocks[:-1] > 1  # else the window before has its vote
            votes[blocks] += weight
            before[blocks[alone]] += weight
    return votes


def _bits(blocks: NDArray[np.uint16]) -> NDArray[np.bool_]:
    bits = np.zeros(SHARD, dtype=bool)
    bits[blocks] = True
    return bits
