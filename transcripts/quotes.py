"""Find a quote in a text: where the words stand that somebody quoted, with all that people do to a quote.

Case, typography and accents don't matter. Words may be wrong, missing or added, and a part in the middle may
have been dropped, with "..." in its place or without. The text is one row of tokens, so a quote may run over
lines and turns. Nothing similar gives nothing.

Two steps: the places that hold most of the quote's words within about its length are found by an inverted index, and
the quote is aligned with these word by word. A word weighs as much as it tells: "the" little, "Rheinmetall" much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from asdelivered.transcripts.quote_alignment import AT_SENTENCE, DIFFERENT, align_quote

LONGEST_QUOTE = 1000
"""Words. A longer text is not searched for."""

_ELLIPSIS = re.compile(r"[\[(<{]\s*(?:\.{2,}|…)\s*[\])>}]|\.{2,}|…|(?<=\s)(?:\.\s){2,}\.?")
_ASIDE = re.compile(r"\[(?:sic|!|\?)\]", re.IGNORECASE)
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|(?:\d+(?:[.,'’]\d+)*)|(?:(?![぀-ヿ㐀-䶿一-鿿가-힯])[^\W\d_])+")
"""Letters, or digits with the marks that group them; in scripts without blanks each character."""
_IGNORED = str.maketrans("", "", "'’´`ʼʻ′‘‛\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ACCENT = re.compile("[\u0300-\u036f]")
_SENTENCE_END = re.compile(r"[.!?…:]\W*$")

_SIMILAR = 0.7
"""Of two words, by the letters that are wrong or swapped: from here on one may be a slip for the other."""
_MOST_PLACES = 2000
"""Words of the text, at most, that a quote is aligned with; more for one longer than 80 words."""
_LOWEST, _ENOUGH_WORDS = 0.5, 8
"""The score below which a match is none, for a quote of that many words. A shorter one needs more: of five words
two may agree by chance."""
_PROMISING = 0.25
"""Of the words that the best place has: with fewer, a place can't hold one part of a quote of two."""


@dataclass(frozen=True)
class QuoteMatch:
    """Where a quote stands: the tokens from `first` up to, not including, `last`.

    `score` is the share of the quote's words that stand there, in their order, each weighed by how rare it is in
    the text, less a little for words in between; 1 is every word and nothing else.
    """

    first: int
    last: int
    score: float


@dataclass(frozen=True, eq=False)
class QuoteIndex:
    """The words of a text and where they stand; `index_tokens` makes one. Arrays have one item a word of the text.

    A token may have several words ("teach…despite"), or none ("–").
    """

    words: np.ndarray
    """int32: the number of the word in the vocabulary."""
    tokens: np.ndarray
    """int32: the token that the word stands in."""
    begins: np.ndarray
    """bool: a sentence begins with the word."""
    ends: np.ndarray
    """bool: a sentence ends with the word."""
    vocabulary: Mapping[str, int]
    places: tuple[np.ndarray, ...]
    """For each word of the vocabulary, int32: where it stands, in order."""
    weights: np.ndarray
    """float32, for each word of the vocabulary: 1 if it occurs once, less the more often it does."""


def index_tokens(tokens: Sequence[str]) -> QuoteIndex:
    """Index a text, given as its whitespace-separated `tokens`, those of all lines and turns in order."""
    vocabulary: dict[str, int] = {}
    words: list[int] = []
    places: list[int] = []
    begins: list[bool] = []
    sentence = True
    for place, token in enumerate(tokens):
        for word in _words(token):
            words.append(vocabulary.setdefault(word, len(vocabulary)))
            places.append(place)
            begins.append(sentence)
            sentence = False
        sentence = sentence or _SENTENCE_END.search(token) is not None
    numbers = np.array(words, dtype=np.int32)
    starts = np.array(begins, dtype=bool)
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    counts = np.bincount(numbers, minlength=len(vocabulary))
    total = max(len(words), 2)
    return QuoteIndex(
        numbers,
        np.array(places, dtype=np.int32),
        starts,
        np.append(starts[1:], True)[: len(words)],
        vocabulary,
        tuple(np.split(order, np.cumsum(counts)[:-1])) if vocabulary else (),
        np.maximum(0.15, 1 - np.log(counts) / np.log(total)).astype(np.float32),
    )


def find_quote(index: QuoteIndex, quote: str, limit: int = 10) -> tuple[QuoteMatch, ...]:
    """Find where `quote` stands in the text: at most `limit` places that don't overlap, the best first.

    Of places that are equally good the earlier comes first. Where nothing in the text is similar, nor where the
    quote has more than `LONGEST_QUOTE` words, nothing is returned: about half of the quote's words must stand
    there in their order, more of a short one.
    """
    words, marked = _quoted(quote)
    if not 0 < len(words) <= LONGEST_QUOTE or not len(index.words) or limit < 1:
        return ()
    known = np.array([index.vocabulary.get(word, -1) for word in words], dtype=np.int32)
    likeness = _likeness(index, words, known)
    weights = _weights(index, known)
    columns = _promising(index, known, likeness, weights)
    if not len(columns):
        return ()
    gains = _gains(index, columns, known, likeness, weights)
    best, starts = align_quote(columns, gains, marked, index.begins[columns])
    lowest = min(0.8, _LOWEST + 0.01 * max(0, _ENOUGH_WORDS - len(words)) ** 2)
    found: list[QuoteMatch] = []
    for match in _ranked(index, columns, best, starts, float(weights.sum()), lowest):
        if all(match.last <= other.first or match.first >= other.last for other in found):
            found.append(match)
            if len(found) == limit:
                break
    return tuple(found)


