"""The spoken form of a line: the words heard for each of its whitespace-separated tokens.

The text itself is never changed. The spoken form lies beside each token and serves matching only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Self, cast

from asdelivered.transcripts.brackets import BRACKETS, bracket_kind
from asdelivered.transcripts.languages import rules_of
from asdelivered.transcripts.languages.rules import Alternatives
from asdelivered.transcripts.model import Token, TokenKind
from asdelivered.transcripts.spoken.context import TokenContext, bare
from asdelivered.transcripts.spoken.orthography import clean
from asdelivered.transcripts.spoken.spaced_abbreviations import is_abbreviation_part
from asdelivered.transcripts.spoken.token_forms import token_forms
from asdelivered.transcripts.spoken.whole_tokens import is_unsaid_currency, is_unsaid_group

_NEEDS_CONTEXT = re.compile(r"[\d$€£¥%#§]")
_ROMAN = re.compile(r"L?[IVX][IVXL]*(?:er|re|e|ème|ième|nd|o|a|th)?$")
_ORDINARY = re.compile(r"[“‘\"']?[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?”’\"']{0,2}")
_MOST_WORDS = 200_000
_LONGEST = 200
"""Characters. Nobody says a longer token; it is noise in the file."""


def speak(words: Sequence[str], language: str, heard: Sequence[str] | None = None) -> tuple[Token, ...]:
    """Return a token with its spoken forms for each of a line's `words` (`line.text.split()`), in order.

    A token has at most six forms, likeliest first; their words are lower-case letters (with the marks their script
    needs) and apostrophes. Stage directions in brackets, dashes and other punctuation on its own are SILENT;
    "[inaudible]", and a number in a language that num2words lacks, are UNKNOWN. `language` is an ISO 639-1 code; a
    region after it ("en-GB") is ignored. `heard` is the audible part of each word, where that is not all of it.
    """
    code = _code(language)
    heard, unknown = _without_brackets(words if heard is None else heard)
    shouted = _is_shouted(heard)
    known = _tokens_of(shouted, code).in_bounds()
    plain = [*map(known.__getitem__, heard)]
    if heard is words and not unknown:
        if known.in_context.isdisjoint(heard):
            return tuple(cast(list[Token], plain))
        others = [index for index, token in enumerate(plain) if token is None]
    else:
        others = [
            index
            for index, (word, token) in enumerate(zip(words, plain, strict=True))
            if token is None or token.text != word or index in unknown
        ]
    for index in others:
        plain[index] = _token(words[index], heard, index, index in unknown, shouted, code)
    return tuple(cast(list[Token], plain))


@lru_cache(maxsize=256)
def _code(language: str) -> str:
    return re.split(r"[-_]", language.strip().lower())[0]


class _PlainTokens(dict[str, Token | None]):
    """The tokens of words whose neighbours don't matter; None for words whose neighbours may.

    Most words of a page occur again and again, so each is worked out once.
    """

    def __init__(self, shouted: bool, language: str) -> None:
        super().__init__()
        self._shouted = shouted
        self._language = language
        self.in_context: set[str] = set()
        """The words whose token is None."""

    def __missing__(self, word: str) -> Token | None:
        self[word] = found = self.work_out(word)
        if found is None:
            self.in_context.add(word)
        return found

    def in_bounds(self) -> Self:
        """Forget everything once there is too much; call this before a line, not within it."""
        if len(self) > _MOST_WORDS:
            self.clear()
            self.in_context.clear()
        return self

    def work_out(self, word: str) -> Token | None:
        """Return the token of a word that is new."""
        return _plain_token(word, self._shouted, self._language)


class OrdinaryWords(_PlainTokens):
    """The tokens of ordinary words: letters, with the punctuation of a sentence.

    A line of such words is said word by word, unless it may be in capitals as a whole. A word that a Roman number may
    follow is not ordinary.
    """

    def __init__(self, language: str) -> None:
        code = _code(language)
        super().__init__(shouted=False, language=code)
        rules = rules_of(code)
        self._before_numbers = rules.counted | rules.centuries
        self._lone_capitals = frozenset("A" if rules.single_regnal or rules.rank_before_noun else "AI")
        self._in_capitals: set[str] = set()

    def in_bounds(self) -> Self:
        """Forget everything once there is too much; call this before a line, not within it."""
        if len(self) > _MOST_WORDS:
            self._in_capitals.clear()
        return super().in_bounds()

    def speak(self, words: Sequence[str]) -> tuple[Token, ...] | None:
        """Return the tokens of a line of ordinary words, as the function `speak` does; None for any other line."""
        if len(self) > _MOST_WORDS:
            self.in_bounds()
        tokens = tuple(map(self.__getitem__, words))
        if not self.in_context.isdisjoint(words):
            return None
        if not self._in_capitals.isdisjoint(words) and _is_shouted(words):
            return None
        return cast(tuple[Token, ...], tokens)

    def work_out(self, word: str) -> Token | None:
        """Return the token of a word that is new; None where it is not an ordinary word."""
        if word in self._lone_capitals:
            return Token(word, TokenKind.WORD, ((word.lower(),),))
        if not _ORDINARY.fullmatch(word) or ".." in word:
            return None
        if word.isupper():
            self._in_capitals.add(word)
        token = (
            _tokens_of(False, self._language)[word]
            if bare(word).lower() not in self._before_numbers
            else None
        )
        return token if token and token.kind is TokenKind.WORD else None


@lru_cache(maxsize=32)
def _tokens_of(shouted: bool, language: str) -> _PlainTokens:
    return _PlainTokens(shouted, language)


def _plain_token(word: str, shouted: bool, language: str) -> Token | None:
    rules = rules_of(language)
    text = _cleaned(word)
    core = bare(text)
    elided, _, rest = core.lower().rpartition("'")
    lower = rest if elided in rules.elided else core.lower()
    in_context = lower in rules.read_in_context or rules.abbreviations.keys() & {f"{lower}.", f"{lower}#"}
    if in_context or is_abbreviation_part(text, rules) or _NEEDS_CONTEXT.search(text) or _ROMAN.match(core):
        return None
    spoken = token_forms(text, TokenContext(shouted=shouted), rules, language) if text.strip() else ()
    if spoken:
        return Token(word, TokenKind.WORD, spoken)
    return None if any(map(str.isalnum, word)) else Token(word, TokenKind.SILENT, ())


def _token(word: str, heard: Sequence[str], index: int, unknown: bool, shouted: bool, language: str) -> Token:
    """Return the token of a word among the others of its line; `heard[index]` is the audible part of it."""
    before, after, earlier, later = (
        _what_matters(heard[at], language) if 0 <= at < len(heard) else ""
        for at in (index - 1, index + 1, index - 2, index + 2)
    )
    spoken, unsaid = _forms(_cleaned(heard[index]), before, after, earlier, later, shouted, language)
    if spoken:
        return Token(word, TokenKind.WORD, spoken)
    if not unsaid and (unknown or any(map(str.isalnum, heard[index]))):
        return Token(word, TokenKind.UNKNOWN, ())
    return Token(word, TokenKind.SILENT, ())


@lru_cache(maxsize=50_000)
def _forms(
    text: str, before: str, after: str, earlier: str, later: str, shouted: bool, language: str
) -> tuple[Alternatives, bool]:
    """Return the ways to say a cleaned word, and whether it is said with another word instead."""
    rules = rules_of(language)
    context = TokenContext(before, after, earlier, later, shouted)
    if is_unsaid_currency(text, context, rules) or is_unsaid_group(text, context):
        return (), True
    return (token_forms(text, context, rules, language) if text.strip() else ()), False


@lru_cache(maxsize=100_000)
def _what_matters(word: str, language: str) -> str:
    """Return what of a word matters to its neighbours: all of it, or a stand-in with the same case and last letter.

    With few stand-ins, the cache of `_forms` serves many more words.
    """
    text = _cleaned(word).strip()
    core, rules = bare(text), rules_of(language)
    if not text or _NEEDS_CONTEXT.search(text) or _ROMAN.match(core):
        return text
    if core.lower() in rules.neighbours or is_abbreviation_part(text, rules):
        return text
    first = "X" if text[0].isupper() else "x" if text[0].isalpha() else text[0]
    return first + text[-1].lower()


@lru_cache(maxsize=100_000)
def _cleaned(word: str) -> str:
    return clean(word) if len(word) <= _LONGEST else ""


def _without_brackets(words: Sequence[str]) -> tuple[Sequence[str], set[int]]:
    """Return the words without stage directions and [inaudible], and the positions of what was inaudible.

    Of an editor's insertion ("[the] Allies", "[t]he") only the brackets go.
    """
    unknown: set[int] = set()
    joined = " ".join(words)
    if "[" not in joined and "(" not in joined:
        return words, unknown
    pieces: list[str] = []
    done = 0
    for bracket in BRACKETS.finditer(joined):
        square = bracket[1] is not None
        inside = bracket[1] if square else bracket[2]
        kind = bracket_kind(inside, square=square)
        pieces.append(joined[done : bracket.start()])
        done = bracket.end()
        if kind is TokenKind.WORD:
            # "51(2)" is two numbers in one token.
            apart = joined[: bracket.start()][-1:].isdecimal() and inside[:1].isdecimal()
            pieces.append(f"\N{NO-BREAK SPACE}{inside}" if apart else inside)
            continue
        if kind is TokenKind.UNKNOWN:
            first = joined.count(" ", 0, bracket.start())
            unknown.update(range(first, first + bracket[0].count(" ") + 1))
        pieces.append(" " * inside.count(" "))
    pieces.append(joined[done:])
    return "".join(pieces).split(" ") if words else [], unknown


def _is_shouted(heard: Sequence[str]) -> bool:
    """Return whether a line is in capitals throughout, as stenographers write."""
    if len(heard) < 3 or sum(map(str.isupper, heard)) < max(3, 0.3 * len(heard)):
        return False
    words = [word for word in map(_cleaned, heard) if sum(map(str.isalpha, word)) >= 2]
    return len(words) >= 3 and sum(word.strip().isupper() for word in words) > 0.6 * len(words)
