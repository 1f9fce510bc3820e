"""Say words made of a number and an ending: "50-jährig" is fünfzigjährig, "20-letni" is dwudziestoletni."""

from __future__ import annotations

import re
from collections.abc import Mapping

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.numerals import distinct

_COMPOUND = re.compile(r"(\d{1,3})-?([^\W\d_]{2,})")


def number_compound(core: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say such a token as one word, and as a number and its ending apart; () for any other token."""
    found = _COMPOUND.fullmatch(core)
    if found is None or not rules.number_compounds:
        return ()
    ending = found[2].lower()
    if not ending.startswith(tuple(rules.number_compounds)):
        return ()
    numbers = numerals.cardinal(str(int(found[1])), rules, language)
    apart = [(*form, ending) for form in numbers[:2]]
    if rules.number_stems:
        stem = _stem(int(found[1]), rules.number_stems)
        return distinct((stem + ending,), *apart) if stem else tuple(apart)
    joined = [(*form[:-1], form[-1] + ending) for form in numbers[:3]]
    # "100-prozentig" is hundertprozentig rather than einhundertprozentig; "1-jährig" is einjährig.
    joined.sort(key=lambda form: form[-1].startswith(("einhundert", "eins", "éé")))
    return distinct(*joined[:3], *apart)


def _stem(number: int, stems: Mapping[int, str]) -> str:
    """How a number begins a compound: itself, or its tens and its ones; "" for one without a stem."""
    if number in stems:
        return stems[number]
    tens, ones = number - number % 10, number % 10
    return stems[tens] + stems[ones] if tens in stems and number < 100 and ones else ""
