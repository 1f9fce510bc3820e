"""Find a quote in a text, despite all that people do to quotes.

Case, typography and accents don't matter. Words may be wrong, missing or added, and a part in the middle may have been
dropped, with "..." in its place or without. A number may be written or said ("10.000", "ten thousand"), a contraction
short or long ("we're", "we are"); an attribution, a label or words in brackets may stand within the quote. The text is
one sequence of tokens, so a quote may cross lines and turns. A text with nothing similar gives no match.

There are three steps. The quote is read as a lattice of the words that may stand for it (readings.py). An inverted
index finds the places with most of them within about the quote's length. Then the lattice is aligned with these places
word by word. Rare words weigh more: "the" little, "Rheinmetall" much.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from asdelivered.transcripts.quoting.alignment import AT_SENTENCE, DIFFERENT, Ends, align_quote
from asdelivered.transcripts.quoting.phrases import Phrases, phrases_of
from asdelivered.transcripts.quoting.readings import Reading, read_quote
from asdelivered.transcripts.quoting.words import comparable_words

LONGEST_QUOTE = 1000
"""Words. Longer quotes are not searched for."""

_SENTENCE_END = re.compile(r"[.!?…:]\W*$")

_SIGN = re.compile(r"[%‰€$£¥°][.,;:!?]*")
"""A token of its own after a number: "85 %"."""
_SIMILAR = 0.7
"""Two words that are at least this similar, by their wrong and swapped letters, may be the same word misspelt."""
_MOST_PLACES = 1200
"""A quote is aligned with at most this many words of the text; with more if it is longer than 80 words."""
_MOST_LOOKED_UP = 4000
"""The quote's rarest words are looked up until they have this many places together; at least two words are."""
LEAST_SCORE = 0.4
"""The least score of a match, whatever else speaks for it."""
_PROVEN, _PROVEN_WORD, _FEW_WORDS = 2.0, 0.1, 5
"""What speaks for a place, and how far it is ahead of the next one, must come to this; and to more for each word of a
quote of more than a few: see `_are_proven`."""
_WHOLE = 0.98
"""The score of a place that has the whole quote: it needs no other proof."""
_FEWEST_WORDS, _SIMILAR_PHRASE = 3, 0.8
"""A quote of fewer words can't prove anything, but may be misspelt: this score is enough."""
LEAST_WEIGHT = 0.15
"""The weight of a word, however often it occurs."""
_PROMISING = 0.25
"""A place with less than this share of the best place's words can't hold one part of a quote in two parts."""


@dataclass(frozen=True)
class QuoteMatch:
    """Where a quote is: the tokens from `first` up to but not including `last`.

    `score` is the share of the quote's words that are there in order, each weighted by how rare it is in the text,
    less a little for words in between; 1 is every word and nothing else.
    """

    first: int
    last: int
    score: float


@dataclass(frozen=True, eq=False)
class QuoteIndex:
    """The words of a text and their positions; `index_tokens` makes one. Arrays have one item per word of the text.

    A token may have several words ("teach…despite"), or none ("–").
    """

    words: np.ndarray
    """int32: the number of the word in the vocabulary."""
    tokens: np.ndarray
    """int32: the token that the word is in."""
    begins: np.ndarray
    """bool: a sentence begins with the word."""
    ends: np.ndarray
    """bool: a sentence ends with the word."""
    vocabulary: Mapping[str, int]
    places: tuple[np.ndarray, ...]
    """For each word of the vocabulary, int32: where it stands, in order."""
    weights: np.ndarray
    """float32, for each word of the vocabulary: 1 if it occurs once, less the more often it does and if it is short."""
    by_length: tuple[str, ...]
    """The vocabulary, shorter words first."""
    lengths: np.ndarray
    """int32: their lengths."""
    of_length: np.ndarray
    """intp: their numbers in the vocabulary."""
    text: tuple[str, ...]
    """The tokens."""
    phrases: Phrases
    """How its words may be said."""
    language: str | None
    """An ISO 639-1 code; None where numbers are found only as they are written."""

    def follow(self, first: str, second: str) -> bool:
        """Return whether the text has the second of two of its words right after the first."""
        before, after = self.places[self.vocabulary[first]], self.places[self.vocabulary[second]]
        few, step = (before, 1) if len(before) < len(after) else (after, -1)
        sought = self.vocabulary[second if step == 1 else first]
        beside = few + step
        beside = beside[(beside >= 0) & (beside < len(self.words))]
        return bool((self.words[beside] == sought).any())


