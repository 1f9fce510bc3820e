"""Say numbers in any language that num2words knows.

Every function returns the ways to say a number, likeliest first, and () where num2words lacks the language or the size
of the number: no form is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.spoken.orthography import clean, words_of

LARGEST = 10**15
"""From here on, a number is read digit by digit: several languages of num2words end near here."""
LONGEST = 40
"""Digits of the longest number that is said at all."""

_UNSPEAKABLE = (NotImplementedError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)
"""What num2words raises for a number or a form that a language lacks."""


def distinct(*forms: SpokenForm) -> Alternatives:
    """Return the forms in order, without empty and repeated ones."""
    return tuple(dict.fromkeys(form for form in forms if form))


@cache
def say(number: int | str, form: str, language: str) -> SpokenForm:
    """Say a number as a "cardinal", an "ordinal" or a "year"; () where num2words cannot."""
    from num2words import CONVERTER_CLASSES, num2words  # and with it fifty languages

    if language not in CONVERTER_CLASSES or (isinstance(number, int) and number >= LARGEST):
        return ()
    try:
        return words_of(clean(str(num2words(number, lang=language, to=form))))
    except _UNSPEAKABLE:
        return ()


def cardinal(digits: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say a whole number, given as its digits: "184", "007"."""
    if len(digits) > LONGEST:
        return ()
    number = int(digits)
    if number >= LARGEST or (len(digits) > 1 and digits.startswith("0")):
        return digit_by_digit(digits, language)
    said = say(number, "cardinal", language)
    if language == "en":
        return _english_cardinals(number, said)
    others = [(*said[:-1], last) for last in rules.number_cases.get(said[-1], ())] if said else []
    if language == "de" and said and said[0].startswith(("einhundert", "eintausend")):
        others.append((said[0].removeprefix("ein"), *said[1:]))
    return distinct(said, *others, *(say(number, "cardinal", variant) for variant in rules.variants))


def digit_by_digit(digits: str, language: str) -> Alternatives:
    """Say each digit on its own."""
    said = [say(int(digit), "cardinal", language) for digit in digits[:LONGEST]]
    if not all(said):
        return ()
    form = tuple(word for words in said for word in words)
    oh = tuple("oh" if word == "zero" else word for word in form) if language == "en" else ()
    return distinct(form, oh)


