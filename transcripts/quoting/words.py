"""Words of a text and of a quote for comparison, whatever their typography, accents and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|(?:\d+(?:[.,'’]\d+)*)|(?:(?![぀-ヿ㐀-䶿一-鿿가-힯])[^\W\d_])+")
"""Letters, or digits with the marks that group them; in scripts without blanks, each character."""
_ELLIPSIS = re.compile(r"[\[(<{]\s*(?:\.{2,}|…)\s*[\])>}]|\.{2,}|…|(?<=\s)(?:\.\s){2,}\.?")
_ASIDE = re.compile(r"\[(?:sic|!|\?)\]", re.IGNORECASE)
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
_NAMED_SIGNS = frozenset(["dollar", "dollars", "euro", "euros", "pound", "pounds", "percent", "per", "cent"])
"""Words that a text may write as signs."""


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


def quoted_words(quote: str) -> tuple[list[str], list[bool]]:
    """Return the words of a quote, and for each whether the quote marks that something is left out before it."""
    words: list[str] = []
    marked: list[bool] = []
    for number, part in enumerate(_ELLIPSIS.split(_ASIDE.sub(" ", quote))):
        found = comparable_words(part)
        marked += [number > 0 and place == 0 for place in range(len(found))]
        words += found
    return words, marked


def fit_to_vocabulary(
    words: Sequence[str], marked: Sequence[bool], known: Collection[str], follow: Callable[[str, str], bool]
) -> tuple[list[str], list[bool]]:
    """Return the words of a quote, joined or split as the text has them: "war time" as "wartime", and vice versa.

    `known` holds the words of the text; `follow` says of two of them whether the second follows the first anywhere.
    Words for signs ("dollars") that the text lacks are left out. `marked` is kept in step.
    """
    fit: list[str] = []
    marks: list[bool] = []
    at = 0
    while at < len(words):
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) and not marked[at + 1] else ""
        joined = word + after
        parts = [word]
        used = 1
        if after and joined in known and not (word in known and after in known and follow(word, after)):
            parts, used = [joined], 2
        elif word not in known:
            parts = [] if word in _NAMED_SIGNS and len(words) > 1 else _split(word, known, follow) or [word]
        fit += parts
        marks += [marked[at] and place == 0 for place in range(len(parts))]
        at += used
    return (fit, marks) if fit else (list(words), list(marked))


def _split(word: str, known: Collection[str], follow: Callable[[str, str], bool]) -> list[str]:
    for cut in range(2, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if first in known and second in known and follow(first, second):
            return [first, second]
    return []
