"""Detect the language of a text by its letters and its commonest words.

The commonest words of a language make up a third of any speech, and few languages share many of them. A word that
several languages share counts less for each. (After Ingle, *A language identification table*, 1976.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

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
_SHORT = 2000
"""Characters that show the script of a text."""
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


_WORD_WEIGHTS = _weights({language: words.split() for language, words in _SIGNS["common_words"].items()}, 1.0)
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
    ranked = sorted(scores.items(), key=lambda score: -score[1])[:2]
    if hits < _FEWEST or not ranked:
        return ranked[0][0] if ranked and _is_foreign(sample) else otherwise
    second, score = ranked[1] if len(ranked) > 1 else ("", 0.0)
    # Danish and Norwegian are hardly apart, and yet the text is in neither a third language nor in English.
    return (
        otherwise if ranked[0][1] < _AHEAD * score and otherwise in (ranked[0][0], second) else ranked[0][0]
    )


def _is_foreign(sample: str) -> bool:
    """Return whether most letters are of another script than the Latin one, so that few words tell the language."""
    letters = [letter for letter in sample[:_SHORT] if letter.isalpha()]
    return sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters) > len(letters) / 2


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
