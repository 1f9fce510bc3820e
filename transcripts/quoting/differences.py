"""What a quote has otherwise than the text: a missing "not" must be seen, even where the quote begins after it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np

from asdelivered.transcripts.languages import rules_of
from asdelivered.transcripts.quoting.alignment import Step, align_quote, trace
from asdelivered.transcripts.quoting.contractions import AMBIGUOUS
from asdelivered.transcripts.quoting.phrases import SAID_OTHERWISE
from asdelivered.transcripts.quoting.readings import APOSTROPHE, Reading
from asdelivered.transcripts.quoting.search import QuoteIndex, QuoteMatch, QuoteRows, gains_at, read, weigh
from asdelivered.transcripts.quoting.words import comparable_words

_LONGEST_SIGN = 3
"""Words that name a sign: "per cent"."""


class DifferenceKind(Enum):
    """How a quote differs from what was said."""

    CHANGED = "changed"
    """Other words were said."""
    NOT_SAID = "not said"
    """Words were quoted that were not said."""
    NOT_QUOTED = "not quoted"
    """Words were said that were not quoted, and the quote does not mark it: in it, or a "not" right beside it."""
    OMITTED = "omitted"
    """The same, where the quote marks it: by "..." or by its own words in brackets or between."""


@dataclass(frozen=True)
class Difference:
    """Words of a quote, and what the text has in their place; either may be empty."""

    kind: DifferenceKind
    quoted: str
    said: str


def quote_differences(index: QuoteIndex, quote: str, match: QuoteMatch) -> tuple[Difference, ...]:
    """Return how a quote differs from the words that were found for it, in order.

    A "not" right before or after these words counts as if it were one of them. Case, punctuation, spelling, and other
    ways to write a number or a contraction are no difference. Words that the quoter put in, and the text lacks (an
    attribution, a label, words in brackets), are not reported.
    """
    return differences_at(index, quote, [match])[0]


def differences_at(
    index: QuoteIndex, quote: str, matches: Sequence[QuoteMatch]
) -> tuple[tuple[Difference, ...], ...]:
    """Return for each match of a quote how the quote differs from it, as `quote_differences` does; it is read once."""
    own = [index.vocabulary.get(word, -1) for word in comparable_words(quote)]
    spans = [np.searchsorted(index.tokens, [match.first, match.last]) for match in matches]
    alike = [np.array_equal(index.words[first:last], own) for first, last in spans]
    reading = None if all(alike) else read(index, quote)
    quoted = None if reading is None else weigh(index, reading)
    found = []
    for match, (first, last), same in zip(matches, spans, alike, strict=True):
        before, after = _negations_beside(index, match)
        inside: tuple[Difference, ...] = ()
        if not same and reading is not None and quoted is not None and reading.words and first < last:
            inside = _inside(index, reading, quoted, match, np.arange(first, last))
        found.append((*before, *inside, *after))
    return tuple(found)


def _inside(
    index: QuoteIndex, reading: Reading, quoted: QuoteRows, match: QuoteMatch, columns: np.ndarray
) -> tuple[Difference, ...]:
    """Return how a quote differs from a match, which has these of the text's words."""
    steps: list[Step] = []
    ends = align_quote(
        reading, columns, gains_at(index, columns, quoted), quoted.weights, index.begins[columns], steps
    )
    column = int(np.argmax(ends.best / ends.totals))
    path = trace(steps, int(ends.rows[column]), column)
    same = [
        (row, int(columns[column]))
        for row, column in path
        if column is not None
        and index.words[columns[column]] == quoted.numbers[row]
        and not _is_false_contraction(index, reading, row, int(columns[column]))
    ]
    skipped = _asides_on(reading, [row for row, _ in path])
    return tuple(_between(index, reading, same, skipped, match))


@lru_cache(maxsize=32)
def _negations(language: str) -> frozenset[str]:
    """Return the words of a language that turn what is said beside them, for comparison."""
    return frozenset(word for form in rules_of(language).negations for word in comparable_words(form))


