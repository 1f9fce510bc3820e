"""The ways in which a text's words may be said: "10.000" is "ten thousand", "we're" is "we are".

The search looks these phrases up in a quote. So a number is found however it is written, in any language that has
spoken forms (transcripts.spoken), and numbers are never guessed from words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from asdelivered.transcripts.languages import rules_of
from asdelivered.transcripts.languages.rules import LanguageRules
from asdelivered.transcripts.quoting.contractions import CONTRACTIONS, german_long_forms
from asdelivered.transcripts.quoting.words import comparable_words

Words = tuple[str, ...]
SAID_OTHERWISE = re.compile(r"[\d$€£¥%‰#§°]")
"""What a token has that is not said as it is written."""
_SIGNS = re.compile(r"[^\w.,:']+")
_AROUND = 2
"""Tokens on either side that may matter to how a number is said."""


@dataclass(frozen=True)
class Phrases:
    """The ways to say some of a text's words. `written` maps a phrase to what it may stand for in the text.

    What it stands for has no words where a text has a sign: "percent" for "%". `longest` is the most words of a phrase.
    """

    written: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    contracted: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    longest: int = 0


def phrases_of(tokens: Sequence[str], vocabulary: Collection[str], language: str | None) -> Phrases:
    """Return the phrases of a text, given as tokens, whose words for comparison are `vocabulary`.

    Without a language there are only English contractions.
    """
    contracted: dict[Words, dict[Words, None]] = {}
    code = language.partition("-")[0] if language else None
    if code in (None, "en"):
        for short, longs in CONTRACTIONS.items():
            if short in vocabulary:
                for long in longs:
                    contracted.setdefault(long, {})[(short,)] = None
    if code == "de":
        for token in dict.fromkeys(tokens):
            for long in german_long_forms(token):
                contracted.setdefault(long, {})[tuple(comparable_words(token))] = None
    written: dict[Words, dict[Words, None]] = {}
    if language is not None:
        for said, words in _numbers(tokens, language):
            if said and said != words:
                written.setdefault(said, {})[words] = None
    return Phrases(
        {said: tuple(words) for said, words in written.items()},
        {said: tuple(words) for said, words in contracted.items()},
        max(map(len, [*written, *contracted]), default=0),
    )


def spoken_words(tokens: Sequence[str], language: str) -> list[tuple[Words, ...]]:
    """Return for each token the ways in which it is said, as words for comparison, likeliest first."""
    from asdelivered.transcripts.spoken.lines import speak  # num2words takes 0.1 s, and few quotes need it

    return [
        tuple(
            dict.fromkeys(
                tuple(part for word in form for part in comparable_words(word)) for form in token.spoken
            )
        )
        for token in speak(tokens, language)
    ]


def _numbers(tokens: Sequence[str], language: str) -> Iterable[tuple[Words, Words]]:
    """Yield the ways to say the numbers and signs of a text, each with its words as they are written."""
    done: set[Words] = set()
    rules = rules_of(language)
    for place, token in enumerate(tokens):
        if not SAID_OTHERWISE.search(token):
            continue
        first = max(0, place - _AROUND)
        near = tuple(tokens[first : place + _AROUND + 1])
        if near in done:
            continue
        done.add(near)
        # The word after a number may be said with its sign: "$5 billion" is "five", "billion dollars".
        forms = spoken_words(near, language)
        for at in (place - first, place - first + 1):
            if at < len(near):
                yield from _forms(near[at], forms[at])
        if place - first + 1 < len(near):
            yield from _halves(near[place - first], forms[place - first], near[place - first + 1], rules)
        alone = _SIGNS.sub("", token).strip(".,:'")
        if alone != token and alone and alone[0].isdecimal():
            yield from _forms(alone, spoken_words([alone], language)[0])


def _halves(
    token: str, forms: Iterable[Words], after: str, rules: LanguageRules
) -> Iterable[tuple[Words, Words]]:
    """Yield the ways to say "3,5 millones" with the half at the end or in one word: "tres millones y medio"."""
    own, magnitude = tuple(comparable_words(token)), tuple(comparable_words(after))
    for said in forms:
        for half in rules.and_half:
            if said[-len(half) :] == half and len(said) > len(half):
                yield ("".join(said),), own
                if len(magnitude) == 1 and magnitude[0] in rules.magnitudes:
                    yield said[: -len(half)] + magnitude + half, own + magnitude


def _forms(token: str, forms: Iterable[Words]) -> Iterable[tuple[Words, Words]]:
    """Yield the ways to say a token; of "3,000-bed" also of the number alone."""
    words = tuple(comparable_words(token))
    for said in forms:
        yield said, words
        same = 0
        while same < min(len(said), len(words)) - 1 and said[-1 - same] == words[-1 - same]:
            same += 1
        if same:
            yield said[:-same], words[:-same]
