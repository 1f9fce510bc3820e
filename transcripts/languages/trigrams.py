"""How like a language the spelling of a text is, by its trigrams.

(After Cavnar and Trenkle, *N-gram-based text categorization*, 1994: the commonest trigrams of a language, in order, are
enough.) It tells languages apart in a few words, which may all be rare.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_FIRST = 12
"""The frequency of a trigram falls about as 1 / (its rank + this)."""
_UNKNOWN = 4
"""How many times rarer than the last one in the list a trigram is that the list lacks."""

_FOREIGN = 4.0
"""What a letter that a language does not have counts against it."""


def trigrams_of(text: str) -> Iterator[str]:
    """Yield the trigrams of a text's words in lower case, with "_" for the edge of a word."""
    for word in _WORD.findall(text.lower()):
        padded = f"_{word}_"
        yield from (padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(text: str) -> Mapping[str, float]:
    """Return for each language, by its ISO 639-1 code, how likely its trigrams make a text: a logarithm."""
    counts = Counter(trigrams_of(text))
    letters = Counter(letter for letter in text.lower() if letter.isalpha())
    return {
        language: sum(
            count * profile.known.get(trigram, profile.unknown) for trigram, count in counts.items()
        )
        - _FOREIGN * sum(count for letter, count in letters.items() if letter not in profile.letters)
        for language, profile in _profiles().items()
    }


@dataclass(frozen=True)
class _Profile:
    letters: frozenset[str]
    known: Mapping[str, float]
    """The logarithms of its trigrams' frequencies."""
    unknown: float
    """That of any other trigram."""


@cache
def _profiles() -> Mapping[str, _Profile]:
    profiles = {}
    for row in Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines():
        language, letters, *trigrams = row.split()
        weights = [1 / (rank + _FIRST) for rank in range(len(trigrams))]
        whole = sum(weights)
        known = {trigram: math.log(weight / whole) for trigram, weight in zip(trigrams, weights, strict=True)}
        profiles[language] = _Profile(frozenset(letters), known, math.log(weights[-1] / whole / _UNKNOWN))
    return profiles
