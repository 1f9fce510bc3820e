"""Tokens that mean something only as a whole, or by what stands beside them: "24/7", "No." before a number, "III"."""

from __future__ import annotations

import re

from asdelivered.transcripts import numerals
from asdelivered.transcripts.clock import minutes_after, time_of_day
from asdelivered.transcripts.numerals import distinct
from asdelivered.transcripts.rules import Alternatives, Currency, LanguageRules, Regnal
from asdelivered.transcripts.spoken_dates import (
    date_in_figures,
    day_beside_month,
    dotted_ordinal,
    year_in_context,
)
from asdelivered.transcripts.surroundings import Surroundings, bare, goes_on

_NUMBER = r"\d+(?:[.,:']\d+)*"
_SUM = re.compile(rf"\D*?([$€£¥])\s*{_NUMBER}(?:\s*-+\s*{_NUMBER})?")
_PLAIN_SUM = re.compile(rf"{_NUMBER}(?:\s*-+\s*{_NUMBER})?")
_ROMAN_ENDING = re.compile(r"([IVX]+)(er|re|e|ème|ième|nd|o|a|th)")


def whole_token(token: str, around: Surroundings, rules: LanguageRules, language: str) -> Alternatives:
    """Say a token that is more than the sum of its pieces; () for any other."""
    core = bare(token)
    lower = core.lower()
    if lower in rules.fixed:
        return rules.fixed[lower]
    if lower == "no" and token.rstrip().endswith(".") and around.after[:1].isdecimal() and rules.number_sign:
        return rules.number_sign, (lower,)
    if core == "000" and around.before[-1:].isdecimal() and rules.thousand:
        return ((rules.thousand,),)
    if core[:1].isdecimal():
        return (
            _blank_group(token, around, rules, language)
            or date_in_figures(token, rules, language)
            or time_of_day(token, around, rules, language)
            or day_beside_month(token, around, rules, language)
            or year_in_context(token, around, rules, language)
            or dotted_ordinal(token, around, rules, language)
        )
    if lower in rules.magnitudes:
        return _magnitude(lower, around, rules)
    if lower in rules.clock_after and (said := minutes_after(around, rules, language)):
        return said
    if lower in rules.units and _is_number(around.before):
        return rules.units[lower]
    if lower in rules.currencies and core.isalpha():
        return _currency_code(lower, around, rules)
    return _roman(core, around, rules, language)


def is_unsaid_currency(token: str, around: Surroundings, rules: LanguageRules) -> bool:
    """Tell whether a token is a currency that is said with the number after it: "EUR" 50, "€" 1,75."""
    known = token.strip() in rules.currencies or token.strip().lower() in rules.currencies
    paid_before = goes_on(around.before) and (_is_number(around.before) or around.follows in rules.magnitudes)
    return known and around.after[:1].isdecimal() and not paid_before


def currency_before(around: Surroundings, rules: LanguageRules) -> Currency | None:
    """The currency whose sign or code is the token before, and belongs to no number before that."""
    paid_before = _is_number(around.earlier) or bare(around.earlier).lower() in rules.magnitudes
    if paid_before and goes_on(around.earlier):
        return None
    return rules.currencies.get(around.before) or rules.currencies.get(around.before.lower())


def _is_number(token: str) -> bool:
    return bare(token)[-1:].isdecimal()


def _blank_group(token: str, around: Surroundings, rules: LanguageRules, language: str) -> Alternatives:
    """Say a part of a number that blanks group: "1 350" is a thousand, and three hundred and fifty."""
    digits = bare(token)
    if not rules.blank_groups or not digits.isdecimal():
        return ()
    if token.strip() == digits and len(digits) <= 3 and digits[0] != "0" and _is_group(around.after):
        zeros = "000000" if around.after.strip().isdecimal() and _is_group(around.later) else "000"
        inner = _is_group(digits) and around.before.isdecimal() and len(around.before) <= 3
        plain = numerals.cardinal(digits, rules, language)[:1]
        grouped = numerals.cardinal(digits + ("000" if inner else zeros), rules, language)
        return distinct(*grouped[:3], *plain)
    if _is_group(digits) and around.before.isdecimal() and len(around.before) <= 3 and digits != "000":
        return numerals.cardinal(str(int(digits)), rules, language)
    return ()


def _is_group(token: str) -> bool:
    return (
        re.fullmatch(r"\d{3}(?!\d).*", token.strip(), re.DOTALL) is not None
        and not token.strip()[3:4].isdecimal()
    )


def _magnitude(lower: str, around: Surroundings, rules: LanguageRules) -> Alternatives:
    """Say "billion" with the currency of the sum before it: "$184 billion", "€ 1,75 miljard", "50 Mrd. €"."""
    words = rules.abbreviations.get(lower) or rules.abbreviations.get(lower + ".") or ((lower,),)
    before = around.before.strip()
    sign = found[1] if (found := _SUM.fullmatch(before)) else None
    if sign is None and _PLAIN_SUM.fullmatch(before):
        sign = around.earlier if around.earlier in rules.currencies else around.earlier.lower()
    paid = rules.currencies.get(sign or "")
    if paid is None:
        return words if words != ((lower,),) else ()
    return distinct(
        *((*word, paid.many) for word in words[:2]), *words[:2], *((*word, paid.one) for word in words[:1])
    )


def _currency_code(lower: str, around: Surroundings, rules: LanguageRules) -> Alternatives:
    """Say a code after its number: "50 EUR", "340 mln zł"."""
    before = around.follows
    if not _is_number(around.before) and before not in rules.magnitudes:
        return ()
    paid = rules.currencies[lower]
    single = re.fullmatch(r"1", before) is not None
    words = rules.abbreviations.get(lower, ())
    return distinct(*((paid.one,), (paid.many,))[:: 1 if single else -1], *words)


def _roman(core: str, around: Surroundings, rules: LanguageRules, language: str) -> Alternatives:
    """Say a Roman number: that of a king, a chapter or a century."""
    if around.shouted:
        return ()
    ending = _ROMAN_ENDING.fullmatch(core)
    if ending and ending[2] in rules.ordinal_endings and (value := numerals.roman(ending[1])):
        return numerals.ordinal(str(value), rules, language)
    value = numerals.roman(core)
    if not value:
        return ()
    counts = numerals.cardinal(str(value), rules, language)[:1]
    ranks = numerals.ordinal(str(value), rules, language)
    letters = tuple(core.lower())
    if around.follows in rules.counted:
        said = tuple((rules.the, *rank) for rank in ranks[:1]) if rules.the else ranks[:1]
        return distinct(*counts, *said, letters)
    if around.follows in rules.centuries or around.precedes in rules.centuries:
        return distinct(*ranks, *counts)
    if len(core) > 1 and around.before[:1].isupper() and around.before[-1:].isalpha():
        of_king = tuple((rules.the, *rank) for rank in ranks[:2]) if rules.the else ranks[:3]
        cardinal = rules.regnal is Regnal.CARDINAL or (rules.regnal is Regnal.TO_TEN and value > 10)
        return distinct(*(counts + of_king if cardinal else of_king + counts), letters)
    return ()
