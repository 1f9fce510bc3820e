"""Say numbers with marks in them: thousands and decimals, sums of money with cents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.languages.rules import Alternatives, Currency, LanguageRules
from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.numerals import distinct

MOST_FORMS = 6
"""How many ways to say a token are kept, and so for each part of it."""

_GROUPED = re.compile(r"[1-9]\d{0,2}([.,'])\d{3}(?:\1\d{3})*")
_GROUPED_WITH_FRACTION = re.compile(r"(\d{1,3}(?:([.,'])\d{3})+)(?!\2)[.,](\d+)")
_PLAIN_FRACTION = re.compile(r"(\d+)[.,](\d+)")


WITH_CENTS = re.compile(r"(\d+)[.,](\d\d)")
"""A sum in whole units and hundredths."""


def combine(parts: Sequence[Alternatives]) -> Alternatives:
    """Join one way to say each part after the other; combinations of the likeliest ways come first."""
    ranked: list[tuple[int, SpokenForm]] = [(0, ())]
    for part in parts:
        joined = [(cost + rank, form + way) for cost, form in ranked for rank, way in enumerate(part)]
        ranked = sorted(joined, key=lambda scored: scored[0])[:MOST_FORMS]
    return distinct(*(form for _, form in ranked))


def amount(text: str, rules: LanguageRules, language: str, *, bare: bool) -> Alternatives:
    """Say digits with marks among them: "10.000", "2,5". `bare` digits may be a year."""
    if text.isdecimal():
        if bare and numerals.looks_like_year(text):
            return numerals.year(text, rules, language)
        said = numerals.cardinal(text, rules, language)
        # Long numbers without marks belong to telephones, laws and files, and may be read digit by digit.
        return distinct(*said[:4], *numerals.digit_by_digit(text, language)) if len(text) >= 3 else said
    said = ()
    for whole, fraction in _readings(text, rules):
        if fraction:
            said += numerals.decimal(whole, fraction, rules, language)
        else:
            said += numerals.cardinal(whole, rules, language)
    if said:
        return distinct(*said)
    parts = [numerals.cardinal(part, rules, language) for part in re.split(r"\D", text)]
    if not all(parts):
        return ()
    ratio = (
        [parts[0], ((rules.ratio_word,),), parts[1]]
        if ":" in text and len(parts) == 2 and rules.ratio_word
        else []
    )
    return distinct(*combine(ratio)[:3], *combine(parts))


def money(text: str, currency: Currency, rules: LanguageRules, language: str) -> Alternatives:
    """Say a sum with cents: "2.50" is "two dollars and fifty cents"; () where it has no cents."""
    sum_of = WITH_CENTS.fullmatch(text)
    if sum_of is None or not currency.cents:
        return ()
    wholes, cents = (
        numerals.cardinal(sum_of[1], rules, language),
        numerals.cardinal(sum_of[2].lstrip("0") or "0", rules, language),
    )
    if not wholes or not cents:
        return ()
    unit = currency.singular if int(sum_of[1]) == 1 else currency.plural
    whole, cent = wholes[0], cents[0]
    joined = ((*whole, *unit, "and", *cent, currency.cents),) if language == "en" else ()
    return distinct(*joined, (*whole, *unit, *cent), (*whole, *unit, *cent, currency.cents), (*whole, *cent))


def currency_with_cents(text: str, currency: Currency, rules: LanguageRules, language: str) -> Alternatives:
    """Say a currency after its sum, with the cents: the "€" of "5,50 €" is Euro fünfzig; () without cents."""
    sum_of = WITH_CENTS.fullmatch(text)
    if sum_of is None or not currency.cents:
        return ()
    unit = currency.singular if int(sum_of[1]) == 1 else currency.plural
    cents = numerals.cardinal(sum_of[2].lstrip("0"), rules, language)[:1] if int(sum_of[2]) else ()
    return distinct(
        *(unit + form for form in cents), *((*unit, *form, currency.cents) for form in cents), unit
    )


def magnitude_with_currency(magnitude: SpokenForm, currency: Currency, rules: LanguageRules) -> SpokenForm:
    """Say "million" and its currency: "million euros", "millions d'euros", "millones de dólares"."""
    many, of = currency.plural, rules.of_magnitude
    if not of or magnitude[-1] == rules.thousand:
        return magnitude + many
    if of.endswith("'"):
        vowel = many[0][0] in "aeiouéê"
        return magnitude + ((of + many[0], *many[1:]) if vowel else (of[:-1] + "e", *many))
    return (*magnitude, of, *many)


def agree_with_number(forms: Alternatives, number: str, rules: LanguageRules) -> Alternatives:
    """Return the forms of a counted noun, starting with the one that agrees with the number: "3" mln is trzy miliony.

    `forms` are those for many, few, one and a part, as the tables of such a language list them.
    """
    if not rules.counts_by_last_digit or len(forms) < 2 or not number[-1:].isdecimal():
        return forms
    if not number.isdecimal():
        at = 3
    elif number == "1":
        at = 2
    else:
        at = 1 if number[-1] in "234" and number[-2:-1] != "1" else 0
    return distinct(*forms[at : at + 1], *forms)


def _readings(text: str, rules: LanguageRules) -> list[tuple[str, str]]:
    """Return the ways to read the marks, likeliest first, each as the whole part and the fraction ("" for none).

    Three digits after the decimal mark of the language may still be thousands: officials of many countries write
    English, and to most of them "10.000" is ten thousand.
    """
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        digits = re.sub(r"\D", "", text)
        if grouped[1] != rules.decimal_mark or text.count(grouped[1]) > 1:
            return [(digits, "")]
        whole, fraction = text.split(grouped[1])
        readings = [(digits, ""), (whole, fraction)]
        return readings if fraction == "000" else readings[::-1]
    both = _GROUPED_WITH_FRACTION.fullmatch(text)
    if both:
        return [(re.sub(r"\D", "", both[1]), both[3])]
    plain = _PLAIN_FRACTION.fullmatch(text)
    return [(plain[1], plain[2])] if plain else []