def _words(token: str) -> list[str]:
    """The words of a text as they are compared: lower case, no accents, "10.000" as "10000"."""
    if token.isascii() and token.isalpha():
        return [token.lower()]
    plain = unicodedata.normalize("NFKD", token.translate(_IGNORED)).casefold()
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", plain))
    return [re.sub(r"[.,]", "", word) for word in _WORD.findall(plain)]


def _quoted(quote: str) -> tuple[list[str], list[bool]]:
    """The words of a quote, and whether it says that something is left out before each."""
    words: list[str] = []
    marked: list[bool] = []
    for number, part in enumerate(_ELLIPSIS.split(_ASIDE.sub(" ", quote))):
        found = _words(part)
        marked += [number > 0 and place == 0 for place in range(len(found))]
        words += found
    return words, marked


def _weights(index: QuoteIndex, known: np.ndarray) -> np.ndarray:
    """What each word of the quote tells; one that the text has not, as much as the quote's others."""
    weights = index.weights[known]
    inside = known >= 0
    mean = float(weights[inside].mean()) if inside.any() else 1.0
    return np.where(inside, weights, mean).astype(np.float32)


def _likeness(index: QuoteIndex, words: Sequence[str], known: np.ndarray) -> Mapping[int, np.ndarray]:
    """For each word of the quote that the text has not: how like it, 0 to 1, each word of the vocabulary is.

    A number is like no other one.
    """
    rows = [row for row, word in enumerate(words) if known[row] < 0 and len(word) > 3 and word.isalpha()]
    if not rows:
        return {}
    table = process.cdist(
        [words[row] for row in rows],
        list(index.vocabulary),
        scorer=OSA.normalized_similarity,
        score_cutoff=_SIMILAR,
        dtype=np.float32,
    )
    return dict(zip(rows, table, strict=True))


def _promising(
    index: QuoteIndex, known: np.ndarray, likeness: Mapping[int, np.ndarray], weights: np.ndarray
) -> np.ndarray:
    """The words of the text to align the quote with, in order: those of the places that have most of its words."""
    votes = np.zeros(len(index.words), dtype=np.float32)
    for number in set(known[known >= 0].tolist()):
        votes[index.places[number]] = index.weights[number]
    for row, like in likeness.items():
        for number in np.flatnonzero(like):
            places = index.places[number]
            votes[places] = np.maximum(votes[places], like[number] * weights[row])
    width = len(known) + max(4, len(known) // 4)
    blocks = -(-len(votes) // width)
    padded = np.zeros((blocks + 2) * width + 1, dtype=np.float32)
    padded[width + 1 : width + 1 + len(votes)] = votes
    sums = np.cumsum(padded, dtype=np.float64)
    within = (sums[width:] - sums[:-width])[: (blocks + 1) * width].reshape(blocks + 1, width).max(axis=1)
    # `within[b]` is of windows that begin in block b of the padded text, and so end in the next one at the latest.
    most = max(4, _MOST_PLACES // (2 * width))
    best = np.argsort(-within, kind="stable")[:most]
    best = best[within[best] > _PROMISING * within[best[0]]]
    chosen = np.zeros(blocks + 3, dtype=bool)
    chosen[best] = chosen[best + 1] = True
    return np.flatnonzero(np.repeat(chosen[1 : blocks + 1], width)[: len(votes)])


def _gains(
    index: QuoteIndex,
    columns: np.ndarray,
    known: np.ndarray,
    likeness: Mapping[int, np.ndarray],
    weights: np.ndarray,
) -> np.ndarray:
    """For each word of the quote and each of the text: what it gains to take one for the other."""
    here = index.words[columns]
    gains = np.where(here == known[:, None], weights[:, None], np.float32(-DIFFERENT))
    for row, like in likeness.items():
        alike = like[here]
        gains[row] = np.where(alike > 0, weights[row] * alike, gains[row])
    return gains


def _ranked(
    index: QuoteIndex, columns: np.ndarray, best: np.ndarray, starts: np.ndarray, total: float, lowest: float
) -> Iterator[QuoteMatch]:
    """Yield the matches with at least the score `lowest`, the best first; one for each word they start with."""
    scores = (best - AT_SENTENCE * index.begins[columns][starts]) / total
    good = np.flatnonzero(scores >= lowest)
    order = good[np.argsort(-(best + AT_SENTENCE * index.ends[columns])[good], kind="stable")]
    ends = dict(zip(reversed(starts[order].tolist()), reversed(order.tolist()), strict=True))
    for start in dict.fromkeys(starts[order].tolist()):
        end = ends[start]
        first, last = index.tokens[columns[start]], index.tokens[columns[end]] + 1
        yield QuoteMatch(int(first), int(last), min(1.0, round(float(scores[end]), 3)))
