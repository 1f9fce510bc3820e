"""The parts of a text between which a line may break: words, and in scripts without blanks phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asdelivered.subtitles.cueing.phrases import SQUARE, phrases_of


@dataclass(frozen=True)
class Unit:
    """A part of a text; `glued` to the one before if no blank stands between them."""

    text: str
    glued: bool = False


def units_of(lines: Sequence[str]) -> list[Unit]:
    """Return the parts of a text that stands on several lines. A line's end is a blank, except between Han or kana."""
    made: list[Unit] = []
    for line in lines:
        for at, word in enumerate(line.split()):
            joined = at == 0 and bool(made) and joins(made[-1].text, word)
            for number, part in enumerate(parts_of(word)):
                made.append(Unit(part, glued=number > 0 or joined))
    return made


def parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a word without blanks between which a line may break; most words have one."""
    return phrases_of(word)


def text_of(units: Sequence[tuple[str, bool]]) -> str:
    """Return parts of a text on one line, each given with whether it is glued to the one before."""
    return "".join(text if glued or number == 0 else f" {text}" for number, (text, glued) in enumerate(units))


def joins(before: str, after: str) -> bool:
    """Whether two words on lines of their own stand on one line without a blank: those of Han characters or kana."""
    return SQUARE.match(before[-1:]) is not None and SQUARE.match(after) is not None
