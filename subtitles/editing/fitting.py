"""Where captions by hand belong in an alignment, which may be a newer one than they were made for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.base.counting import counted
from asdelivered.subtitles.cueing.units import Unit, parts_of, text_of
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.style import Style

Span = tuple[int, int]
"""Words by their numbers among all units of an alignment: the first, and one past the last."""


@dataclass(frozen=True)
class FittedEdit:
    """An edit, and the words of each of its lines."""

    edit: CueEdit
    lines: tuple[Span, ...]

    @property
    def first(self) -> int:
        """The number of its first word."""
        return self.lines[0][0]

    @property
    def last(self) -> int:
        """One past the number of its last word."""
        return self.lines[-1][1]


@dataclass(frozen=True)
class FittedEdits:
    """The edits that fit, in the order of their words, and those that don't: their words are gone, or not spoken."""

    fitted: tuple[FittedEdit, ...] = ()
    lost: tuple[CueEdit, ...] = ()


@dataclass(frozen=True)
class NumberedWords:
    """The units of all lines of an alignment, numbered from 0; `starts`: where each line begins, and the end."""

    lines: tuple[AlignedLine, ...]
    units: tuple[Unit, ...]
    starts: tuple[int, ...]

    def line_of(self, number: int) -> int:
        """Return the place among all lines of the one that a word is in."""
        return bisect_right(self.starts, number) - 1

    def text(self, span: Span) -> str:
        """Return words on one line."""
        return text_of([(unit.text, unit.glued) for unit in self.units[span[0] : span[1]]])

    def place(self, number: int) -> tuple[str, int]:
        """Return the id of the line of a word, and its number there."""
        line = self.line_of(number)
        return self.lines[line].id, number - self.starts[line]

    def are_one_turn(self, first: int, last: int) -> bool:
        """Whether all words of a range are spoken in one turn, so that a caption may hold them."""
        own = [line for line in self.lines[self.line_of(first) : self.line_of(last - 1) + 1] if line.words]
        return all(line.span and (line.turn, line.speaker) == (own[0].turn, own[0].speaker) for line in own)


def numbered(lines: Sequence[AlignedLine]) -> NumberedWords:
    """Return the units of lines, numbered."""
    units: list[Unit] = []
    starts = [0]
    for line in lines:
        for word in line.words:
            units += [Unit(part, glued=number > 0) for number, part in enumerate(parts_of(word.text))]
        starts.append(len(units))
    return NumberedWords(tuple(lines), tuple(units), tuple(starts))


def fit_edits(edits: Sequence[CueEdit], words: NumberedWords) -> FittedEdits:
    """Return where edits belong: at the place that they name if it has their words, or else where alone these stand.

    Of two edits that share a word the first one counts.
    """
    ids = {line.id: number for number, line in reversed([*enumerate(words.lines)])}
    fitted: list[FittedEdit] = []
    lost: list[CueEdit] = []
    taken: set[int] = set()
    for edit in edits:
        found = _place(edit, words, ids)
        if (
            found is None
            or not words.are_one_turn(found[0][0], found[-1][1])
            or not taken.isdisjoint(range(found[0][0], found[-1][1]))
        ):
            lost.append(edit)
            continue
        taken.update(range(found[0][0], found[-1][1]))
        fitted.append(FittedEdit(edit, found))
    return FittedEdits(tuple(sorted(fitted, key=lambda one: one.first)), tuple(lost))


def placed_at(one: FittedEdit, words: NumberedWords) -> CueEdit:
    """Return an edit that names the place where it belongs now."""
    line, word = words.place(one.first)
    return replace(one.edit, line=line, word=word)


def edits_told(found: FittedEdits, name: str) -> list[str]:
    """Return what to say of the captions by hand in a file: how many are kept, and which no longer fit."""
    told = []
    if found.fitted:
        told.append(
            f"{counted(len(found.fitted), 'caption by hand is', 'captions by hand are')} kept, from {name}"
        )
    told += [
        f"a caption by hand no longer fits, its words are gone or not spoken: {edit.text!r} ({name})"
        for edit in found.lost
    ]
    return told


def holdable(edits: Sequence[CueEdit], style: Style, narrowed: Style) -> tuple[CueEdit, ...]:
    """Return the edits that a format can hold, whose lines may be shorter than the style's: `narrowed`."""
    width = narrowed.max_line_length
    if width >= style.max_line_length:
        return tuple(edits)
    return tuple(edit for edit in edits if all(width_of(line) <= width for line in edit.lines))


def _place(edit: CueEdit, words: NumberedWords, ids: dict[str, int]) -> tuple[Span, ...] | None:
    wanted = [_letters(line) for line in edit.lines]
    if edit.line in ids:
        line = ids[edit.line]
        named = words.starts[line] + edit.word
        if named < words.starts[line + 1] and (found := _ranges_at(named, wanted, words)) is not None:
            return found
    alike = [*_everywhere(wanted, words)]
    return alike[0] if len(alike) == 1 else None


def _everywhere(wanted: Sequence[str], words: NumberedWords) -> Iterator[tuple[Span, ...]]:
    for number, unit in enumerate(words.units):
        if wanted and wanted[0].startswith(_letters(unit.text)):
            found = _ranges_at(number, wanted, words)
            if found is not None:
                yield found


def lines_at(first: int, texts: Sequence[str], words: NumberedWords) -> tuple[Span, ...] | None:
    """Return the words of each line of a text that begins at the word `first`; None where other words stand there."""
    return _ranges_at(first, [_letters(text) for text in texts], words)


def _ranges_at(first: int, wanted: Sequence[str], words: NumberedWords) -> tuple[Span, ...] | None:
    """Return the words of each line if those from `first` on are the wanted ones; None if they are others."""
    at, bounds = first, [first]
    for line in wanted:
        rest = line
        while rest and at < len(words.units) and (text := _letters(words.units[at].text)):
            if not rest.startswith(text):
                return None
            rest = rest[len(text) :]
            at += 1
        if rest or at == bounds[-1]:
            return None
        bounds.append(at)
    return tuple(pairwise(bounds)) or None


def _letters(text: str) -> str:
    return "".join(text.split())
