"""The spoken form of a line: what is heard for each of its whitespace-separated tokens.

The text itself is never changed; the spoken form stands beside each token and serves matching only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.brackets import BRACKETS, bracket_kind
from asdelivered.transcripts.continental import DUTCH, FRENCH, GERMAN, ITALIAN, SPANISH
from asdelivered.transcripts.english import ENGLISH
from asdelivered.transcripts.forms import Surroundings, token_forms
from asdelivered.transcripts.model import Token, TokenKind
from asdelivered.transcripts.orthography import clean
from asdelivered.transcripts.rules import LanguageRules

RULES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "nl": DUTCH}
"""By ISO 639-1 code. In any other language words are as written, and numbers as num2words has them."""

_OTHER = LanguageRules()
_LONGEST = 200
"""Characters. Nobody says a longer token; it is noise in the file."""


def speak(words: Sequence[str], language: str, heard: Sequence[str] | None = None) -> tuple[Token, ...]:
    """Give the spoken form of each of a line's `words` (`line.text.split()`): one token each, in order.

    A word of an alternative is lower-case letters (with the marks their script needs) and apostrophes; a
    token has at most six alternatives, likeliest first. Stage directions in brackets, dashes and other
    punctuation on its own are SILENT; "[inaudible]", and a number in a language that num2words lacks, are
    UNKNOWN. `language` is an ISO 639-1 code; a region after it ("en-GB") is ignored. `heard` is what there is
    to hear of each word, where that is not all of it.
    """
    code = re.split(r"[-_]", language.strip().lower())[0]
    rules = RULES.get(code, _OTHER)
    heard, unknown = _without_brackets(words if heard is None else heard)
    cleaned = [clean(word) if len(word) <= _LONGEST else "" for word in heard]
    shouted = _is_shouted(cleaned)
    tokens = []
    for index, (word, text) in enumerate(zip(words, cleaned, strict=True)):
        around = Surroundings(
            before=cleaned[index - 1].strip() if index else "",
            after=cleaned[index + 1].strip() if index + 1 < len(cleaned) else "",
            shouted=shouted,
        )
        spoken = token_forms(text, around, rules, code) if text.strip() else ()
        if spoken:
            kind = TokenKind.WORD
        elif index in unknown or any(map(str.isalnum, heard[index])):
            kind = TokenKind.UNKNOWN
        else:
            kind = TokenKind.SILENT
        tokens.append(Token(word, kind, spoken))
    return tuple(tokens)


def _without_brackets(words: Sequence[str]) -> tuple[list[str], set[int]]:
    """The words without stage directions and [inaudible], and the positions of what was inaudible.

    A bracket that is only an editor's insertion ("[the] Allies", "[t]he") leaves its inside.
    """
    unknown: set[int] = set()
    joined = " ".join(words)
    pieces: list[str] = []
    done = 0
    for bracket in BRACKETS.finditer(joined):
        square = bracket[1] is not None
        inside = bracket[1] if square else bracket[2]
        kind = bracket_kind(inside, square=square)
        pieces.append(joined[done : bracket.start()])
        done = bracket.end()
        if kind is TokenKind.WORD:
            pieces.append(inside)
            continue
        if kind is TokenKind.UNKNOWN:
            first = joined.count(" ", 0, bracket.start())
            unknown.update(range(first, first + bracket[0].count(" ") + 1))
        pieces.append(" " * inside.count(" "))
    pieces.append(joined[done:])
    return "".join(pieces).split(" ") if words else [], unknown


def _is_shouted(cleaned: Sequence[str]) -> bool:
    """Tell whether a line is written in capitals throughout, as stenographers do."""
    words = [word.strip() for word in cleaned]
    words = [word for word in words if sum(map(str.isalpha, word)) >= 2]
    return len(words) >= 3 and sum(word.isupper() for word in words) > 0.6 * len(words)