def index_tokens(tokens: Sequence[str], language: str | None = None) -> QuoteIndex:
    """Index a text, given as its whitespace-separated `tokens`: those of all lines and turns, in order.

    With its `language`, an ISO 639-1 code, its numbers are found however they are quoted; that takes longer.
    """
    vocabulary: dict[str, int] = {}
    words: list[int] = []
    places: list[int] = []
    begins: list[bool] = []
    sentence = True
    for place, token in enumerate(tokens):
        for word in comparable_words(token):
            words.append(vocabulary.setdefault(word, len(vocabulary)))
            places.append(place)
            begins.append(sentence)
            sentence = False
        sentence = sentence or _SENTENCE_END.search(token) is not None
    numbers = np.array(words, dtype=np.int32)
    starts = np.array(begins, dtype=bool)
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    counts = np.bincount(numbers, minlength=len(vocabulary))
    edges = [0, *np.cumsum(counts).tolist()]
    spelt = tuple(vocabulary)
    lengths = np.array([len(word) for word in spelt], dtype=np.int32)
    of_length = np.argsort(lengths, kind="stable")
    return QuoteIndex(
        numbers,
        np.array(places, dtype=np.int32),
        starts,
        np.append(starts[1:], True)[: len(words)],
        vocabulary,
        tuple(order[first:last] for first, last in itertools.pairwise(edges)),
        word_weights(lengths, counts, len(words)),
        tuple(spelt[number] for number in of_length),
        lengths[of_length],
        of_length,
        tuple(tokens),
        phrases_of(tokens, vocabulary, language),
        language,
    )


def word_weights(lengths: np.ndarray, counts: np.ndarray, total: int) -> np.ndarray:
    """Return the weights of words, float32: 1 for a word that occurs once, less for frequent and for short words.

    `lengths` counts their letters; `counts` says how often each occurs, at least once, in a text of `total` words.
    """
    # Short words are common everywhere, even if a short text has one only once.
    informative = np.where(lengths <= 2, 0.7, np.where(lengths == 3, 0.85, 1))
    rare = np.maximum(LEAST_WEIGHT, 1 - np.log(counts) / np.log(max(total, 2)))
    return np.asarray(informative * rare, dtype=np.float32)


def find_quote(
    index: QuoteIndex,
    quote: str,
    limit: int = 10,
    least: float | None = None,
    tokens: np.ndarray | None = None,
) -> tuple[QuoteMatch, ...]:
    """Find a quote in the text: at most `limit` places that don't overlap, the best first.

    Of equally good places the earlier comes first. The same words are found wherever they stand. Any other place must
    have so many of the quote's words, so rare, and so much ahead of all other places, that it is no chance; or, with
    `least`, only that score. The result is empty where there is none, and for a quote of more than `LONGEST_QUOTE`
    words. Places are looked up only around those `tokens` that are true there, if given.
    """
    if not len(index.words) or limit < 1:
        return ()
    found: list[QuoteMatch] = []
    places = itertools.chain(_same_words(index, quote, tokens), _similar_places(index, quote, least, tokens))
    for match in places:
        if all(match.last <= other.first or match.first >= other.last for other in found):
            found.append(match)
            if len(found) == limit:
                break
    return tuple(found)


def _same_words(index: QuoteIndex, quote: str, tokens: np.ndarray | None) -> Iterator[QuoteMatch]:
    """Yield the places with exactly the quote's words; whole sentences first, then in order."""
    numbers = [index.vocabulary.get(word, -1) for word in comparable_words(quote)]
    if not 0 < len(numbers) <= LONGEST_QUOTE or -1 in numbers:
        return
    rarest = min(range(len(numbers)), key=lambda at: len(index.places[numbers[at]]))
    starts = index.places[numbers[rarest]] - rarest
    starts = starts[(starts >= 0) & (starts + len(numbers) <= len(index.words))]
    for at, number in enumerate(numbers):
        starts = starts[index.words[starts + at] == number]
    if tokens is not None:
        starts = starts[tokens[index.tokens[starts]]]
    last = len(numbers) - 1
    whole = index.begins[starts].astype(np.int8) + index.ends[starts + last]
    for start in starts[np.argsort(-whole, kind="stable")].tolist():
        yield _match(index, start, start + last, 1.0)


