"""Say tokens that only make sense as a whole, or by their neighbours: "24/7", "No." before a number, "III"."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, Currency, LanguageRules
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.amounts import (
    WITH_CENTS,
    agree_with_number,
    amount,
    currency_with_cents,
    magnitude_with_currency,
)
from asdelivered.transcripts.spoken.compounds import number_compound
from asdelivered.transcripts.spoken.context import TokenContext, bare, joins_next
from asdelivered.transcripts.spoken.dates import (
    date_in_figures,
    day_beside_month,
    dotted_ordinal,
    year_in_context,
)
from asdelivered.transcripts.spoken.hashtags import hashtag
from asdelivered.transcripts.spoken.numerals import distinct
from asdelivered.transcripts.spoken.roman_numbers import roman_number
from asdelivered.transcripts.spoken.spaced_abbreviations import spaced_abbreviation
from asdelivered.transcripts.spoken.times_of_day import minutes_after, time_of_day

_NUMBER = r"\d+(?:[.,:']\d+)*"
_SUM = re.compile(rf"\D*?([a-z]{{0,2}}[$€£¥])\s*{_NUMBER}(?:\s*-+\s*{_NUMBER})?", re.IGNORECASE)
_SHORT_SUM = re.compile(r"([^\W\d_]+)\.?([$€£¥])")
"""A magnitude and a currency after their number: "M€", "Mrd.€"."""
_PLAIN_SUM = re.compile(rf"{_NUMBER}(?:\s*-+\s*{_NUMBER})?")


def whole_token_forms(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a token that is more than the sum of its pieces; () for any other token."""
    core = bare(token)
    lower = core.lower()
    if lower in rules.fixed:
        return rules.fixed[lower]
    if lower == "no" and token.rstrip().endswith(".") and context.after[:1].isdecimal() and rules.number_sign:
        return rules.number_sign, (lower,)
    if said := spaced_abbreviation(token, context, rules) or hashtag(core, rules, language):
        return said
    if core == "1 1/2" and rules.one_and_half:
        return rules.one_and_half
    if core == "000" and context.before[-1:].isdecimal() and rules.thousand:
        return ((rules.thousand,),)
    if core[:1].isdecimal():
        return (
            _blank_group(token, context, rules, language)
            or _whole_of_sum(core, context, rules, language)
            or number_compound(core, rules, language)
            or date_in_figures(token, rules, language)
            or time_of_day(token, context, rules, language)
            or day_beside_month(token, context, rules, language)
            or year_in_context(token, context, rules, language)
            or dotted_ordinal(token, context, rules, language)
        )
    if lower in rules.magnitudes:
        return _magnitude(lower, context, rules)
    if lower in rules.clock_after and (said := minutes_after(context, rules, language)):
        return said
    if lower in rules.units and (_is_number(context.before) or "/" in lower or context.previous_word == "sq"):
        return agree_with_number(rules.units[lower], context.previous_word, rules)
    if lower in rules.currencies and core.isalpha():
        return _currency_code(lower, context, rules, language)
    if (short := _SHORT_SUM.fullmatch(lower)) and _is_number(context.before):
        return _short_sum(short[1], short[2], rules)
    return roman_number(token, context, rules, language)


def is_unsaid_currency(token: str, context: TokenContext, rules: LanguageRules) -> bool:
    """Return whether a token is a currency that is said with the number after it: "EUR" 50, "€" 1,75."""
    known = token.strip() in rules.currencies or token.strip().lower() in rules.currencies
    paid_before = joins_next(context.before) and (
        _is_number(context.before) or context.previous_word in rules.magnitudes
    )
    return known and context.after[:1].isdecimal() and not paid_before


def is_unsaid_group(token: str, context: TokenContext) -> bool:
    """Return whether a token is a group of zeros that is said with the number before it: "1 000 000"."""
    return bare(token) == "000" and "000" in (context.before, bare(context.after))


