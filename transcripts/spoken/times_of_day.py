"""Say times of day: "10:30", "9.02 Uhr", "14h20", "alle 13.30"."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.context import TokenContext, bare
from asdelivered.transcripts.spoken.numerals import distinct

_SURE = re.compile(r"(\d{1,2})(?:[:h]|\s?h\s?)([0-5]\d)(?::[0-5]\d)?")
_LIKELY = re.compile(r"(\d{1,2})\.([0-5]\d)")
"""This may be a decimal number too."""
_BEFORE_HOURS = frozenset({"o", "od", "do"})
_FULL = re.compile(r"(\d{1,2})h")


def time_of_day(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a token that is a time, or only its hour before "Uhr", which says the rest; () for any other token."""
    core = bare(token).lower()
    match = _SURE.fullmatch(core)
    if match is None and _is_clock(context, rules):
        match = _LIKELY.fullmatch(core)
    if match is None or int(match[1]) > 24:
        full = _FULL.fullmatch(core)
        hours = rules.units.get("h", ())
        if full and hours and int(full[1]) <= 24:
            return tuple(
                (*hour, *way) for hour in hour_forms(full[1], rules, language)[:2] for way in hours[:1]
            )
        return ()
    if context.next_word in rules.clock_after and rules.hour_word:
        hour = numerals.cardinal(str(int(match[1])), rules, language)[:2]
        return distinct(*hour[::-1] if match[1] in ("1", "01") else hour)
    return _said(match[1], match[2], context, rules, language)


def minutes_after(context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a word such as "Uhr" with the minutes of the time before it: "9.02 Uhr" is neun, then Uhr zwei."""
    core = context.previous_word
    match = _SURE.fullmatch(core) or _LIKELY.fullmatch(core)
    if match is None or not rules.hour_word:
        return ()
    minutes = numerals.cardinal(str(int(match[2])), rules, language)[:1]
    word = (rules.hour_word,)
    return distinct(*(word + form for form in minutes), word) if int(match[2]) else (word,)


def _is_clock(context: TokenContext, rules: LanguageRules) -> bool:
    after = context.next_word
    return after in rules.clock_after or after in ("am", "pm") or context.previous_word in rules.clock_before


def hour_forms(hours: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say an hour."""
    digits = str(int(hours))
    plain = numerals.cardinal(digits, rules, language)
    if rules.feminine_hours:
        ranks = numerals.ordinal(digits, rules, language)
        feminine = [rank for rank in ranks if rank[-1].endswith(("a", "ej"))]
        return distinct(*feminine[::-1], *plain[:1])
    return plain[:2]


def _said(
    hours: str, minutes: str, context: TokenContext, rules: LanguageRules, language: str
) -> Alternatives:
    hour = hour_forms(hours, rules, language)
    minute = numerals.cardinal(str(int(minutes)), rules, language)[:1]
    if not hour or not minute:
        return ()
    if rules.feminine_hours and _BEFORE_HOURS & {context.previous_word, bare(context.two_before).lower()}:
        # "o siedemnastej", "o godz. 17.30": not in the nominative.
        hour = (*hour[1:2], hour[0], *hour[2:])
    if int(minutes) == 0:
        return _full_hour(int(hours), hour, context, rules, language)
    oh = ("oh",) if language == "en" and int(minutes) < 10 else ()
    forms: list[SpokenForm] = []
    for each in hour:
        if rules.hour_word:
            forms.append((*each, rules.hour_word, *minute[0]))
        elif rules.hour_joiner:
            forms.append((*each, rules.hour_joiner, *minute[0]))
            forms += [(*each, *way, rules.hour_joiner, *minute[0]) for way in rules.units.get("h", ())[:1]]
        forms.append(each + oh + minute[0])
    if language == "en" and int(hours) > 12:
        forms.append((*numerals.cardinal(str(int(hours) - 12), rules, language)[0], *oh, *minute[0]))
    if (
        int(minutes) == 30
        and rules.and_half
        and not rules.feminine_hours
        and language not in ("en", "de", "nl")
    ):
        forms += [(*hour[0], *((rules.hour_word,) if language == "fr" else ()), *rules.and_half[-1])]
    return distinct(*forms, hour[0] + minute[0])


def _full_hour(
    hours: int, hour: Alternatives, context: TokenContext, rules: LanguageRules, language: str
) -> Alternatives:
    if language == "en" and hours > 12:
        twelve = numerals.cardinal(str(hours - 12), rules, language)[0]
        military = (*hour[0], "hundred")
        return distinct(
            military, (*military, "hours"), (*twelve, "o'clock"), (*twelve, "p", "m"), twelve, hour[0]
        )
    if language == "en":
        return distinct((*hour[0], "o'clock"), hour[0])
    word = (rules.hour_word,) if rules.hour_word else rules.units.get("h", ((),))[0]
    if rules.feminine_hours:
        return hour
    with_word = [each + word for each in hour]
    said_before = language == "it" and context.previous_word in rules.clock_before
    return distinct(*hour, *with_word) if said_before else distinct(*with_word, *hour)
