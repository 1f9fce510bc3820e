"""Say words: plain words, acronyms, abbreviations."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken.context import TokenContext
from asdelivered.transcripts.spoken.numerals import distinct
from asdelivered.transcripts.spoken.orthography import words_of
from asdelivered.transcripts.spoken.roman_numbers import value_of

_LONGEST_ACRONYM = 8
_MIXED = re.compile(r"[A-Z]{1,2}([a-z]{1,2})[A-Z]{1,2}")
"""An acronym with small letters in it: "AfD", "GmbH". A vowel among them makes it a word: "PiS"."""
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+(?:[^\W\d_]|[^\W\d_]\.)(?:'s)?")


def word(text: str, rules: LanguageRules, *, shouted: bool, beside_digit: bool = False) -> Alternatives:
    """Say one run of letters and apostrophes.

    Capitals alone are an acronym ("EU", "MEPs", "NATO's") unless the whole line is `shouted`; glued to a
    number ("F16") they are always spelt out.
    """
    elided, _, rest = text.rpartition("'")
    if rest and elided.lower() in rules.elided:
        return _after_elision(elided.lower(), word(rest, rules, shouted=shouted, beside_digit=beside_digit))
    plain = words_of(text)
    stem, ending = _acronym(text.strip("'"))
    if not stem:
        mixed, letters = _MIXED.fullmatch(text), tuple(text.lower())
        if mixed is None:
            return distinct(plain)
        return distinct(plain, letters) if set(mixed[1]) & set("aeiou") else distinct(letters, plain)
    letters = tuple(stem.lower())
    letters = (*letters[:-1], letters[-1] + ending)
    if beside_digit and len(stem) <= 3 and stem.lower() not in rules.acronym_words:
        return distinct(letters)
    if shouted and _can_be_said(stem):
        return distinct(plain, letters) if len(stem) <= 3 else distinct(plain)
    if _is_said_as_word(stem, rules):
        return distinct(plain, letters)
    return distinct(letters, plain) if len(stem) <= _LONGEST_ACRONYM else distinct(plain)


def abbreviation(token: str, context: TokenContext, rules: LanguageRules) -> Alternatives:
    """Say a whole token that is an abbreviation: "Dr.", "e.g.", "U.S."; () for any other token.

    "art." may be a word that ends a sentence. So an abbreviation that needs its dot may be said as written too, and
    that comes first unless it has a capital or a number beside it.
    """
    core = token.strip(" ,:-")
    elided, _, rest = core.rpartition("'")
    if elided and elided.lower() in rules.elided:
        return _after_elision(elided.lower(), abbreviation(rest, context, rules))
    bare = core.rstrip(".").lower()
    if bare in rules.abbreviations:
        return rules.abbreviations[bare]
    if context.after[:1].isdecimal() and bare + "#" in rules.abbreviations:
        return distinct(*rules.abbreviations[bare + "#"], words_of(bare))
    if core.endswith(".") and bare + "." in rules.abbreviations:
        expanded, plain = rules.abbreviations[bare + "."], words_of(bare)
        beside_number = context.after[:1].isdecimal() or context.previous_word[-1:].isdecimal()
        likely = core[0].isupper() or beside_number or value_of(context.before) is not None
        return distinct(*expanded, plain) if likely else distinct(plain, *expanded)
    ending = f"-{bare[-3:]}."
    if core.endswith(".") and ending in rules.abbreviations:
        return tuple((bare[:-3] + word,) for (word,) in rules.abbreviations[ending])
    if _DOTTED.fullmatch(core) is None:
        return ()
    letters = [letter.lower() for letter in core.removesuffix("'s") if letter.isalpha()]
    letters[-1] += "'s" if core.endswith("'s") else ""
    return distinct(words_of(" ".join(letters)))


def _after_elision(elided: str, forms: Alternatives) -> Alternatives:
    """Join an elided article to the first word after it: "l'art." is l'article."""
    return distinct(*((f"{elided}'{form[0]}", *form[1:]) for form in forms))


def _acronym(text: str) -> tuple[str, str]:
    """Split "NATO's" into its capitals and what is said after the last letter: ("NATO", "'s")."""
    for ending in ("'s", "s'", "s"):
        stem = text.removesuffix(ending)
        if stem != text and len(stem) >= 2 and stem.isalpha() and stem.isupper():
            return stem, "'s"
    if len(text) >= 2 and text.isalpha() and text.isupper():
        return text, ""
    return "", ""


def _can_be_said(stem: str) -> bool:
    """Return whether the letters look like a word: a vowel, and no more than three consonants in a row."""
    vowels = "AEIOUYÄÖÜÉÈÊÁÍÓÚÅÆØ"
    consonants = "".join("." if letter in vowels else "c" for letter in stem)
    return "." in consonants and "cccc" not in consonants


def _is_said_as_word(stem: str, rules: LanguageRules) -> bool:
    if stem.lower() in rules.acronym_words or not stem.isascii():
        return True
    return len(stem) >= 4 and _can_be_said(stem)
