"""Languages without a tagger: the words of closed classes (words.toml), which are most of what decides a line break."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Sequence

from asdelivered.subtitles.cueing.grammar.word_class import Classes, WordClass

_PIECES = re.compile(r"[\w\u0e30-\u0e4e]+(?:-\w+)*")


_BY_FORM = {
    "ar": (re.compile("(?:ال|لل)\\w{2,}"), WordClass.NOUN),
    "fr": (
        re.compile(
            r"\w{2,}(?:al|ale|aux|ales|ique|if|ive|eux|euse|ien|ienne|éen|éenne|able|ible|aire|oire|ois|oise)s?"
        ),
        WordClass.ADJECTIVE,
    ),
    "es": (
        re.compile(
            r"\w{2,}(?:al|ales|[ií]c[oa]s?|iv[oa]s?|os[oa]s?|bles?|ari[oa]s?|an[oa]s?|pe[oa]s?|és|esas?)"
        ),
        WordClass.ADJECTIVE,
    ),
    "it": (
        re.compile(
            r"\w{2,}(?:al[ei]|ic[oa]|ici|iche|iv[oaie]|os[oaie]|bil[ei]|ari[oae]|an[oaie]|pe[oaie]|es[ei])"
        ),
        WordClass.ADJECTIVE,
    ),
    "pt": (
        re.compile(
            r"\w{2,}(?:al|ais|[ií]c[oa]s?|iv[oa]s?|os[oa]s?|vel|veis|ári[oa]s?|an[oa]s?|pei[oa]s?|ês|esas?)"
        ),
        WordClass.ADJECTIVE,
    ),
}
"""What a word that is in no list is by its form: an Arabic one with the article is a noun, or belongs to one as its
adjective; in Romance languages an adjective follows its noun, and most of those that do have an ending of their own."""


@functools.cache
def _lists() -> dict[str, dict[str, WordClass]]:
    """Return the class of each listed word, by language."""
    text = (
        importlib.resources.files("asdelivered.subtitles.cueing.grammar")
        .joinpath("words.toml")
        .read_text("utf-8")
    )
    return {
        language: {word: WordClass[name.upper()] for name, words in lists.items() for word in words.split()}
        for language, lists in tomllib.loads(text).items()
    }


def languages() -> frozenset[str]:
    """Return the languages that have lists, as ISO 639-1 codes."""
    return frozenset(_lists())


def _by_form(word: str, language: str) -> WordClass:
    form, kind = _BY_FORM.get(language, (None, WordClass.OTHER))
    return kind if form is not None and form.fullmatch(word) else WordClass.OTHER


def look_up(words: Sequence[str], language: str) -> list[Classes]:
    """Return the classes of each word; in a language without lists all are unknown.

    "l'Europe" begins as an article and ends as what Europe is.
    """
    known = _lists().get(language, {})
    classes = []
    for word in words:
        pieces = _PIECES.findall(word.lower().replace("’", "'")) or [""]
        first, last = (
            WordClass.NUMBER if piece[:1].isdigit() else known.get(piece) or _by_form(piece, language)
            for piece in (pieces[0], pieces[-1])
        )
        classes.append((first, last))
    return classes
