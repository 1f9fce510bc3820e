"""Say Roman numbers: those of kings and popes, chapters, centuries and congresses."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import (
    AND,
    YEARS_AND_ORDINALS,
    Alternatives,
    LanguageRules,
    Regnal,
)
from asdelivered.transcripts.spoken import numerals
from asdelivered.transcripts.spoken.context import TokenContext, bare
from asdelivered.transcripts.spoken.dates import dotted_ordinal
from asdelivered.transcripts.spoken.numerals import distinct

_NUMBER = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WITH_ENDING = re.compile(r"(L?[IVX][IVXL]*)(er|re|e|ème|ième|nd|o|a|th)")
_LETTERS = {"L": 50, "X": 10, "V": 5, "I": 1}


def value_of(text: str) -> int | None:
    """Return the value of a Roman number up to 89, as kings and chapters have them; None for anything else."""
    if not text or not _NUMBER.fullmatch(text):
        return None
    values = [_LETTERS[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def roman_number(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Say a token that is a Roman number; () for any other token, and for "I" where that is a word."""
    core = bare(token)
    ending = _WITH_ENDING.fullmatch(core)
    if context.shouted:
        return ()
    if ending and ending[2] in rules.ordinal_endings and (value := value_of(ending[1])):
        return numerals.ordinal(str(value), rules, language)
    value = value_of(core)
    if not value:
        return ()
    counts = numerals.cardinal(str(value), rules, language)[:1]
    ranks = numerals.ordinal(str(value), rules, language)
    letters = tuple(core.lower())
    if context.previous_word in rules.centuries or context.next_word in rules.centuries:
        return distinct(*_agreeing(ranks, context, rules), *counts)
    if context.previous_word in rules.counted or (
        bare(context.before) in AND and value_of(bare(context.two_before))
    ):
        return distinct(*counts, *_with_article(ranks[:1], rules), letters)
    if _is_name(context.before) and (len(core) > 1 or rules.single_regnal or core == "V"):
        of_king = _with_article(ranks[:2], rules) if rules.ordinal_article else ranks[:3]
        cardinal = rules.regnal is Regnal.CARDINAL or (rules.regnal is Regnal.TO_TEN and value > 10)
        return distinct(*(counts + of_king if cardinal else of_king + counts), letters)
    if rules.ordinal_dot and rules.ordinal_article:
        said = dotted_ordinal(f"{value}.", context, rules, language) if token.strip().endswith(".") else ()
        return distinct(*(form for form in said if form not in counts), *(counts if said else ()))
    if rules.rank_before_noun and context.after[:1].isalpha() and (len(core) > 1 or _is_title(core, context)):
        return distinct(*_agreeing(ranks, context, rules)[:4], letters, *counts)
    return ()


def _is_title(core: str, context: TokenContext) -> bool:
    """Return whether one letter stands before a title: "V República", but not the Polish "I" that begins a sentence."""
    return core != "I" and context.after[:1].isupper()


def _with_article(ranks: Alternatives, rules: LanguageRules) -> Alternatives:
    return tuple((rules.ordinal_article, *rank) for rank in ranks) if rules.ordinal_article else ranks


def _is_name(before: str) -> bool:
    """Return whether the token before may be the name of a king: not an article that begins a sentence."""
    return before[:1].isupper() and before[-1:].isalpha() and before.lower() not in YEARS_AND_ORDINALS


def _agreeing(ranks: Alternatives, context: TokenContext, rules: LanguageRules) -> Alternatives:
    """Put first the ordinals whose ending agrees with the noun's: "II guerra" is segunda guerra."""
    ending = next((mine for noun, mine in rules.agreement.items() if context.next_word.endswith(noun)), None)
    if rules.year_ordinal and context.previous_word == "w" and context.next_word in rules.centuries:
        ending = "m"
    return tuple(sorted(ranks, key=lambda rank: ending is not None and not rank[-1].endswith(ending)))
