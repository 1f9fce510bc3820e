"""What spoken forms need to know about a language: the fields of its TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import combinations

from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.word_lists import word_set

Alternatives = tuple[SpokenForm, ...]
"""The ways one thing may be said, likeliest first."""


YEARS_AND_ORDINALS = word_set(
    "r roku rok roki latach w od do z po przed lat der die das dem den des am im vom zum zur beim bis ab seit dieser"
)
"""Polish and German words that may make the number beside them a year or an ordinal."""


AND = word_set("and und et y e i en")
"""Words for "and" between the numbers of a list."""


class Regnal(Enum):
    """How the Roman number of a king or pope is said."""

    ORDINAL = "ordinal"
    """Giovanni XXIII: ventitreesimo."""
    CARDINAL = "cardinal"
    """Louis XIV: quatorze."""
    TO_TEN = "ordinal to ten"
    """Felipe VI: sexto; Alfonso XIII: trece."""


@dataclass(frozen=True)
class Currency:
    """The words for a sign such as "$". `cents` is empty where nothing is said for the fraction."""

    one: str
    many: str
    cents: str = ""
    few: str = ""
    """The form beside 2, 3 and 4, where it differs: Polish."""

    @property
    def plural(self) -> SpokenForm:
        """The name for many, word by word: "u s dollars"."""
        return tuple(self.many.split())

    @property
    def singular(self) -> SpokenForm:
        """The name for one, word by word."""
        return tuple(self.one.split())


@dataclass(frozen=True)
class LanguageRules:
    """The words and signs of one language. An empty field means that nothing is said."""

    question: str = "Question"
    """What the speaker of a question is called where the page names nobody."""
    answer: str = "Answer"
    """What the speaker of an answer is called where the page does not tell who it is."""

    decimal_mark: str = "."
    """"." or ",". The other one groups thousands."""
    decimal_word: str = ""
    """The decimal mark, as it is said: "point"."""
    percent: Alternatives = ()
    range_word: str = ""
    """Said between the ends of a range: "to"."""
    signs: Mapping[str, Alternatives] = field(default_factory=dict)
    """Signs that are said: "&" is "and"."""
    dot_word: str = ""
    """The dot in a web address, as it is said: "dot"."""
    slash: Alternatives = ()
    """Said between two words; () among the ways means that the slash may pass unsaid."""
    number_sign: SpokenForm = ()
    """Said for "#" before digits, and for "No." where that is an abbreviation."""
    minus: str = ""
    articles: frozenset[str] = frozenset()
    """Words that replace the "one" at the start of the number after them: "a 1,000"."""
    thousand: str = ""
    """Said for a group of three zeros after a blank: "10 000"."""
    blank_groups: bool = False
    """Blanks may group digits: "1 350"."""

    hour_word: str = ""
    """Said between hours and minutes: "uhr"."""
    hour_joiner: str = ""
    """Said between hours and minutes where there is no word for hours: "e" (venti e trenta)."""
    clock_after: frozenset[str] = frozenset()
    """Words after "9.02" that make it a time of day."""
    clock_before: frozenset[str] = frozenset()
    """Words before it that make it one."""
    feminine_hours: bool = False
    """Hours are feminine ordinals: Polish."""

    currencies: Mapping[str, Currency] = field(default_factory=dict)
    """By sign and, in lower case, by code: "€", "eur"."""
    magnitudes: frozenset[str] = frozenset()
    """Words that may continue a sum of money: "billion"."""
    magnitude_suffixes: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations glued to a number: "bn"."""
    of_magnitude: str = ""
    """Said between a million and what is counted: "de"; elided where it ends in an apostrophe."""
    counts_by_last_digit: bool = False
    """Counted words change beside 1 and beside 2 to 4: Polish. Tables list the forms for many, few, one, a part."""
    ratio_word: str = ""
    """Said between the sides of "3:1"."""
    units: Mapping[str, Alternatives] = field(default_factory=dict)
    """Words after a number, glued to it or not: "km", "pm"."""
    fixed: Mapping[str, Alternatives] = field(default_factory=dict)
    """Whole tokens, in lower case and without punctuation at their ends: "24/7"."""
    abbreviations: Mapping[str, Alternatives] = field(default_factory=dict)
    """In lower case. An entry that ends in a dot needs its dot; others may have one or not.

    Dots inside an entry may be followed by blanks ("z. B."). An entry that ends in "#" needs a number after it, one
    that ends in "-" a hyphen; one that begins with "-" is the end of a word ("-str." of "Hauptstr.").
    """
    acronym_words: frozenset[str] = frozenset()
    """Acronyms that are said as words: "nato"."""
    joined_prefixes: frozenset[str] = frozenset()
    """Prefixes that may form one word with what follows their hyphen: "grand-children"."""

    elided: frozenset[str] = frozenset()
    """Words that lose their end before a vowel: "l" of "l'art. 5"."""
    number_compounds: frozenset[str] = frozenset()
    """Beginnings of words that join the number before them: "jährig" of "50-jährig"."""
    number_stems: Mapping[int, str] = field(default_factory=dict)
    """How a number begins such a word, where it differs from the number itself: Polish "dwu" of "dwuletni"."""

    ordinal_endings: frozenset[str] = frozenset()
    """Endings that make the digits before them an ordinal: "th". "o" and "a" also stand for º and ª."""
    ordinal_dot: bool = False
    """A dot makes an ordinal too, within a sentence: German "3."."""
    ordinal_cases: tuple[Mapping[str, str], ...] = ()
    """Other cases and genders of an ordinal: its endings, and what replaces each."""
    number_cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other forms of the last word of a number: "eins" may be "ein" or "eine"."""
    variants: tuple[str, ...] = ()
    """Codes of num2words for places that count differently: "fr_BE"."""
    counted: frozenset[str] = frozenset()
    """Nouns before a Roman number that is said as a plain number: "part" IV."""
    centuries: frozenset[str] = frozenset()
    """Nouns beside a Roman number that is said as an ordinal: "XXI wiek", "XX secolo"."""
    regnal: Regnal = Regnal.ORDINAL
    single_regnal: bool = False
    """A single I after a name is a king's number, since no word of the language looks like it."""
    rank_before_noun: bool = False
    """A Roman number may stand before what it counts: "II Congreso"."""
    agreement: Mapping[str, str] = field(default_factory=dict)
    """Endings of nouns, and of the ordinals that agree with them: "a" and "a" in "segunda guerra"."""
    ordinal_article: str = ""
    """Said before an ordinal that stands for a Roman number: Charles III is "charles the third"."""

    negations: frozenset[str] = frozenset()
    """Words that turn what is said beside them: a quote must not begin after one, or end before it, unnoticed."""

    months: tuple[str, ...] = ()
    """The names of the twelve months as they follow a day, in lower case."""
    date_preposition: str = ""
    """Said between the day, month and year of a date in figures: "de"."""
    decades: Mapping[str, str] = field(default_factory=dict)
    """Words before the number of a decade, and the ending of its ordinal: Polish "lata 90."."""
    day_ordinal: bool = False
    """The day before or after a month's name is an ordinal."""
    year_ordinal: bool = False
    """Years are ordinals: Polish."""
    fractions: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Denominators with words of their own: "half" and "halves"; for others the ordinal is said."""
    one_part: str = ""
    """The one of "one half"."""
    half: Alternatives = ()
    """A half on its own, where it has another word."""
    one_and_half: Alternatives = ()
    """One and a half, where the language has a word for it: "anderthalb"."""
    and_half: Alternatives = ()
    """Said after a whole number: "and a half"."""

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """Lower-case tokens that affect how their neighbours are said."""
        return (
            self.read_in_context
            | self.articles
            | self.clock_before
            | self.counted
            | self.centuries
            | self.month_names
            | frozenset([self.date_preposition])
            | self.decades.keys()
            | YEARS_AND_ORDINALS
            | AND
        )

    @cached_property
    def month_names(self) -> frozenset[str]:
        """The months and their abbreviations, without the dot."""
        months = frozenset(self.months)
        short = (key.rstrip(".") for key, forms in self.abbreviations.items() if forms[0][0] in months)
        return months | frozenset(short)

    @cached_property
    def spaced_parts(self) -> frozenset[str]:
        """The parts of abbreviations that may be written with blanks, each with its dot: "z." and "b."."""
        found = set()
        for key in self.abbreviations:
            parts = key.rstrip(".").split(".")
            for start, end in combinations(range(len(parts) + 1), 2):
                if end - start < len(parts):
                    found.add(".".join(parts[start:end]) + ".")
        return frozenset(found)

    @cached_property
    def read_in_context(self) -> frozenset[str]:
        """Lower-case tokens of letters alone that may be said differently from how they are written."""
        return (
            frozenset(self.fixed)
            | frozenset(self.abbreviations)
            | frozenset(self.currencies)
            | frozenset(self.units)
            | self.clock_after
            | self.magnitudes
            | {"no"}
        )
