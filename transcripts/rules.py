"""What the spoken form needs to know of a language: data, one record per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from asdelivered.transcripts.model import SpokenForm

Alternatives = tuple[SpokenForm, ...]
"""The ways one thing may be spoken, likeliest first."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks."""
    return frozenset(text.split())


@dataclass(frozen=True)
class Currency:
    """The words for a sign such as "$". `cents` is empty where nothing is said for the fraction."""

    one: str
    many: str
    cents: str = ""


@dataclass(frozen=True)
class LanguageRules:
    """The words and signs of one language. A field left empty means: nothing is known, nothing is said."""

    decimal_mark: str = "."
    """"." or ",". The other one groups thousands."""
    point: str = ""
    """The decimal mark, as spoken: "point"."""
    percent: Alternatives = ()
    to: str = ""
    """Between the ends of a range: "to"."""
    signs: Mapping[str, Alternatives] = field(default_factory=dict)
    """Signs that are spoken: "&" is "and"."""
    dot: str = ""
    """In a web address."""
    slash: Alternatives = ()
    """Between two words; () among the alternatives means that it may pass unsaid."""
    number_sign: SpokenForm = ()
    """For "#" before digits, and "No." where that is an abbreviation."""
    minus: str = ""
    articles: frozenset[str] = frozenset()
    """Words that replace a "one" at the start of the number after them: "a 1,000"."""
    clock: str = ""
    """Between hours and minutes: "uhr"."""
    thousand: str = ""
    """For a group of three zeros set apart by a blank: "10 000"."""
    currencies: Mapping[str, Currency] = field(default_factory=dict)
    magnitudes: frozenset[str] = frozenset()
    """Words that a sum of money goes on with: "billion"."""
    magnitude_suffixes: Mapping[str, str] = field(default_factory=dict)
    """Glued to a number: "bn"."""
    units: Mapping[str, Alternatives] = field(default_factory=dict)
    """Glued to a number: "km", "pm"."""
    fixed: Mapping[str, Alternatives] = field(default_factory=dict)
    """Whole tokens, lower case and without punctuation at their ends: "24/7"."""
    abbreviations: Mapping[str, Alternatives] = field(default_factory=dict)
    """Lower case; an entry that ends in a dot needs it, another may have it or not."""
    acronym_words: frozenset[str] = frozenset()
    """Acronyms that are spoken as words: "nato"."""
    joined_prefixes: frozenset[str] = frozenset()
    """Prefixes that may be one word with what a hyphen sets apart: "grand-children"."""
    counted: frozenset[str] = frozenset()
    """Nouns before a Roman number that is spoken as a plain number: "part" IV."""
    the: str = ""
    """Before an ordinal that stands for a Roman number: Charles III is "charles the third"."""

    @cached_property
    def read_in_context(self) -> frozenset[str]:
        """Lower-case tokens of letters alone that may be spoken otherwise than they are written."""
        return frozenset(self.fixed) | frozenset(self.abbreviations) | self.magnitudes | {"no"}