def ordinal(digits: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say "21" as "twenty first": the dictionary form first, then other cases and genders."""
    if len(digits) > LONGEST:
        return ()
    said = say(int(digits), "ordinal", language)
    if language == "en":
        return distinct(_without_and(said), said)
    return distinct(said, *(_in_case(said, case) for case in rules.ordinal_cases)) if said else ()


def _in_case(said: SpokenForm, case: Mapping[str, str]) -> SpokenForm:
    """Return an ordinal in another case: its last words that have one of the endings, with that replaced."""
    endings = sorted(case.items(), key=lambda pair: -len(pair[0]))
    words = list(said)
    for at in range(len(words) - 1, -1, -1):
        found = next((pair for pair in endings if words[at].endswith(pair[0])), None)
        if found is None:
            break
        words[at] = words[at].removesuffix(found[0]) + found[1]
    return tuple(words)


def year(digits: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say four digits that may be a year."""
    number = int(digits)
    plain = cardinal(digits, rules, language)
    if language == "en":
        return distinct(*_english_years(number), *plain)
    pairs = _in_hundreds(number, rules, language)
    return distinct(say(number, "year", language), *plain[:2], *pairs)


def _in_hundreds(number: int, rules: LanguageRules, language: str) -> Alternatives:
    """Say 1945 in hundreds: French "dix-neuf cent quarante-cinq", Dutch "negentien vijfenveertig"."""
    high, low = say(number // 100, "cardinal", language), say(number % 100, "cardinal", language)
    hundred = say(100, "cardinal", language)
    if language == "fr" and number < 2000:
        return (high + hundred + low,) if number % 100 else (high + hundred,)
    return (high + low,) if language in ("nl", "de") and number % 100 >= 10 else ()


def looks_like_year(digits: str) -> bool:
    """Return whether digits without marks look like a year."""
    return len(digits) == 4 and 1100 <= int(digits) <= 2099


def decimal(whole: str, fraction: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say "2" and "5" as "two point five"; `fraction` holds the digits after the mark."""
    if not rules.decimal_word:
        return (
            distinct(say(f"{whole}.{fraction}", "cardinal", language)) if len(whole + fraction) < 15 else ()
        )
    point = (rules.decimal_word,)
    wholes, each = cardinal(whole, rules, language), digit_by_digit(fraction, language)
    if not wholes or not each:
        return ()
    whole_number = [] if fraction.startswith("0") else [cardinal(fraction, rules, language)[0]]
    forms = [wholes[0] + point + each[0]]
    if language == "en":
        forms += [point + each[0]] if int(whole) == 0 else []
        forms += [wholes[0] + ("and", "a", "half")] if fraction == "5" else []
        forms += [wholes[0] + point + other for other in each[1:]]
    if len(fraction) in (2, 3) and whole_number:
        read = [wholes[0] + point + way for way in whole_number]
        # English reads the digits after the mark one by one, other languages as a number.
        forms = forms + read if language == "en" else read + forms
    if fraction == "5":
        forms += [wholes[0] + way for way in rules.and_half]
        forms[1:1] = rules.one_and_half if whole == "1" else ()
    return distinct(*forms)


def plural(forms: Alternatives) -> Alternatives:
    """Return the English plurals of numbers: "nineteen nineties"."""
    return distinct(*((*form[:-1], _english_plural(form[-1])) for form in forms))


def simple_fraction(top: str, bottom: str, rules: LanguageRules, language: str) -> Alternatives:
    """Say "3" over "4" as "three quarters"; just both numbers where the language has no word for the part."""
    tops, bottoms = cardinal(top, rules, language), cardinal(bottom, rules, language)
    if not tops or not bottoms:
        return ()
    plain = tops[0] + bottoms[0]
    if not int(top) < int(bottom) <= 100 or int(top) == 0:
        return distinct(plain)
    if language != "en":
        part = rules.fractions.get(int(bottom))
        counts = ((rules.one_part,),) if int(top) == 1 and rules.one_part else tops[:1]
        found: list[SpokenForm] = [(*count, part[int(top) > 1]) for count in counts] if part else []
        if (top, bottom) == ("1", "2"):
            found[:0] = rules.half
        ranks = [tops[0] + rank for rank in ordinal(bottom, rules, language)[:1]]
        return distinct(*found, *([] if part else ranks), plain)
    parts = {2: [("half",)], 4: [("quarter",), ("fourth",)]}.get(
        int(bottom), list(ordinal(bottom, rules, "en"))
    )
    if int(top) == 1:
        forms = [count + part for part in parts for count in (("one",), ("a",))]
    else:
        forms = [tops[0] + part for part in plural(tuple(parts))]
    return distinct(*forms, tops[0] + ("out", "of") + bottoms[0], plain)


# English has ways of its own: "and" or not, "a hundred", "fifteen hundred", "twenty oh eight".


def _without_and(form: SpokenForm) -> SpokenForm:
    return tuple(word for word in form if word != "and")


def _english_plural(word: str) -> str:
    if word.endswith("y"):
        return word[:-1] + "ies"
    if word == "half":
        return "halves"
    return word + ("es" if word.endswith("x") else "s")


def _english_pair(number: int) -> SpokenForm:
    """Say two digits within a longer number: 5 is "oh five"."""
    return ("oh", *say(number, "cardinal", "en")) if number < 10 else say(number, "cardinal", "en")


def _english_cardinals(number: int, said: SpokenForm) -> Alternatives:
    forms = [_without_and(said), said]
    if said[:1] == ("one",) and number >= 100:
        forms.append(("a", *said[1:]))
    hundreds, rest = divmod(number, 100)
    if 1100 <= number <= 9999 and rest >= 10:
        # As in "Resolution 2254".
        forms.insert(1, say(hundreds, "cardinal", "en") + say(rest, "cardinal", "en"))
    if 1100 <= number <= 9999 and hundreds % 10:
        forms += _in_english_hundreds(hundreds, rest)
    if 100 < number < 1000 and rest:
        forms.append(say(hundreds, "cardinal", "en") + _english_pair(rest))
    return distinct(*forms)


def _in_english_hundreds(hundreds: int, rest: int) -> list[SpokenForm]:
    """Say 1,250 in hundreds: "twelve hundred and fifty"."""
    high = (*say(hundreds, "cardinal", "en"), "hundred")
    low = say(rest, "cardinal", "en")
    return [(*high, "and", *low), high + low] if rest else [high]


def _english_years(number: int) -> Alternatives:
    century, rest = divmod(number, 100)
    high = say(century, "cardinal", "en")
    if number == 2000:
        return ()
    if 2000 < number < 2010:
        last = say(rest, "cardinal", "en")
        return distinct(
            ("two", "thousand", *last), ("two", "thousand", "and", *last), (*high, "oh", *last), high + last
        )
    if rest == 0:
        return distinct((*high, "hundred"))
    return distinct(high + _english_pair(rest))
