"""Lines that end where they should not though others would fit, by the costs by which captions are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from asdelivered.subtitles.cueing.breaks import Break, break_levels
from asdelivered.subtitles.cueing.line_layout import better_lines, sentence_ends
from asdelivered.subtitles.cueing.units import Unit, units_of
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind, Style

_LABEL = re.compile(r"[\[(][^\[\]()]*[\])]:?|>>.*|\w[^.!?]*:")
"""A line that names a speaker or a sound."""
_OF_ITS_OWN = re.compile(r"\s*([-–—‐#♪♫*(\[]|>>|\w+:)")
"""How a line begins that is a speaker's own, a sound's, or a song's."""


@dataclass(frozen=True)
class Running:
    """The words of captions as running text: sentences go on from one caption to the next."""

    units: tuple[tuple[Unit, ...], ...]
    """The words of each cue."""
    firsts: tuple[int, ...]
    """The number of the first of them, counted through all cues."""
    levels: tuple[Break, ...]
    """How good a break is after each word but the last."""

    def levels_of(self, number: int) -> tuple[Break, ...]:
        """Return how good a break is after each word of a cue but its last."""
        first = self.firsts[number]
        return self.levels[first : first + max(0, len(self.units[number]) - 1)]


def running_text(cues: Sequence[Cue], language: str) -> Running:
    """Return the words of captions in a language, an ISO 639-1 code; in an unknown one only punctuation counts."""
    units = tuple(tuple(units_of(cue.lines)) for cue in cues)
    words = [unit for part in units for unit in part]
    levels = break_levels([word.text for word in words], language, [word.glued for word in words])
    return Running(units, (0, *accumulate(map(len, units))), tuple(levels))


def shared_lines(cues: Sequence[Cue], text: Running, most: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each cue and line on which a sentence ends and another begins, counted from 0.

    A sentence of at most `most` words may share a line.
    """
    places = {at: None for at, *sizes in sentence_ends(text.levels) if min(sizes) > most}
    for number, cue in enumerate(cues):
        at = text.firsts[number]
        for line, words in enumerate(cue.lines):
            following = at + len(units_of([words]))
            if any(place in places for place in range(at, following - 1)):
                yield number, line
            at = following


def better_breaks(cues: Sequence[Cue], text: Running, style: Style) -> list[tuple[str, ...] | None]:
    """Return for each cue the lines that it should have; None where its own are as good, or for a style without a rule.

    A line that names a speaker, or is one's own in a dialogue, stays as it is.
    """
    if not style.rules_of(Kind.LINE_BREAK):
        return [None] * len(cues)
    return [
        _better(cue, text.units[number], text.levels_of(number), style) for number, cue in enumerate(cues)
    ]


def _better(cue: Cue, units: Sequence[Unit], levels: Sequence[Break], style: Style) -> tuple[str, ...] | None:
    kept = 0
    if len(cue.lines) > 1 and not cue.label and _LABEL.fullmatch(cue.lines[0].strip()):
        kept = 1
    lines = cue.lines[kept:]
    if cue.voices or len(lines) < 2 or len(cue.shown) > style.max_lines or any(map(_OF_ITS_OWN.match, lines)):
        return None
    if any(width_of(line) > style.max_line_length for line in cue.shown):
        return None
    sizes = [len(units_of(cue.lines[: at + 1])) for at in range(len(cue.lines))]
    first = sizes[kept - 1] if kept else 0
    if any(before == size for before, size in pairwise([first, *sizes[kept:]])):
        return None  # a line without a word
    breaks = [size - first for size in sizes[kept:-1]]
    found = better_lines(units[first:], breaks, cue.label, levels[first:], _without(style, kept))
    return None if found is None else (*cue.lines[:kept], *found)


def _without(style: Style, lines: int) -> Style:
    """Return the style with so many lines less, which a label takes."""
    if not lines:
        return style
    rules = (
        replace(rule, limit=rule.limit - lines) if rule.kind is Kind.LINES and rule.limit > lines else rule
        for rule in style.rules
    )
    return replace(style, rules=tuple(rules))


def fault_of(lines: Sequence[str], better: Sequence[str]) -> str:
    """Return in a phrase what is wrong with lines for which there are better ones."""
    if len(better) < len(lines):
        return "on more lines than it needs"
    for line, other in zip(lines, better, strict=False):
        if line != other and len(line.split()) == 1:
            return f"“{line.strip()}” alone on a line"
    own, others = ([*accumulate(len(line.split()) for line in those)] for those in (lines, better))
    at = next((at for at, (one, other) in enumerate(zip(own, others, strict=False)) if one != other), 0)
    return f"a line ends after “{lines[at].split()[-1]}”"
