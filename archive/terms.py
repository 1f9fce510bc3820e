"""Terms: the keys of the index, from words to the blocks of a text that contain them.

Each `BLOCK` consecutive words of a text are a block. Its terms are its words and its pairs of consecutive words; pairs
find a quote that consists of common words. Terms are numbers. A word's is its CRC-32. Pairs share 65,536 numbers, so
that each selects about as few blocks as a word that occurs in one block of a thousand.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.transcripts.quoting.search import QuoteIndex

BLOCK = 64
"""Words in a block."""
FIRST_PAIR = 1 << 32
"""The number of the first pair of words."""
TERM_BITS = 33
_PAIR_BITS = 16


@dataclass(frozen=True, eq=False)
class QuoteTerms:
    """The terms of a quote: `words` maps each word to its term, `pairs` are terms, `length` counts its words."""

    words: Mapping[str, int]
    pairs: tuple[int, ...]
    length: int


def block_terms(index: QuoteIndex) -> NDArray[np.int64]:
    """Return the terms of a text, sorted and once per block: int64, the term times 65,536 plus the block."""
    words = _word_terms(index)[index.words]
    blocks = np.arange(len(words)) // BLOCK
    pairs = _pair_terms(words)
    return np.unique(np.concatenate([words << 16 | blocks, pairs << 16 | blocks[: len(pairs)]]))


def quote_terms(index: QuoteIndex) -> QuoteTerms:
    """Return the terms of a quote from its index."""
    terms = _word_terms(index)
    pairs = tuple(np.unique(_pair_terms(terms[index.words])).tolist())
    words = dict(zip(index.vocabulary, terms.tolist(), strict=True))
    return QuoteTerms(words, pairs, len(index.words))


def _word_terms(index: QuoteIndex) -> NDArray[np.int64]:
    return np.fromiter((zlib.crc32(word.encode()) for word in index.vocabulary), dtype=np.int64)


def _pair_terms(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Hash each word with the next: multiplicative hashing (Knuth, volume 3, section 6.4)."""
    left, right = words[:-1].astype(np.uint64), words[1:].astype(np.uint64)
    mixed = (left * np.uint64(0x9E3779B97F4A7C15)) ^ (right * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return FIRST_PAIR + (mixed >> np.uint64(64 - _PAIR_BITS)).astype(np.int64)
