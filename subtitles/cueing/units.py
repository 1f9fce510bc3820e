"""The parts of a text between which a line may break: words, and in Chinese and Japanese single characters.

These are written without blanks. UAX 14 lets a line break between any two of their characters, but not before a closing
mark, a small kana or a sound mark, nor after an opening one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wcwidth import iter_graphemes

_FIRST = "\u2e80"
_SQUARE = re.compile(
    "[\u3001\u3002\u3005-\u3011\u3014-\u301b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff08\uff09\uff0c\uff01\uff1f\uff1a\uff1b\U00020000-\U0003ffff]"
)
"""Han characters, kana, and their punctuation."""
_NOT_BEFORE = frozenset(
    "、。，．！？：；）〕］｝〉》」』】〙〗”’…‥・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻゛゜％,.!?:;)]}%"
)
_NOT_AFTER = frozenset("（〔［｛〈《「『【〘〖“‘([{￥＄£$")


@dataclass(frozen=True)
class Unit:
    """A part of a text; `glued` to the one before if no blank stands between them."""

    text: str
    glued: bool = False


def units_of(lines: Sequence[str]) -> list[Unit]:
    """Return the parts of a text that stands on several lines. A line's end is a blank, except between Han or kana."""
    made: list[Unit] = []
    for line in lines:
        words = line.split()
        for at, word in enumerate(words):
            joined = at == 0 and bool(made) and _square(made[-1].text[-1]) and _square(word[0])
            for number, part in enumerate(parts_of(word)):
                made.append(Unit(part, glued=number > 0 or joined))
    return made


def parts_of(word: str) -> list[str]:
    """Return the parts of a word without blanks between which a line may break; most words have one."""
    if word.isascii() or max(word) < _FIRST:
        return [word]
    return list(_parts(word))


def text_of(units: Sequence[tuple[str, bool]]) -> str:
    """Return parts of a text on one line, each given with whether it is glued to the one before."""
    return "".join(text if glued or number == 0 else f" {text}" for number, (text, glued) in enumerate(units))


def _parts(word: str) -> Iterator[str]:
    part = ""
    for cluster in iter_graphemes(word):
        if part and _may_break(part[-1], cluster[0]):
            yield part
            part = ""
        part += cluster
    yield part


def _may_break(before: str, after: str) -> bool:
    if before in _NOT_AFTER or after in _NOT_BEFORE:
        return False
    return _square(before) and _square(after)


def _square(character: str) -> bool:
    return _SQUARE.match(character) is not None
