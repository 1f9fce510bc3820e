"""Contractions, and what they stand for: "we're" is "we are", German "hab's" is "habe es"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from asdelivered.transcripts.quoting.words import comparable_words

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "m": ("am",),
    "re": ("are",),
    "ve": ("have",),
    "ll": ("will", "shall"),
    "d": ("would", "had"),
    "s": ("is", "has"),
}
_SUBJECTS = {
    "m": "i",
    "re": "we you they",
    "ve": "i we you they who could should would might must",
    "ll": "i we you he she it they who that there",
    "d": "i we you he she it they who that",
    "s": "he she it that this there here what who where when how why everybody somebody nobody everyone",
}
_NEGATED = "are could did do does had has have is might must need should was were would"
_OTHERS = {
    "cant": ("can not", "cannot"),
    "cannot": ("can not",),
    "wont": ("will not",),
    "shant": ("shall not",),
    "aint": ("is not", "are not", "am not"),
    "lets": ("let us",),
    "gonna": ("going to",),
    "gotta": ("got to",),
    "wanna": ("want to",),
}
AMBIGUOUS = frozenset(["hell", "id", "ill", "shed", "shell", "wed", "well", "were"])
"""Contractions that are other words if their apostrophe is lost."""


def _all() -> dict[str, tuple[tuple[str, ...], ...]]:
    found = {short: tuple(tuple(long.split()) for long in longs) for short, longs in _OTHERS.items()}
    for ending, subjects in _SUBJECTS.items():
        found |= {
            subject + ending: tuple((subject, verb) for verb in _ENDINGS[ending])
            for subject in subjects.split()
        }
    return found | {f"{verb}nt": ((verb, "not"),) for verb in _NEGATED.split()}


CONTRACTIONS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(_all())
"""By English contraction, without its apostrophe, the words that it stands for, likeliest first."""

_GERMAN = re.compile(r"\W*([^\W\d_]{2,})['’´`]s\W*")
"""A word and "es", or "das"; the word may have lost its last letter."""


def german_long_forms(token: str) -> tuple[tuple[str, ...], ...]:
    """Return the words that a German token stands for, for comparison: "hab's" is "hab es"; () if it is no contraction.

    The likeliest come first.
    """
    match = _GERMAN.fullmatch(token)
    if match is None or len(words := comparable_words(match[1])) != 1:
        return ()
    return (words[0], "es"), (f"{words[0]}e", "es"), (words[0], "das")
