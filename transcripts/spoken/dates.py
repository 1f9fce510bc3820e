"""Say days, months and years: "24 February", "3. Oktober", "12.12.2024", "w 2023 r."."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.context import TokenContext, bare
from asdelivered.transcripts.spoken.numerals import distinct
from asdelivered.transcripts.word_lists import word_set

_DATES = (
    re.compile(r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.")
_DAY_OR_MONTH = re.compile(r"[0123]?\d\.")
_YEAR_WORDS = word_set("r roku rok roki latach")
_BEFORE_YEARS = word_set("w od do z po przed roku rok lat")


def date_in_figures(token: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say a whole date: the day, the month's name, the year; () for any other token."""
    if rules.ordinal_dot and rules.day_ordinal and (short := _DAY_AND_MONTH.fullmatch(token.strip())):
        return _day_and_month(short[1], short[2], rules, language)
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(bare(token)))), None)
    if match is None or not rules.months:
        return ()
    day, month = int(match["day"]), int(match["month"])
    if month > 12 >= day and match["mark" if "mark" in match.re.groupindex else "day"] == "/":
        day, month = month, day
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return ()
    name, years = (rules.months[month - 1],), year_forms(match["year"], rules, language)[:2]
    days = day_forms(str(day), rules, language)[:3]
    if language == "en":
        said = [name + form for form in days[:1]] + [("the", *days[0], "of", *name)]
        return distinct(*(form + each for form in said for each in years))
    joint = (rules.date_preposition,) if rules.date_preposition else ()
    return distinct(*(form + joint + name + joint + each for form in days for each in years))


def _day_and_month(day: str, month: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say a date without its year: "am 3.10." is am dritten zehnten, or am dritten Oktober."""
    if not 1 <= int(day) <= 31 or not 1 <= int(month) <= 12:
        return ()
    days = day_forms(str(int(day)), rules, language)[:2]
    months = distinct((rules.months[int(month) - 1],), *day_forms(str(int(month)), rules, language)[:1])
    return distinct(*(form + name for form in days for name in months))


def day_forms(digits: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say the day of a month."""
    plain = numerals.cardinal(digits, rules, language)
    ranks = numerals.ordinal(digits, rules, language)
    if not rules.day_ordinal:
        return distinct(*ranks[:1], *plain) if digits == "1" else distinct(*plain)
    # The day is mostly not in the nominative: "am dritten Oktober", "dwudziestego drugiego maja".
    return distinct(*ranks[1:2], *ranks[:1], *ranks[2:], *plain[:1])


def day_beside_month(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a day with a month's name beside it; () where there is none, or the number is not a day."""
    digits = bare(token)
    if not (digits.isdecimal() and 1 <= len(digits) <= 2 and 1 <= int(digits) <= 31):
        return ()
    days = day_forms(str(int(digits)), rules, language)
    if context.next_word == rules.date_preposition and bare(context.two_after).lower() in rules.month_names:
        return distinct(*numerals.cardinal(str(int(digits)), rules, language)[:1], *days)
    if context.next_word in rules.month_names:
        if language == "en":
            return distinct(*days[:1], *(("the", *day, "of") for day in days[:1]), *days[1:])
        return days
    if context.previous_word in rules.month_names and language == "en":
        return distinct(*days[:1], *(("the", *day) for day in days[:1]), *days[1:])
    return ()


def year_forms(digits: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say a year."""
    if rules.year_ordinal:
        ranks = numerals.ordinal(digits, rules, language)
        return distinct(*ranks[1:2], *ranks[2:3], *ranks[:1], *numerals.year(digits, rules, language)[:1])
    return numerals.year(digits, rules, language)


def year_in_context(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a year that the words beside it make an ordinal: Polish "w 2023 r."; () elsewhere."""
    digits = bare(token)
    if not rules.year_ordinal or not (digits.isdecimal() and numerals.looks_like_year(digits)):
        return ()
    month_before = context.previous_word in rules.months
    if not (context.next_word in _YEAR_WORDS or context.previous_word in _BEFORE_YEARS or month_before):
        return ()
    forms = year_forms(digits, rules, language)
    # "w 2023 r." is in the locative, "22 maja 2024 r." in the genitive.
    return (
        distinct(forms[1], forms[0], *forms[2:]) if context.previous_word == "w" and len(forms) > 1 else forms
    )


def dotted_ordinal(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a number that its dot makes an ordinal: German "am 3. Oktober"; () where the dot may end a sentence."""
    match = re.fullmatch(r"(\d{1,3})\.", token.strip())
    if match is None or not rules.ordinal_dot:
        return ()
    ranks = numerals.ordinal(match[1], rules, language)
    if ending := rules.decades.get(context.previous_word):
        return tuple((*rank[:-1], rank[-1][:-1] + ending) for rank in ranks[:1])
    if _DAY_OR_MONTH.fullmatch(context.before) or _DAY_OR_MONTH.fullmatch(context.after):
        return _of_date(match[1], ranks, context, rules)
    if not context.after[:1].isalpha():
        return ()
    named = context.previous_word in ("der", "die", "das")
    cases = distinct(*ranks[: 1 if named else 0], *ranks[1:2], *ranks)
    plain = numerals.cardinal(match[1], rules, language)[:1]
    after_article = context.previous_word in _BEFORE_ORDINALS and len(match[1]) < 3
    inside = context.after[0].islower() or context.next_word in rules.month_names or after_article
    return distinct(*cases[:4], *plain) if inside else distinct(*plain, *cases)


def _of_date(digits: str, ranks: Alternatives, context: TokenContext, rules: LanguageRules) -> Alternatives:
    """Say the day or the month of a date in figures with blanks: "3. 10. 2024"."""
    is_month = _DAY_OR_MONTH.fullmatch(context.before) and 1 <= int(digits) <= 12
    names = ((rules.months[int(digits) - 1],),) if is_month else ()
    return distinct(*names, *ranks[1:2], *ranks)


_BEFORE_ORDINALS = word_set("der die das dem den des am im vom zum zur beim bis ab seit dieser")
