"""Say hashtags and names of accounts: "#MeToo" is hashtag me too."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.amounts import combine
from asdelivered.transcripts.spoken.numerals import distinct
from asdelivered.transcripts.spoken.orthography import words_of

_TAG = re.compile(r"([#@])([^\W\d]\w*)")
_PART = re.compile(r"\d+|[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[^\W\dA-ZÀ-Þ_]+|[^\W\d_]+")


def hashtag(core: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say a hashtag, split into words at its capitals, with its sign or without; () for any other token."""
    found = _TAG.fullmatch(core)
    if found is None:
        return ()
    parts = [
        numerals.cardinal(part, rules, language)[:2] if part.isdecimal() else (words_of(part),)
        for part in _PART.findall(found[2])
    ]
    if not all(parts):
        return ()
    sign = (("hashtag",),) if found[1] == "#" else rules.signs.get("@", ())
    apart, whole = combine(parts), words_of(found[2])
    return distinct(*(way + form for way in sign[:1] for form in apart[:2]), *apart[:2], whole)
