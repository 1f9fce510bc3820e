"""Candidates for a quote: the windows of an archive's text that contain most of its terms, by weight.

Each term of the quote votes for the blocks that contain it; rare terms have more weight. A window is as many
consecutive blocks as the quote may span; a term that several of its blocks contain votes once.
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
"""How many of a quote's words, and of its pairs of words, vote: the rarest ones."""
_PAIR_WEIGHT = 0.5
"""The weight of a pair, as a share of the inverse document frequency of a word that is as rare."""
_EVENT_WORDS = 8000
"""Words of an hour-long event, for the weights of words before an event is known."""

Allowed = Mapping[int, NDArray[np.bool_]]
"""For each shard, (SHARD,) bool: the blocks that are searched."""


@dataclass(frozen=True)
class Window:
    """Consecutive blocks of a shard from `block` on; `share` is the weighted share of the quote's words in them."""

    shard: int
    block: int
    votes: float
    share: float


@dataclass(frozen=True)
class Candidates:
    """The best windows, best first, each of `span` blocks.

    `postings` gives for each word of the quote, and each shard that has it, the blocks that contain it, packed.
    """

    windows: tuple[Window, ...]
    span: int
    postings: Mapping[str, Mapping[int, bytes]]

    def weights_in(self, shard: int, first: int, blocks: int, words: int) -> dict[str, float]:
        """Return the weights of the quote's words that occur in an event, which has `words` words in these `blocks`."""
        counted = {
            word: found
            for word, postings in self.postings.items()
            if shard in postings and (found := count_within(postings[shard], first, first + blocks))
        }
        return _weights(counted, blocks, words)


def find_candidates(
    connection: sqlite3.Connection, terms: QuoteTerms, most: int, least: float, allowed: Allowed | None
) -> Candidates:
    """Return the best windows for a quote's terms: at most `most`, with at least the share `least` of its words."""
    shards, blocks = _shards_and_blocks(connection)
    span = 1 + -(-(terms.length + terms.length // 4) // BLOCK)
    postings = _read_postings(connection, shards, [*terms.words.values(), *terms.pairs])
    counted = {term: sum(map(count, found.values())) for term, found in postings.items()}
    known = {word: term for word, term in terms.words.items() if counted[term]}
    usual = min(blocks * BLOCK, _EVENT_WORDS)
    weights = _weights({word: counted[term] for word, term in known.items()}, blocks, usual)
    words = _keep_rarest({known[word]: weight for word, weight in weights.items()}, counted)
    # A word that the archive does not have may be a misquoted one that it has.
    slips = (len(terms.words) - len(known)) * sum(words.values()) / max(1, len(known))
    total = sum(words.values()) + slips
    pairs = _keep_rarest(
        {
            term: _PAIR_WEIGHT * _inverse_document_frequency(counted[term], blocks)
            for term in terms.pairs
            if counted[term]
        },
        counted,
    )
    found: list[Window] = []
    for shard in shards if known else ():
        if allowed is not None and shard not in allowed:
            continue
        shares = (_votes(postings, words, shard, span) + np.float32(slips)) / np.float32(total)
        votes = shares * np.float32(total) + _votes(postings, pairs, shard, span)
        if allowed is not None:
            votes[~allowed[shard]] = 0
        able = np.flatnonzero((shares >= least) & (votes > slips))
        best = able[np.argsort(-votes[able], kind="stable")[:most]]
        found += [Window(shard, int(at), float(votes[at]), float(shares[at])) for at in best]
    found.sort(key=lambda window: (-window.votes, window.shard, window.block))
    return Candidates(tuple(found[:most]), span, {word: postings[term] for word, term in terms.words.items()})


def _shards_and_blocks(connection: sqlite3.Connection) -> tuple[list[int], int]:
    """Return the shards, and the number of blocks that contain text."""
    rows = connection.execute("SELECT shard, sum(blocks) FROM events GROUP BY shard").fetchall()
    return [shard for shard, _ in rows], sum(blocks for _, blocks in rows)


def _read_postings(
    connection: sqlite3.Connection, shards: list[int], terms: list[int]
) -> dict[int, dict[int, bytes]]:
    """Return for each term and shard the blocks that contain it, packed."""
    numbers = [shard << TERM_BITS | term for shard in shards for term in sorted(terms)]
    postings: dict[int, dict[int, bytes]] = {term: {} for term in terms}
    for number, data in connection.execute(
        "SELECT id, blocks FROM postings WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
    ):
        postings[number & ((1 << TERM_BITS) - 1)][number >> TERM_BITS] = data
    return postings


def _inverse_document_frequency(count: int, blocks: int) -> float:
    """Return the inverse document frequency of a term in `count` of all blocks, scaled to 0..1 (at least 0.02)."""
    return max(0.02, 1 - math.log(count) / math.log(max(2, blocks)))


def _weights(counted: Mapping[str, int], blocks: int, words: int) -> dict[str, float]:
    """Return the weights of words in a text of `words` words, from how many of its `blocks` contain each."""
    if not counted:
        return {}
    if blocks <= 0 or words <= 0:
        raise ValueError("the archive counts no words, and has some")
    shares = np.array([*counted.values()]) / blocks
    # If a word falls into blocks at random (Poisson), the share of blocks without it gives its mean count per block.
    often = -np.log(np.maximum(1 - shares, 1 / (2 * blocks))) * words / BLOCK
    lengths = np.array([len(word) for word in counted])
    return dict(zip(counted, word_weights(lengths, np.maximum(often, 1), words).tolist(), strict=True))


def _keep_rarest(weights: Mapping[int, float], counted: Mapping[int, int]) -> dict[int, float]:
    return dict(sorted(weights.items(), key=lambda item: counted[item[0]])[:MOST_TERMS])


def _votes(
    postings: Mapping[int, Mapping[int, bytes]], weights: Mapping[int, float], shard: int, span: int
) -> NDArray[np.float32]:
    """Return (SHARD,) float32: for the window that begins at each block, the sum of the weights of its terms."""
    before = np.zeros(SHARD + 1, dtype=np.float32)
    votes = before[1:]
    for term, weight in weights.items():
        data = postings[term].get(shard)
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
            alone[1:] = blocks[1:] - blocks[:-1] > 1  # else the window before has this vote already
            votes[blocks] += weight
            before[blocks[alone]] += weight
    return votes


def _bits(blocks: NDArray[np.uint16]) -> NDArray[np.bool_]:
    bits = np.zeros(SHARD, dtype=bool)
    bits[blocks] = True
    return bits
