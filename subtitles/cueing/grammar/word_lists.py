"""Languages without a tagger: the words of closed classes (words.toml), which are most of what decides a line break."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Sequence

from asdelivered.subtitles.cueing.grammar.word_class import Classes, WordClass

_PIECES = re.compile(r"[\w\u0e30-\u0e4e]+(?:-\w+)*")


_WITH_ARTICLE = {"ar": re.compile("(?:ال|لل)\\w{2,}")}


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


def _by_form(word: str, nominal: re.Pattern[str] | None) -> WordClass:
    return WordClass.OTHER if nominal is None or nominal.match(word) is None else WordClass.NOUN


def look_up(words: Sequence[str], language: str) -> list[Classes]:
    """Return the classes of each word; in a language without lists all are unknown.

    "l'Europe" begins as an article and ends as what Europe is. An Arabic word with the article is a noun, or the
    adjective that belongs to one.
    """
    nominal = _WITH_ARTICLE.get(language)
    known = _lists().get(language, {})
    classes = []
    for word in words:
        pieces = _PIECES.findall(word.lower().replace("’", "'")) or [""]
        first, last = (
            WordClass.NUMBER if piece[:1].isdigit() else known.get(piece) or _by_form(piece, nominal)
            for piece in (pieces[0], pieces[-1])
        )
        classes.append((first, last))
    return classes
