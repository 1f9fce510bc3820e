"""What the spoken form needs to know of a language: data, one record per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import combinations

from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.word_lists import word_set

Alternatives = tuple[SpokenForm, ...]
"""The ways one thing may be spoken, likeliest first."""


YEARS_AND_ORDINALS = word_set(
    "r roku rok roki latach w od do z po przed lat der die das dem den des am im vom zum zur beim bis ab seit dieser"
)
"""Words beside a number that may make it a year or an ordinal, in languages where these change."""


AND = word_set("and und et y e i en")
"""Between the numbers of a list."""


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
    """Beside 2, 3 and 4, where that is another form: Polish."""

    @property
    def plural(self) -> SpokenForm:
        """What many of it are called, word by word: "u s dollars"."""
        return tuple(self.many.split())

    @property
    def singular(self) -> SpokenForm:
        """What one of it is called, word by word."""
        return tuple(self.one.split())


@dataclass(frozen=True)
class LanguageRules:
    """The words and signs of one language. A field left empty means: nothing is known, nothing is said."""

    question: str = "Question"
    """What the speaker of a question is called where the page names nobody."""
    answer: str = "Answer"
    """What the speaker of an answer is called where the page does not tell who it is."""

    decimal_mark: str = "."
    """"." or ",". The other one groups thousands."""
    decimal_word: str = ""
    """The decimal mark, as spoken: "point"."""
    percent: Alternatives = ()
    range_word: str = ""
    """Between the ends of a range: "to"."""
    signs: Mapping[str, Alternatives] = field(default_factory=dict)
    """Signs that are spoken: "&" is "and"."""
    dot_word: str = ""
    """In a web address."""
    slash: Alternatives = ()
    """Between two words; () among the alternatives means that it may pass unsaid."""
    number_sign: SpokenForm = ()
    """For "#" before digits, and "No." where that is an abbreviation."""
    minus: str = ""
    articles: frozenset[str] = frozenset()
    """Words that replace a "one" at the start of the number after them: "a 1,000"."""
    thousand: str = ""
    """For a group of three zeros set apart by a blank: "10 000"."""
    blank_groups: bool = False
    """Blanks group digits: "1 350"."""

    hour_word: str = ""
    """Between hours and minutes: "uhr"."""
    hour_joiner: str = ""
    """Between hours and minutes where no word for hours is said: "e" (venti e trenta)."""
    clock_after: frozenset[str] = frozenset()
    """Words after "9.02" that make it a time of day."""
    clock_before: frozenset[str] = frozenset()
    """Words before it that do."""
    feminine_hours: bool = False
    """Hours are feminine ordinals: Polish."""

    currencies: Mapping[str, Currency] = field(default_factory=dict)
    """By sign and, in lower case, by code: "€", "eur"."""
    magnitudes: frozenset[str] = frozenset()
    """Words that a sum of money goes on with: "billion"."""
    magnitude_suffixes: Mapping[str, str] = field(default_factory=dict)
    """Glued to a number: "bn"."""
    of_magnitude: str = ""
    """Between a million and what there is a million of: "de", elided where it ends in an apostrophe."""
    counts_by_last_digit: bool = False
    """What is counted has other forms beside 1 and beside 2 to 4: Polish. Tables give many, few, one, a part."""
    ratio_word: str = ""
    """Between the sides of "3:1"."""
    units: Mapping[str, Alternatives] = field(default_factory=dict)
    """After a number, glued to it or not: "km", "pm"."""
    fixed: Mapping[str, Alternatives] = field(default_factory=dict)
    """Whole tokens, lower case and without punctuation at their ends: "24/7"."""
    abbreviations: Mapping[str, Alternatives] = field(default_factory=dict)
    """Lower case; an entry that ends in a dot needs it, another may have it or not.

    One with dots inside may be written with blanks ("z. B."); one that ends in "#" needs a number after it, in "-" a
    hyphen; one that begins with "-" is the end of a word ("-str." of "Hauptstr."). """
    acronym_words: frozenset[str] = frozenset()
    """Acronyms that are spoken as words: "nato"."""
    joined_prefixes: frozenset[str] = frozenset()
    """Prefixes that may be one word with what a hyphen sets apart: "grand-children"."""

    elided: frozenset[str] = frozenset()
    """Words that lose their end before a vowel: "l" of "l'art. 5"."""
    number_compounds: frozenset[str] = frozenset()
    """Beginnings of what makes one word with a number before it: "jährig"."""
    number_stems: Mapping[int, str] = field(default_factory=dict)
    """How a number begins such a word, where that differs from the number itself: Polish "dwu" of "dwuletni"."""

    ordinal_endings: frozenset[str] = frozenset()
    """What makes an ordinal of the digits before it: "th"; "o" and "a" stand for º and ª."""
    ordinal_dot: bool = False
    """A dot does, within a sentence: German "3."."""
    ordinal_cases: tuple[Mapping[str, str], ...] = ()
    """Other forms of an ordinal, each as its last letters and what replaces them."""
    number_cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other forms of the last word of a number: "eins" may be "ein" or "eine"."""
    variants: tuple[str, ...] = ()
    """Languages of num2words that count otherwise: "fr_BE"."""
    counted: frozenset[str] = frozenset()
    """Nouns before a Roman number that is spoken as a plain number: "part" IV."""
    centuries: frozenset[str] = frozenset()
    """Nouns beside a Roman number that is spoken as an ordinal: "XXI wiek", "XX secolo"."""
    regnal: Regnal = Regnal.ORDINAL
    single_regnal: bool = False
    """A single I after a name is a king's number, since the language has no word that looks so."""
    rank_before_noun: bool = False
    """A Roman number may stand before what it counts: "II Congreso"."""
    agreement: Mapping[str, str] = field(default_factory=dict)
    """Endings of nouns, and of the ordinals that go with them: "a" and "a" in "segunda guerra"."""
    ordinal_article: str = ""
    """Before an ordinal that stands for a Roman number: Charles III is "charles the third"."""

    months: tuple[str, ...] = ()
    """The twelve names, in lower case, as they follow the day."""
    date_preposition: str = ""
    """Between the day and the month of a date in figures: "de"."""
    decades: Mapping[str, str] = field(default_factory=dict)
    """Words before the number of a decade, and how its ordinal ends: Polish "lata 90."."""
    day_ordinal: bool = False
    """The day before or after a month's name is an ordinal."""
    year_ordinal: bool = False
    """Years are ordinals: Polish."""
    fractions: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Denominators that are no ordinals: "half" and "halves"; for others the ordinal is said."""
    one_part: str = ""
    """The one of "one half"."""
    half: Alternatives = ()
    """A half on its own, where that is another word."""
    one_and_half: Alternatives = ()
    """For one and a half, where the language has a word of its own: "anderthalb"."""
    and_half: Alternatives = ()
    """After a whole number: "and a half"."""

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """Lower-case tokens that say something about how those beside them are spoken."""
        return (
            self.read_in_context
            | self.articles
            | self.clock_before
            | self.counted
            | self.centuries
            | self.month_names
            | self.decades.keys()
            | YEARS_AND_ORDINALS
            | AND
        )

    @cached_property
    def month_names(self) -> frozenset[str]:
        """The months, and what they are shortened to, without the dot."""
        months = frozenset(self.months)
        short = (key.rstrip(".") for key, forms in self.abbreviations.items() if forms[0][0] in months)
        return months | frozenset(short)

    @cached_property
    def spaced_parts(self) -> frozenset[str]:
        """The parts, each with its dot, of abbreviations that may be written with blanks: "z." and "b."."""
        found = set()
        for key in self.abbreviations:
            parts = key.rstrip(".").split(".")
            for start, end in combinations(range(len(parts) + 1), 2):
                if end - start < len(parts):
                    found.add(".".join(parts[start:end]) + ".")
        return frozenset(found)

    @cached_property
    def read_in_context(self) -> frozenset[str]:
        """Lower-case tokens of letters alone that may be spoken otherwise than they are written."""
        return (
            frozenset(self.fixed)
            | frozenset(self.abbreviations)
            | frozenset(self.currencies)
            | frozenset(self.units)
            | self.clock_after
            | self.magnitudes
            | {"no"}
        )