def _similar_places(
    index: QuoteIndex, quote: str, least: float | None, tokens: np.ndarray | None
) -> Iterator[QuoteMatch]:
    """Yield the places like a quote, the best first; they may overlap."""
    reading = read(index, quote)
    if not 0 < reading.length <= LONGEST_QUOTE:
        return
    rows = weigh(index, reading)
    columns = _candidate_words(index, reading, rows, tokens)
    if len(columns):
        gains = gains_at(index, columns, rows)
        ends = align_quote(reading, columns, gains, rows.weights, index.begins[columns])
        yield from _ranked(index, columns, ends, reading.length, least)


def read(index: QuoteIndex, quote: str) -> Reading:
    """Return the readings of a quote that an indexed text may have."""
    return read_quote(quote, index.vocabulary, index.follow, index.phrases, index.language)


@dataclass(frozen=True, eq=False)
class QuoteRows:
    """The words of a quote's lattice as the index knows them: arrays with one item for each.

    `numbers` are those in the vocabulary, -1 for words that the text lacks. `similarities` say for some of these how
    similar, 0 to 1, each word of the vocabulary is; no number is similar to another.
    """

    numbers: np.ndarray
    weights: np.ndarray
    similarities: Mapping[int, np.ndarray]


def weigh(index: QuoteIndex, reading: Reading) -> QuoteRows:
    """Return the words of a quote with their weights in the text."""
    words = [word.text for word in reading.words]
    known = np.array([index.vocabulary.get(word, -1) for word in words], dtype=np.int32)
    return QuoteRows(known, _weights(index, known), _similarities(index, words, known))


def _weights(index: QuoteIndex, known: np.ndarray) -> np.ndarray:
    """Return the weight of each word of the quote; a word that the text lacks has the mean of the others."""
    weights = index.weights[known]
    inside = known >= 0
    mean = float(weights[inside].mean()) if inside.any() else 1.0
    return np.where(inside, weights, mean).astype(np.float32)


def _similarities(index: QuoteIndex, words: Sequence[str], known: np.ndarray) -> Mapping[int, np.ndarray]:
    found = {}
    for row, word in enumerate(words):
        if known[row] >= 0 or len(word) <= 3 or not word.isalpha():
            continue
        # Only words of about its length can be similar.
        low, high = (
            int(np.searchsorted(index.lengths, length))
            for length in (math.ceil(_SIMILAR * len(word)), math.floor(len(word) / _SIMILAR) + 1)
        )
        like = np.zeros(len(index.vocabulary), dtype=np.float32)
        near = process.cdist(
            [word],
            index.by_length[low:high],
            scorer=OSA.normalized_similarity,
            score_cutoff=_SIMILAR,
            dtype=np.float32,
        )
        like[index.of_length[low:high]] = near[0]
        found[row] = like
    return found


