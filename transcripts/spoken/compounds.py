"""Words made of a number and an ending: "50-jährig" is fünfzigjährig, "20-letni" is dwudziestoletni."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.numerals import distinct

_COMPOUND = re.compile(r"(\d{1,3})-?([^\W\d_]{2,})")
_POLISH = {
    1: "jedno", 2: "dwu", 3: "trzy", 4: "cztero", 5: "pięcio", 6: "sześcio", 7: "siedmio", 8: "ośmio",
    9: "dziewięcio", 10: "dziesięcio", 11: "jedenasto", 12: "dwunasto", 13: "trzynasto", 14: "czternasto",
    15: "piętnasto", 16: "szesnasto", 17: "siedemnasto", 18: "osiemnasto", 19: "dziewiętnasto",
    20: "dwudziesto", 30: "trzydziesto", 40: "czterdziesto", 50: "pięćdziesięcio", 60: "sześćdziesięcio",
    70: "siedemdziesięcio", 80: "osiemdziesięcio", 90: "dziewięćdziesięcio", 100: "stu",
}  # fmt: skip


def number_compound(core: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say such a token as one word, and as number and ending apart; () for any other."""
    found = _COMPOUND.fullmatch(core)
    if found is None or not rules.number_compounds:
        return ()
    ending = found[2].lower()
    if not ending.startswith(tuple(rules.number_compounds)):
        return ()
    numbers = numerals.cardinal(str(int(found[1])), rules, language)
    apart = [(*form, ending) for form in numbers[:2]]
    if language == "pl":
        stem = _polish_stem(int(found[1]))
        return distinct((stem + ending,), *apart) if stem else tuple(apart)
    joined = [(*form[:-1], form[-1] + ending) for form in numbers[:3]]
    # "100-prozentig" is rather hundertprozentig, "1-jährig" is einjährig.
    joined.sort(key=lambda form: form[-1].startswith(("einhundert", "eins", "éé")))
    return distinct(*joined[:3], *apart)


def _polish_stem(number: int) -> str:
    if number in _POLISH:
        return _POLISH[number]
    tens, ones = number - number % 10, number % 10
    return _POLISH[tens] + _POLISH[ones] if tens in _POLISH and number < 100 and ones else ""
