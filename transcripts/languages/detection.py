"""Detect the language of a text by its letters and its commonest words.

The commonest words of a language make up a third of any speech, and few languages share many of them. A word that
several languages share counts less for each. (After Ingle, *A language identification table*, 1976.) In a short text
the spelling counts as well (trigrams.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from asdelivered.transcripts.languages.trigrams import likeness
from asdelivered.transcripts.word_lists import read_toml

DEFAULT = "en"
"""The language of a text that is too short to tell, or in a language not known here."""

_SIGNS = read_toml(Path(__file__).with_suffix(".toml"))
_LETTER = 0.3
"""The weight of such a letter, where a common word has 1."""
_SCRIPTS: Mapping[str, str] = _SIGNS["scripts"]
"""The language of a script, by the first word of its letters' names."""
_SAMPLE = 100_000
"""How many characters are looked at."""
_SHORT = 600
"""Characters. The spelling of a text that is no longer counts as well as its words."""
_FEWEST_LETTERS = 20
"""Fewer Latin letters than this may be a name alone, which tells no language."""
_WORD = 3.0
"""What a common word weighs beside the logarithms of `likeness`."""
_SURE = 4.0
"""How much likelier than another language one must be."""
_FEWEST = 4
"""Fewer common words than this do not tell the language."""
_AHEAD = 1.2
"""The first language must score this many times as much as the second."""


def _weights(signs: Mapping[str, Iterable[str]], weight: float) -> dict[str, dict[str, float]]:
    """Return for each sign its languages, and its weight for each."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language, own in signs.items():
        for sign in dict.fromkeys(own):
            languages[sign].append(language)
    return {sign: dict.fromkeys(found, weight / len(found)) for sign, found in languages.items()}


COMMON_WORDS: Mapping[str, Sequence[str]] = {
    language: words.split() for language, words in _SIGNS["common_words"].items()
}
"""The commonest words of each language, in lower case, by its ISO 639-1 code."""
_WORD_WEIGHTS = _weights(COMMON_WORDS, 1.0)
_LETTER_WEIGHTS = _weights(_SIGNS["letters"], _LETTER)


def detect_language(text: str, otherwise: str = DEFAULT) -> str:
    """Return the ISO 639-1 code of a text's language, or `otherwise` where the text does not show it."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script:
        return script
    lower = sample.lower()
    signs = [(Counter(re.findall(r"[^\W\d_]+", lower)), _WORD_WEIGHTS)]
    signs += [] if sample.isascii() else [(Counter(lower), _LETTER_WEIGHTS)]
    scores: defaultdict[str, float] = defaultdict(float)
    hits = 0
    for counts, weights in signs:
        for sign in weights.keys() & counts.keys():
            hits += counts[sign]
            for language, weight in weights[sign].items():
                scores[language] += weight * counts[sign]
    if hits < _FEWEST or len(sample) <= _SHORT:
        return _by_spelling(sample[:_SHORT], scores, otherwise)
    ranked = sorted(scores.items(), key=lambda score: -score[1])[:2]
    second, score = ranked[1] if len(ranked) > 1 else ("", 0.0)
    # Danish and Norwegian are hardly apart, and yet the text is in neither a third language nor in English.
    return (
        otherwise if ranked[0][1] < _AHEAD * score and otherwise in (ranked[0][0], second) else ranked[0][0]
    )


def _by_spelling(sample: str, scores: Mapping[str, float], otherwise: str) -> str:
    """Return the language of a short text, by its spelling and by the `scores` of its words and letters."""
    letters = [letter for letter in sample if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if not letters or (len(letters) < _FEWEST_LETTERS and latin > len(letters) / 2):
        return otherwise
    sums = {language: like + _WORD * scores.get(language, 0.0) for language, like in likeness(sample).items()}
    first = max(sums, key=sums.__getitem__)
    return first if sums[first] - sums.get(otherwise, sums[DEFAULT]) >= _SURE else otherwise


def _script(sample: str) -> str | None:
    """Return the language that the script alone shows; None where it shows none."""
    if sample.isascii():
        return None
    scripts: Counter[str] = Counter()
    letters = 0
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            letters += count
            scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    found = {
        script: count for script, count in scripts.items() if script in _SCRIPTS and count > 0.2 * letters
    }
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * letters > 0:
        return "ja"
    return _SCRIPTS[max(found, key=found.__getitem__)] if found else None