def _candidate_words(
    index: QuoteIndex, reading: Reading, quoted: QuoteRows, tokens: np.ndarray | None
) -> np.ndarray:
    """Return the words of the text to align the quote with, in order: those of the places with most of its words.

    Only the rarest words of the quote are looked up, until they have `_MOST_LOOKED_UP` places together, so a longer
    text takes no longer.
    """
    rows: dict[int, int] = {}
    gains: dict[int, float] = {}
    """For each word to look up how many words of the quote come before it, and its weight."""
    for word, number in zip(reading.words, quoted.numbers.tolist(), strict=True):
        if number >= 0 and number not in rows:
            rows[number], gains[number] = word.skipped, float(index.weights[number])
    for row, like in quoted.similarities.items():
        for number in np.flatnonzero(like).tolist():
            gain = float(like[number] * quoted.weights[row])
            if gain > gains.get(number, 0):
                rows[number], gains[number] = reading.words[row].skipped, gain
    chosen: list[int] = []
    total = 0
    for number in sorted(gains, key=lambda number: len(index.places[number])):
        total += len(index.places[number])
        if len(chosen) >= 2 and total > _MOST_LOOKED_UP:
            break
        chosen.append(number)
    if not chosen:
        return np.array([], dtype=np.intp)
    places = np.concatenate([index.places[number] for number in chosen])
    counts = [len(index.places[number]) for number in chosen]
    votes = np.repeat([gains[number] for number in chosen], counts)
    begins = places - np.repeat([rows[number] for number in chosen], counts)
    order = np.argsort(places, kind="stable")
    if tokens is not None:
        order = order[tokens[index.tokens[places[order]]]]
        if not len(order):
            return np.array([], dtype=np.intp)
    places, votes, begins = places[order], votes[order], begins[order]
    slack = max(4, reading.length // 4)
    width = reading.length + slack
    sums = np.concatenate(([0.0], np.cumsum(votes)))
    within = sums[np.searchsorted(places, places + width)] - sums[:-1]
    # Of windows that begin close together, one is enough.
    order = np.lexsort((-within, places // width))
    block = (places // width)[order]
    first = np.concatenate(([True], block[1:] != block[:-1]))
    best = order[first]
    best = best[np.argsort(-within[best], kind="stable")]
    best = best[: max(4, _MOST_PLACES // (width + 3 * slack))]
    best = best[within[best] > _PROMISING * within[best[0]]]
    # The first word that was looked up need not be the first of the quote.
    ends = np.array([begins[best], places[best]])
    low = np.maximum(ends.min(axis=0) - slack, 0)
    high = np.minimum(ends.max(axis=0) + width + slack, len(index.words))
    return _numbers_within(sorted(zip(low.tolist(), high.tolist(), strict=True)))


def _numbers_within(spans: Sequence[tuple[int, int]]) -> np.ndarray:
    """Return every number within the spans [first, last) once, in order; the spans are in order of their first.

    `np.unique` would do, but its first call loads NumPy's masked arrays, which takes 40 ms.
    """
    apart: list[tuple[int, int]] = []
    for first, last in spans:
        before = apart[-1][1] if apart else first
        apart.append((max(first, before), max(last, before)))
    return np.concatenate([np.arange(*span) for span in apart])


def gains_at(index: QuoteIndex, columns: np.ndarray, quoted: QuoteRows) -> np.ndarray:
    """Return the score for matching each word of the quote with each of these words of the text."""
    here = index.words[columns]
    gains = np.where(here == quoted.numbers[:, None], quoted.weights[:, None], np.float32(-DIFFERENT))
    for row, like in quoted.similarities.items():
        alike = like[here]
        gains[row] = np.where(alike > 0, quoted.weights[row] * alike, gains[row])
    return gains


def _ranked(
    index: QuoteIndex, columns: np.ndarray, ends: Ends, words: int, least: float | None
) -> Iterator[QuoteMatch]:
    """Yield the good matches of a quote of so many words, the best first, one for each word that they start with."""
    starts = ends.starts
    scores = (ends.best - AT_SENTENCE * index.begins[columns][starts]) / ends.totals
    rank = (ends.best + AT_SENTENCE * index.ends[columns]) / ends.totals
    if least is not None:
        good = scores >= least
    elif words < _FEWEST_WORDS:
        good = scores >= _SIMILAR_PHRASE
    else:
        proven = _are_proven(columns, ends, int(np.argmax(rank)), words)
        good = (scores >= _WHOLE) | (proven & (scores >= LEAST_SCORE))
    numbers = np.flatnonzero(good)
    order = numbers[np.argsort(-rank[numbers], kind="stable")]
    found = dict(zip(reversed(starts[order].tolist()), reversed(order.tolist()), strict=True))
    for start in dict.fromkeys(starts[order].tolist()):
        end = found[start]
        yield _match(index, int(columns[start]), int(columns[end]), min(1.0, round(float(scores[end]), 3)))


def _are_proven(columns: np.ndarray, ends: Ends, first: int, words: int) -> np.ndarray:
    """Return which matches of a quote of so many words are no chance; `first` is the best one.

    The evidence of a match is a log-odds score, as in Karlin and Altschul, *Methods for assessing the statistical
    significance of molecular sequence features* (1990): the information of the words that agree, less what speaks
    against it. Its unit is the logarithm of the number of words in the text, which is what information a word that
    occurs once has. So by chance one place of the text has an evidence of 1. But words are not independent, and phrases
    that everybody uses make for many places. So it also counts how far a match is ahead of the best one elsewhere, and
    the mean of both must be 1; a little more for a long quote, whose words can agree in more ways.
    """
    starts, evidence = ends.starts, ends.evidence
    apart = (columns < columns[starts[first]]) | (columns[starts] > columns[first])
    next_best = evidence[apart].max(initial=0.0)
    rival = np.where(apart, np.maximum(evidence[first], 0.0), next_best)
    least = _PROVEN + _PROVEN_WORD * max(0, words - _FEW_WORDS)
    return np.asarray(2 * evidence - rival >= least)


def _match(index: QuoteIndex, first: int, last: int, score: float) -> QuoteMatch:
    """Return the match from one word of the text to another; a sign behind its last number belongs to it."""
    begin, end = int(index.tokens[first]), int(index.tokens[last]) + 1
    if index.text[end - 1][-1:].isdecimal() and end < len(index.text) and _SIGN.fullmatch(index.text[end]):
        end += 1
    return QuoteMatch(begin, end, score)
