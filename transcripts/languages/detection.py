"""Tell in what language a text is written, by its letters and its smallest words.

The commonest words of a language are a third of any speech, and hardly two languages share many of them. A word that
several languages have counts less for each. (After Ingle, *A language identification table*, 1976.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from asdelivered.transcripts.word_lists import read_toml

DEFAULT = "en"
"""Where a text is too short to tell, or in a language that is not known here."""

_SIGNS = read_toml(Path(__file__).with_suffix(".toml"))
_LETTER = 0.3
"""What such a letter tells, of what a common word does."""
_SCRIPTS: Mapping[str, str] = _SIGNS["scripts"]
"""The language of a script, by the first word of its letters' names."""
_SAMPLE = 100_000
"""Characters that are looked at."""
_FEWEST = 4
"""Common words that it takes to tell."""
_AHEAD = 1.2
"""How many times as many the first language must have as the second."""


def _weights(signs: Mapping[str, Iterable[str]], weight: float) -> dict[str, dict[str, float]]:
    """For each sign, its languages, and what it tells for each."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language, own in signs.items():
        for sign in dict.fromkeys(own):
            languages[sign].append(language)
    return {sign: dict.fromkeys(found, weight / len(found)) for sign, found in languages.items()}


_WORD_WEIGHTS = _weights({language: words.split() for language, words in _SIGNS["common_words"].items()}, 1.0)
_LETTER_WEIGHTS = _weights(_SIGNS["letters"], _LETTER)


def detect_language(text: str, otherwise: str = DEFAULT) -> str:
    """Return the ISO 639-1 code of the language of a text; `otherwise` where the text does not tell."""
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
    ranked = sorted(scores.items(), key=lambda score: -score[1])[:2]
    if hits < _FEWEST or not ranked:
        return otherwise
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= _AHEAD * second else otherwise


def _script(sample: str) -> str | None:
    """The language that the letters alone tell."""
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
