"""The ways to say one token: its words, numbers and signs together.

A cleaned token is cut into pieces ("$5-10bn" is "$", "5", "-", "10", "bn"). Each piece has its own ways to be said,
and the likeliest combinations of these are the token's. What is glued to a number (a percent sign, a currency, "st",
"bn", "pm") is said with it.
"""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import Alternatives, Currency, LanguageRules
from asdelivered.transcripts.model import SpokenForm
from asdelivered.transcripts.spoken import numerals, spelling
from asdelivered.transcripts.spoken.amounts import (
    MOST_FORMS,
    agree_with_number,
    amount,
    combine,
    currency_with_cents,
    magnitude_with_currency,
    money,
)
from asdelivered.transcripts.spoken.context import TokenContext, bare, joins_next
from asdelivered.transcripts.spoken.numerals import distinct
from asdelivered.transcripts.spoken.orthography import SIGNS
from asdelivered.transcripts.spoken.times_of_day import time_of_day
from asdelivered.transcripts.spoken.whole_tokens import currency_before, whole_token_forms

_NUMBER = r"\d+(?:[.,:']\d+)*"
_PIECE = re.compile(
    rf"{_NUMBER}|[A-Z]{{1,2}}\$|[^\s\d{re.escape(SIGNS)}]+|°[CFcf](?![^\W\d_])|-+|§+|.", re.DOTALL
)
_DOMAINS = "be com de edu es eu fr gov info int io it net nl org uk us"
_WEB = re.compile(rf"(?:https?:/+)?(?:[\w-]+[.@])+(?:{'|'.join(_DOMAINS.split())})(?:[/:].*)?")

_NO_UNITS = ("G", "M")
"""Capitals after a number that are letters or a million ("5G", "8M"), not the units g and m."""


def token_forms(token: str, context: TokenContext, rules: LanguageRules, language: str) -> Alternatives:
    """Return the ways to say a cleaned token, at most `MOST_FORMS`; () where none is known."""
    if token.isascii() and token.isalpha() and token.islower() and token not in rules.read_in_context:
        return ((token,),)
    whole = whole_token_forms(token, context, rules, language) or spelling.abbreviation(token, context, rules)
    return (whole or _PieceReader(token, context, rules, language).read())[:MOST_FORMS]


