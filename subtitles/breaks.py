"""Where text may be broken, between lines and between cues.

The order of preference is the one that the guides agree on (Netflix, Timed Text Style Guide: English; BBC
Subtitle Guidelines, "Breaks"; Karamitroglou 1998, "A proposed set of subtitling standards in Europe"): after
punctuation, before a conjunction or a preposition, and never between an article and its noun, a preposition
and its phrase, a title and a name, a first and a last name, a number and what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SENTENCE = 0.0
CLAUSE = 2.0
PHRASE = 6.0
PLAIN = 10.0
BOUND = 30.0
"""Costs of a break, from one that nobody notices to one that trips the reader."""

_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]*$")
_CLAUSE_END = re.compile(r"([,;:!?…)\]]['\"’”»]*|[-–—])$")
_QUOTES = "'\"‘’“”«»()[]"
_DASHES = frozenset({"-", "–", "—", "--"})
_INITIAL = re.compile(r"^\W*(\w\.)+$")
_NUMBER = re.compile(r"\d\W*$")


@dataclass(frozen=True)
class _Words:
    """Words of a language that govern where a line may end. All lower case."""

    openers: frozenset[str] = frozenset()
    """Conjunctions, prepositions, auxiliary verbs: a line may well begin with them."""
    bound: frozenset[str] = frozenset()
    """Words that belong to the next one: a line should not end with them."""
    leaning: frozenset[str] = frozenset()
    """Words that lean on the one before: a line should not begin with them."""
    abbreviations: frozenset[str] = frozenset()
    """Written with a full stop that ends no sentence."""


_CONJUNCTIONS = (
    "and but or nor so because although though while when where if unless that which who whose whom than"
)
_PREPOSITIONS = (
    "about above across after against along among around at before behind between beyond by despite during "
    "for from in inside into like near of off on onto out outside over since through throughout to toward "
    "towards under until upon via with within without"
)
_DETERMINERS = (
    "a an the this these those my your his her its our their every each no any some very more most as"
)
_AUXILIARIES = (
    "is are was were be been am has have had will would shall should can could may might must do does did not"
)
_PRONOUNS = "i we you he she they it it’s it's i’m i'm we’re we're you’re you're they’re they're there"
_OBJECTS = "me us him them"
_TITLES = "mr. mrs. ms. dr. prof. st. gen. sen. rep. gov. lt. col. vs. no."

_LANGUAGES = {
    "en": _Words(
        openers=frozenset(f"{_CONJUNCTIONS} {_PREPOSITIONS} {_AUXILIARIES}".split()),
        bound=frozenset(
            f"{_CONJUNCTIONS} {_PREPOSITIONS} {_DETERMINERS} {_AUXILIARIES} {_PRONOUNS} {_TITLES}".split()
        ),
        leaning=frozenset(_OBJECTS.split()),
        abbreviations=frozenset(f"{_TITLES} e.g. i.e. etc. jan. feb. aug. sept. oct. nov. dec.".split()),
    )
}


def break_costs(words: Sequence[str], language: str) -> list[float]:
    """Return what a break after each word but the last costs, SENTENCE to BOUND; one item less than `words`.

    `language` is an ISO 639-1 code. Of a language without word lists only the punctuation counts.
    """
    known = _LANGUAGES.get(language.lower().split("-")[0], _Words())
    return [_cost(word, following, known) for word, following in pairwise(words)]


def _ends_sentence(word: str, following: str, known: _Words) -> bool:
    return (
        _SENTENCE_END.search(word) is not None
        and word.lower() not in known.abbreviations
        and _INITIAL.match(word) is None
        and not following[:1].islower()
    )


def _cost(word: str, following: str, known: _Words) -> float:
    if following in _DASHES:
        return BOUND
    if _ends_sentence(word, following, known):
        return SENTENCE
    if _CLAUSE_END.search(word):
        return CLAUSE
    if word.lower().lstrip(_QUOTES) in known.bound:
        return BOUND
    opening = following.lower().strip(_QUOTES + ".,;:!?…")
    if opening in known.leaning:
        return BOUND
    if opening in known.openers:
        return PHRASE
    if _NUMBER.search(word):
        return BOUND
    if word[:1].isupper() and following[:1].isupper():
        return BOUND / 2
    return PLAIN