def _negations_beside(index: QuoteIndex, match: QuoteMatch) -> tuple[list[Difference], list[Difference]]:
    """Return a word that turns what the match says, right before it and right after it, with no mark between."""
    negations = frozenset[str]() if index.language is None else _negations(index.language)
    before = index.text[match.first - 1] if match.first else ""
    after = index.text[match.last] if match.last < len(index.text) else ""
    return (
        _difference("", before, marked=False) if _joins(before) and _is_one(before, negations) else [],
        _difference("", after, marked=False)
        if _joins(index.text[match.last - 1]) and _is_one(after, negations)
        else [],
    )


def _joins(token: str) -> bool:
    """Return whether a token goes on with the next one: no mark ends it."""
    return token[-1:].isalnum()


def _is_one(token: str, words: Collection[str]) -> bool:
    """Return whether a token is one of these words for comparison."""
    own = comparable_words(token)
    return len(own) == 1 and own[0] in words


def _is_false_contraction(index: QuoteIndex, reading: Reading, row: int, column: int) -> bool:
    """Return whether "we are" was quoted where the text has "were"."""
    word = reading.words[row]
    if not word.contracted or word.text not in AMBIGUOUS:
        return False
    return APOSTROPHE.search(index.text[index.tokens[column]]) is None


def _asides_on(reading: Reading, path: list[int]) -> list[bool]:
    """Return for each token of the quote whether it is an aside that this way through the lattice passes by."""
    used = {token for row in path for token in range(reading.words[row].first, reading.words[row].last)}
    return [
        token not in used and any(first <= token < last for first, last in reading.asides)
        for token in range(len(reading.tokens))
    ]


def _between(
    index: QuoteIndex,
    reading: Reading,
    same: list[tuple[int, int]],
    skipped: list[bool],
    match: QuoteMatch,
) -> list[Difference]:
    """Return the differences between the words that are the same."""
    found: list[Difference] = []
    quoted_to, said_to = 0, match.first
    for row, column in [*same, (None, None)]:
        if row is None or column is None:
            word_first, token = len(reading.tokens), match.last
            word_last, marked = word_first, False
        else:
            word = reading.words[row]
            word_first, word_last, token, marked = (
                word.first,
                word.last,
                int(index.tokens[column]),
                word.marked,
            )
        quoted = [at for at in range(quoted_to, word_first) if not skipped[at]]
        if any(map(_is_sign, index.text[said_to : min(token + 1, match.last)])):
            quoted = _without_names_of_signs(index, reading, quoted)
        found += _difference(
            " ".join(reading.tokens[at] for at in quoted if _sounds(reading.tokens[at])),
            " ".join(text for text in index.text[said_to:token] if _sounds(text)),
            marked or any(skipped[quoted_to:word_first]),
        )
        quoted_to, said_to = max(quoted_to, word_last), max(said_to, token + 1)
    return found


def _is_sign(token: str) -> bool:
    """Return whether a token has a sign that may have a name: "%"."""
    return SAID_OTHERWISE.search(token) is not None


def _without_names_of_signs(index: QuoteIndex, reading: Reading, quoted: Sequence[int]) -> list[int]:
    """Return these tokens of the quote without those that name a sign of the text: "percent", or "por ciento"."""
    kept: list[int] = []
    at = 0
    while at < len(quoted):
        words: tuple[str, ...] = ()
        length = 0
        for end in range(at, min(at + _LONGEST_SIGN, len(quoted))):
            words += tuple(comparable_words(reading.tokens[quoted[end]]))
            if () in index.phrases.written.get(words, ()):
                length = end + 1 - at
        if not length:
            kept.append(quoted[at])
        at += max(1, length)
    return kept


def _sounds(token: str) -> bool:
    return any(map(str.isalnum, token))


def _difference(quoted: str, said: str, marked: bool) -> list[Difference]:
    if quoted:
        kind = DifferenceKind.CHANGED if said else DifferenceKind.NOT_SAID
    elif said:
        kind = DifferenceKind.OMITTED if marked else DifferenceKind.NOT_QUOTED
    else:
        return []
    return [Difference(kind, quoted, said)]