class _PieceReader:
    """Reads the pieces of one token from left to right, and says each."""

    def __init__(self, token: str, context: TokenContext, rules: LanguageRules, language: str) -> None:
        self.pieces: list[str] = _PIECE.findall(token.strip())
        self.at = 0
        self.context = context
        self.rules = rules
        self.language = language
        self.web = _WEB.fullmatch(bare(token).lower()) is not None
        self.said: list[Alternatives] = []
        self.after_number = False
        """The last thing said is a number, with its sign or unit."""
        self.pending: Currency | None = currency_before(context, rules)
        """A currency whose sign came before its number, and is still to be said."""

    def ahead(self, by: int = 0) -> str:
        """Return the next piece, or the one `by` pieces after it; "" past the ends."""
        at = self.at + by
        return self.pieces[at] if 0 <= at < len(self.pieces) else ""

    def read(self) -> Alternatives:
        """Say all pieces; () where the language lacks words for one of them."""
        while self.at < len(self.pieces):
            piece = self.ahead()
            self.at += 1
            if piece[0].isdecimal():
                if not self.number(piece):
                    return ()
            elif piece[-1] == "$":
                self.sign(piece if piece.lower() in self.rules.currencies else "$")
            elif piece[0] == "°":
                self.sign(piece)
            elif any(map(str.isalpha, piece)):
                self.word(piece)
            else:
                self.sign(piece)
        return combine(self.said)

    def say(self, *forms: SpokenForm) -> None:
        if forms:
            self.said.append(forms)

    def word(self, piece: str) -> None:
        self.after_number = False
        rest = self.ahead(1).strip("'")
        if self.web and piece.lower() in ("http", "https"):
            return
        if self.web and piece.lower() == "www":
            self.say(("w", "w", "w"))
        elif forms := self.glued_abbreviation(piece.lower()):
            self.say(*forms)
        elif (
            self.ahead() == "-"
            and piece.lower() in self.rules.joined_prefixes
            and rest.isalpha()
            and rest.islower()
        ):
            self.say((piece.lower(), rest), (piece.lower() + rest,))
            self.at += 2
        else:
            by_number = self.ahead()[:1].isdecimal() or (
                self.ahead() == "-" and self.ahead(1)[:1].isdecimal()
            )
            shouted = self.context.shouted
            self.say(*spelling.word(piece, self.rules, shouted=shouted, beside_digit=by_number))

    def glued_abbreviation(self, lower: str) -> Alternatives:
        """Say an abbreviation right before a number or a hyphen: "Nr.7", "n°7", "St-Denis"; () for any other piece."""
        mark, following = self.ahead(), self.ahead(1)
        known = self.rules.abbreviations
        if mark == "-" and following[:1].isalpha():
            return known.get(lower + "-", ())
        if mark not in (".", "°") or not following[:1].isdecimal():
            return ()
        forms = (
            known.get(lower + mark) or known.get(lower + "#") or (known.get(lower, ()) if mark == "." else ())
        )
        self.at += 1 if forms else 0
        return forms

    def sign(self, piece: str) -> None:
        rules, following = self.rules, self.ahead()
        behind = self.ahead(-2)
        number_follows = (self.ahead(1) if following in rules.currencies else following)[:1].isdecimal()
        in_range = self.after_number and number_follows
        if piece.lower() in rules.currencies:
            self.currency(rules.currencies[piece.lower()])
        elif piece.lower() in rules.units:
            self.say(*rules.units[piece.lower()])
        elif piece == "%":
            self.say(*rules.percent)
        elif piece[0] == "-" and in_range:
            self.say(*(((rules.range_word,), ()) if rules.range_word else ()))
        elif piece == "-" and not self.said and number_follows:
            self.say(*(((rules.minus,), ()) if rules.minus else ()))
        elif piece == "/" and behind.strip("/:") and following.strip("/"):
            self.say(*(rules.slash[:2] if in_range or self.web else rules.slash))
        elif piece == "." and self.web:
            self.say(*(((rules.dot_word,),) if rules.dot_word else ()))
        elif piece == "#" and following[:1].isdecimal():
            self.say(*((rules.number_sign,) if rules.number_sign else ()))
        else:
            self.say(*rules.signs.get(piece, ()))

    def currency(self, sign: Currency) -> None:
        """Say a currency after its number; before its number, keep it until then."""
        if self.ahead()[:1].isdecimal():
            self.pending = sign
        elif self.after_number or (not self.said and self.is_paid()):
            before = bare(self.context.before)
            few = ((sign.few,),) if sign.few else ()
            forms = agree_with_number((sign.plural, *few, sign.singular), before, self.rules)
            if self.context.previous_word in self.rules.magnitudes:
                forms = (magnitude_with_currency((self.context.previous_word,), sign, self.rules)[1:], *forms)
            cents = () if self.said else currency_with_cents(before, sign, self.rules, self.language)
            self.say(*distinct(*cents, *forms))

    def is_paid(self) -> bool:
        """Return whether the token before is a sum that lacks its currency."""
        paid = (
            bare(self.context.before)[-1:].isdecimal() or self.context.previous_word in self.rules.magnitudes
        )
        return paid and joins_next(self.context.before)

    def number(self, text: str) -> bool:
        """Say a number and what is glued to it; False where the language has no words for it."""
        glued = self.ahead(-2)[-1:].isalpha()
        if self.ahead() == "/" and self.ahead(1).isdecimal() and self.ahead(2) != "/" and text.isdecimal():
            forms = self.fraction(text)
        else:
            alone = self.pending is None and self.ahead() not in ("%", *self.rules.currencies)
            forms = (
                self.with_ending(text)
                or time_of_day(text, TokenContext(after=self.ahead()), self.rules, self.language)
                or amount(text, self.rules, self.language, bare=alone)
            )
        if not forms:
            return False
        if self.context.before.lower() in self.rules.articles and not self.said:
            forms = distinct(*(form[1:] for form in forms if form[0] == "one"), *forms)
        self.after_number = True
        self.finish(text, forms, glued=glued)
        return True

    def fraction(self, top: str) -> Alternatives:
        """Say "1/2"; after a whole number ("10½") an "and" comes first."""
        forms = numerals.simple_fraction(top, self.ahead(1), self.rules, self.language)
        if self.after_number and self.ahead(1) == "2" and top == "1" and self.rules.and_half:
            forms = (*self.rules.and_half, *forms)
        elif self.after_number and self.language == "en":
            forms = tuple(("and", *form) for form in forms[::-1] if form[0] == "a") + tuple(
                ("and", *form) for form in forms if form[0] != "a"
            )
        self.at += 2
        if self.language == "en" and self.ahead() in ("rd", "rds", "th", "ths"):
            self.at += 1
        return forms

    def with_ending(self, text: str) -> Alternatives:
        """Say a number that its ending changes: "21st", "1990s", "2ème", "1990er"."""
        digits, ending = re.sub(r"[,.'](?=\d{3})", "", text), self.ahead().lower()
        if not digits.isdecimal():
            return ()
        if self.ahead() == "." and self.ahead(1).lower() in ("o", "a", "os", "as"):
            # "1.º": cleaning turned the sign into a letter.
            self.at += 1
            ending = self.ahead().lower()
        if ending == "°" and ending in self.rules.ordinal_endings and not self.ahead(1):
            self.at += 1
            plain = numerals.cardinal(digits, self.rules, self.language)[:1]
            degrees = combine([plain, self.rules.signs["°"]])
            return distinct(*numerals.ordinal(digits, self.rules, self.language)[:4], *degrees)
        if ending in self.rules.ordinal_endings and ending != "°":
            self.at += 1
            forms = numerals.ordinal(digits, self.rules, self.language)
            last = [form for form in forms if form[-1].endswith(ending[-1:])]
            return numerals.distinct(*last, *forms)
        if self.language == "en" and ending in ("s", "'s"):
            self.at += 1
            year = numerals.looks_like_year(digits)
            said = numerals.year if year else numerals.cardinal
            return numerals.plural(said(digits, self.rules, self.language))
        if self.language == "de" and ending == "er":
            self.at += 1
            said_year = numerals.year if numerals.looks_like_year(digits) else numerals.cardinal
            return tuple((*form[:-1], form[-1] + "er") for form in said_year(digits, self.rules, "de")[:1])
        return ()

    def finish(self, text: str, forms: Alternatives, *, glued: bool) -> None:
        """Say the number with its unit or "bn", and the currency that came before it."""
        rules, ending = self.rules, self.ahead().lower()
        hyphened = self.ahead(1).lower() if ending == "-" else ""
        rest = "".join(self.pieces[self.at :]).strip(" .,:-")
        joins_next = not rest and bare(self.context.after).lower() in rules.magnitudes
        larger = True
        suffixed = self.pending or self.ahead() in _NO_UNITS or ending not in rules.units
        if ending in rules.magnitude_suffixes and suffixed and not glued:
            self.at += 1
            self.say(*forms)
            self.magnitude(ending)
        elif hyphened in rules.magnitudes:
            self.at += 2
            self.say(*forms)
            self.say((hyphened,))
        else:
            larger = joins_next
            with_cents = (
                money(text, self.pending, rules, self.language) if self.pending and not joins_next else ()
            )
            if with_cents:
                self.say(*with_cents)
                self.pending = None
                return
            self.say(*forms)
            if not glued:
                self.say(*agree_with_number(self.glued_unit(), text, rules))
        if self.pending and not joins_next and not self.is_range():
            one, many = self.pending.singular, self.pending.plural
            self.say(*((one, many) if forms[0] == ("one",) and not larger else (many, one)))
            self.pending = None

    def glued_unit(self) -> Alternatives:
        """Take the unit right after a number: "5km", "100km/h"; () where there is none, as in "5G"."""
        units, unit = self.rules.units, self.ahead().lower()
        per = f"{unit}/{self.ahead(2).lower()}"
        if self.ahead(1) == "/" and per in units:
            self.at += 3
            return units[per]
        if unit in units and self.ahead() not in _NO_UNITS:
            self.at += 1
            return units[unit]
        return ()

    def is_range(self) -> bool:
        """Return whether a dash and the end of a range come next."""
        return self.ahead()[:1] == "-" and self.ahead(1)[:1].isdecimal()

    def magnitude(self, suffix: str) -> None:
        """Say "bn" after its number, and the currency whose sign came before or comes next."""
        word = tuple(self.rules.magnitude_suffixes[suffix].split())
        paid = self.pending
        if paid is None and not self.ahead(1)[:1].isdecimal():
            paid = self.rules.currencies.get(self.ahead())
            self.at += 1 if paid else 0
        if paid is None:
            self.say(word, *([(suffix,)] if len(suffix) == 1 else []))
        elif self.is_range():
            self.say(word)
        else:
            self.say(magnitude_with_currency(word, paid, self.rules), (*word, *paid.singular))
            self.pending = None
