"""Reduce typography to what matters for speech: letters, digits, apostrophes and a few signs."""

from __future__ import annotations

import re
import unicodedata

from asdelivered.transcripts.model import SpokenForm

SIGNS = "$€£¥%&@#+=°§~<>≤≥±×/.,:-"
"""The signs that `clean` keeps: they are said, or they join what is."""

_APOSTROPHES = dict.fromkeys(map(ord, "’´`ʼʻ′ʹ＇\u2018\u201b"), "'")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2212\ufe63\uff0d"), "-") | dict.fromkeys(
    map(ord, "\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe58"), "--"
)
_FRACTIONS = {ord(one): f" {one}" for one in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_NUMBER_MARK = re.compile(r"\b([Nn])[ºᵒ]")
"""The superscript of "nº", which would otherwise be read as the word "no"."""
_BEFORE = _APOSTROPHES | _DASHES | _FRACTIONS | {ord("…"): " ", ord("\u2044"): "/"}
_AFTER = {ord("\u2044"): "/", ord("`"): "'", ord("´"): "'", ord("’"): "'"}
_PLAIN = re.compile(r"[A-Za-z]+")
_WORD = re.compile(rf"[^\s\d{re.escape(SIGNS)}']+(?:'[^\s\d{re.escape(SIGNS)}']+)*")


def _kept(letter: str) -> str:
    """Return the character if it is kept, "" for an invisible one, a blank for any other."""
    if letter.isascii() and (letter.isalnum() or letter in SIGNS or letter == "'"):
        return letter
    category = unicodedata.category(letter)
    if category[0] in "LM" or category == "Nd" or letter in SIGNS:
        return letter
    return "" if category == "Cf" else " "


def clean(text: str) -> str:
    """Return a text with one way to write each apostrophe, hyphen, ligature and fraction; a dash is "--".

    Only letters with their marks, decimal digits, apostrophes, `SIGNS` and blanks are left.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _NUMBER_MARK.sub(r"\1°", text).translate(_BEFORE)
    text = unicodedata.normalize("NFKC", text).translate(_AFTER)
    return "".join(map(_kept, text))


def words_of(text: str) -> SpokenForm:
    """Return the words of a cleaned text in lower case: letters, marks and inner apostrophes."""
    words = _WORD.findall(unicodedata.normalize("NFC", text.lower()))
    return tuple(word for word in words if any(map(str.isalpha, word)))
