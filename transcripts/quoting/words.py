"""Words of a text and of a quote for comparison, whatever their typography, accents and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache

_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|(?:\d+(?:[.,'’]\d+)*)|(?:(?![぀-ヿ㐀-䶿一-鿿가-힯])[^\W\d_])+")
"""Letters, or digits with the marks that group them; in scripts without blanks, each character."""
_IGNORED = str.maketrans("", "", "'’´`ʼʻ′‘‛\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ACCENT = re.compile("[\u0300-\u036f]")
_SPELLINGS = (
    # One spelling for what British and American English spell differently. A few other words change too, which does no
    # harm: they change in the text and in the quote.
    (re.compile(r"(?<=\w{3})is(?=(?:e[sd]?|ers?|ing|ations?|ational)$)"), "iz"),
    (re.compile(r"(?<=\w{2}[bdglmnpvy])ou(?=r(?:s|ed|ing|able|abl[ey]|ites?|hoods?|ful|less)?$)"), "o"),
    (re.compile(r"(?<=\w{2})enc(?=e[sd]?$)"), "ens"),
    (re.compile(r"(?<=\w{2}[tb])re(?=[sd]?$)"), "er"),
    (re.compile(r"(?<=\w{2})ll(?=(?:ed|ing|ers?|ment|ments)$)"), "l"),
    (re.compile(r"(?<=[lr])ys(?=(?:e[sd]?|ing)$)"), "yz"),
    (re.compile(r"(?<=\w{2}og)ue(?=s?$)"), ""),
    (re.compile(r"(?<=^program)me(?=s?$)"), ""),
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_NUMBERS |= {
    word: f"{tens}0"
    for tens, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}


def comparable_words(token: str) -> list[str]:
    """Return the words of a token for comparison: lower case, no accents, "10.000" as "10000", "defence" as "defense".

    A token may have several words, or none.
    """
    if token.isascii() and token.isalpha():
        return [_unified(token.lower())]
    plain = unicodedata.normalize("NFKD", token.translate(_IGNORED)).casefold()
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", plain))
    return [_unified(re.sub(r"[.,]", "", word)) for word in _WORD.findall(plain)]


@lru_cache(maxsize=100_000)
def _unified(word: str) -> str:
    if word in _NUMBERS:
        return _NUMBERS[word]
    if len(word) > 5 and word.isascii():
        for pattern, instead in _SPELLINGS:
            word = pattern.sub(instead, word)
    return word


def split_word(word: str, known: Collection[str], follow: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Return a word as two of the text's words that follow each other there; () if it is not two such words."""
    for cut in range(2, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if first in known and second in known and follow(first, second):
            return first, second
    return ()
