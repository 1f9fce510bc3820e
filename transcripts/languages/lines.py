"""The languages of an event in which several alternate: which lines are in another one than most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from asdelivered.transcripts.languages.detection import detect_language

_FEWEST = 25
"""Letters of a line that can show its language."""
_FEWEST_IN_ALL = 150
"""Letters that an event must have in another language: a line here or there only looks as if it were in one."""


def line_languages(texts: Sequence[str], language: str) -> list[str]:
    """Return the ISO 639-1 code of each line's language; `language` is that of the whole text.

    A line counts as one in another language where it is long enough to show it, and where there is more in that
    language than a sentence.
    """
    found = [detect_language(text, language) if _letters(text) >= _FEWEST else language for text in texts]
    letters: Counter[str] = Counter()
    for text, code in zip(texts, found, strict=True):
        letters[code] += _letters(text)
    return [code if letters[code] >= _FEWEST_IN_ALL else language for code in found]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