def currency_before(context: TokenContext, rules: LanguageRules) -> Currency | None:
    """Return the currency named by the token before, unless it belongs to a number before that."""
    paid_before = _is_number(context.two_before) or bare(context.two_before).lower() in rules.magnitudes
    if paid_before and joins_next(context.two_before):
        return None
    return rules.currencies.get(context.before) or rules.currencies.get(context.before.lower())


def _is_number(token: str) -> bool:
    return bare(token)[-1:].isdecimal()


def _blank_group(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say one group of digits of a number with blanks in it: "1 350" is a thousand, then three hundred and fifty."""
    digits = bare(token)
    if not rules.blank_groups or not digits.isdecimal():
        return ()
    if token.strip() == digits and len(digits) <= 3 and digits[0] != "0" and _is_group(context.after):
        zeros = "000000" if context.after.strip().isdecimal() and _is_group(context.two_after) else "000"
        inner = _is_group(digits) and context.before.isdecimal() and len(context.before) <= 3
        plain = numerals.cardinal(digits, rules, language)[:1]
        grouped = numerals.cardinal(digits + ("000" if inner else zeros), rules, language)
        # The "000" of the next token says its own thousand.
        return distinct(*plain, *grouped) if bare(context.after) == zeros else distinct(*grouped[:3], *plain)
    if _is_group(digits) and context.before.isdecimal() and len(context.before) <= 3 and digits != "000":
        return numerals.cardinal(str(int(digits)), rules, language)
    return ()


def _is_group(token: str) -> bool:
    return (
        re.fullmatch(r"\d{3}(?!\d).*", token.strip(), re.DOTALL) is not None
        and not token.strip()[3:4].isdecimal()
    )


def _magnitude(lower: str, context: TokenContext, rules: LanguageRules) -> Alternatives:
    """Say "billion" with the currency of the sum before it: "$184 billion", "€ 1,75 miljard", "50 Mrd. €"."""
    words = rules.abbreviations.get(lower) or rules.abbreviations.get(lower + ".") or ((lower,),)
    words = agree_with_number(words, context.previous_word, rules)
    before = context.before.strip()
    sign = found[1].lower() if (found := _SUM.fullmatch(before)) else None
    if sign is None and _PLAIN_SUM.fullmatch(before):
        sign = context.two_before.lower()
    paid = rules.currencies.get(sign or "") or rules.currencies.get((sign or "")[-1:])
    if paid is None:
        return words if words != ((lower,),) else ()
    return distinct(
        *(magnitude_with_currency(word, paid, rules) for word in words[:2]),
        *words[:2],
        *((*word, *paid.singular) for word in words[:1]),
    )


def _whole_of_sum(core: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say the whole units of a sum whose currency comes next, with the cents: "5,50 €" is fünf, then Euro fünfzig."""
    found = WITH_CENTS.fullmatch(core)
    paid = rules.currencies.get(context.after.strip().rstrip(".,;:").lower())
    if found is None or paid is None or not paid.cents or context.two_after[:1].isdecimal():
        return ()
    return distinct(
        *numerals.cardinal(found[1], rules, language)[:1],
        *amount(core, rules, language, bare=False),
    )


def _short_sum(magnitude: str, sign: str, rules: LanguageRules) -> Alternatives:
    """Say "M€" after its number: millions d'euros."""
    word, paid = rules.magnitude_suffixes.get(magnitude), rules.currencies.get(sign)
    if word is None or paid is None:
        return ()
    return distinct(magnitude_with_currency(tuple(word.split()), paid, rules), (*word.split(), *paid.plural))


def _currency_code(lower: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a code after its number: "50 EUR", "340 mln zł"."""
    before = context.previous_word
    if cents := currency_with_cents(before, rules.currencies[lower], rules, language):
        return cents
    if not _is_number(context.before) and before not in rules.magnitudes:
        return ()
    paid = rules.currencies[lower]
    words = rules.abbreviations.get(lower, ())
    if paid.few:
        return distinct(*agree_with_number((paid.plural, (paid.few,), paid.singular), before, rules), *words)
    return distinct(*(paid.singular, paid.plural)[:: 1 if before == "1" else -1], *words)
