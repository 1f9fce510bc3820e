"""Lines that report when a sitting began, paused or ended, in the languages of parliaments."""

from __future__ import annotations

import re

from asdelivered.transcripts.word_lists import read_word_lists

_LISTS = read_word_lists(__file__)
_BODIES, _VERBS, _GLUE = (_LISTS[name] for name in ("bodies", "verbs", "glue"))
_HELD = _BODIES | _VERBS
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ITEM = re.compile(r"\d{1,3}[.)]\s")
"""The number of an item, which is no hour: "1. Opening of the sitting"."""
_MOST_WORDS = 14
_LONGEST = 110
"""Characters."""
_FEWEST = 3
"""Words, without which nothing is told: "Meeting 4"."""


def is_sitting(text: str) -> bool:
    """Return whether a line tells when a sitting began or ended and nothing else: "Mødet hævet kl. 15.20".

    All its words are those of such lines: what is held, what becomes of it, and the hour in figures. Somebody who
    speaks of a meeting says more.
    """
    item = _ITEM.match(text)
    text = text[item.end() :] if item else text
    if len(text) > _LONGEST or text.endswith(("?", "!")) or not any(map(str.isdecimal, text)):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    if not _FEWEST <= len(words) <= _MOST_WORDS or not all(map(_is_of_sittings, words)):
        return False
    return any(word in _BODIES for word in words) and any(word in _VERBS for word in words)


def _is_of_sittings(word: str) -> bool:
    return word in _HELD or word in _GLUE


def may_be_sitting(first: str, second: str) -> bool:
    """Return whether such a line may begin with these two words."""
    word = first.lower().strip("(")
    return word in _HELD or (word in _GLUE and second.lower() in _HELD)
