"""Find what is seen within a line but not said: footnote marks, times, editors' corrections, stage directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from asdelivered.transcripts.brackets import is_stage_direction
from asdelivered.transcripts.document import Row, Style

_NOTE_MARK = re.compile(r"\s*(?:\[?\d{1,3}\]?|\(\d{1,3}\)|\[[a-z]\]|[*†‡§]{1,3})\s*")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|mi|ft|yd|in|CO|H)$")
"""After these, a superscript figure is a power or part of a formula, and is said."""
_IN_BRACKETS = re.compile(r"\[(?:(?P<note>\d{1,3})|(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)\]")
_TIME = re.compile(r"\((?:\d{1,2}:)?\d{1,2}:\d\d:\d\d\)")
_BETWEEN_SIGNS = re.compile(r"\#(?:\d{1,2}:){1,2}\d\d(?:[-.,]\d{1,3})?\#")
"""A time as f4 and MAXQDA write it: "#00:01:02-3#"."""
_GLUED = re.compile(
    r"\s*(?:\d{1,2}:)?\d{1,2}:\d\d(?=[^\W\d_])(?!(?:[ap]\.?m\b|h\b|uhr\b|hrs?\b))", re.IGNORECASE
)
"""A time in the recording right before the first word, as text copied from a player has it: "0:04Welcome"."""
TIME_FIRST = re.compile(r"^\s*[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?\s+(?=\S)")
"""A time that a row begins with, and what stands around it."""
_FEWEST_TIMED = 3
_MOST_TIMED = 2 / 3
"""A share of the rows. Where as many begin with a time, it is one in the recording."""
_FIGURES = re.compile("[⁰¹²³⁴-⁹]")
_RAISED = re.compile(r"(?<=[^\W\d])[⁰¹²³⁴-⁹]{1,3}(?!\w)|(?<=[.,;:!?”’»\"'])[⁰¹²³⁴-⁹]{1,3}(?!\w)")
_HUSHED = "\0"
_STRUCK = re.compile(r"~~[^~\n]{1,200}~~")
_CORRECTION = re.compile(r"\s*\[[^\[\]]{1,120}\]")


def unspoken_spans(row: Row, pattern: re.Pattern[str] | None = None) -> list[tuple[int, int]]:
    """Return the parts of a row that nobody says, as character ranges, including those that `pattern` finds.

    What was struck out was said; the editors' correction in brackets beside it was not.
    """
    text = row.text
    parts = _marked_parts(row) if row.marks else []
    if "[" in text:
        parts += [found.span() for found in _IN_BRACKETS.finditer(text) if _is_silent(found)]
        parts += [found.span() for end in _ends_of_struck(row) if (found := _CORRECTION.match(text, end))]
    if ":" in text[:12] and (glued := _GLUED.match(text)):
        parts.append(glued.span())
    if "#" in text:
        parts += [found.span() for found in _BETWEEN_SIGNS.finditer(text)]
    if "(" in text:
        parts += [found.span() for found in _TIME.finditer(text)]
    if _FIGURES.search(text):
        parts += [found.span() for found in _RAISED.finditer(text) if not _UNIT.search(text[: found.start()])]
    if pattern:
        parts += [found.span() for found in pattern.finditer(text) if found[0].strip()]
    return parts


def begins_with_times(rows: Sequence[Row]) -> bool:
    """Return whether the rows of a page begin with times in the recording, which nobody says."""
    filled = [row.text for row in rows if row.kind is None and not row.text.isspace()]
    timed = sum(":" in text[:12] and TIME_FIRST.match(text) is not None for text in filled)
    return timed >= max(_FEWEST_TIMED, _MOST_TIMED * len(filled))


def _is_silent(found: re.Match[str]) -> bool:
    """Return whether a bracket is a time, or a footnote mark right after what it refers to."""
    if found["note"] is None:
        return True
    behind = found.string[: found.start()]
    if behind[-1:].isspace():
        return behind.rstrip()[-1:] in tuple(".,;:!?»”")
    return bool(behind) and behind[-1] not in "[("


def _marked_parts(row: Row) -> list[tuple[int, int]]:
    """Return the parts that their style shows to be unspoken."""
    text = row.text
    parts = [(mark.start, mark.end) for mark in row.marks if mark.style is Style.UNSPOKEN]
    for start, end in row.marked(Style.RAISED):
        if _NOTE_MARK.fullmatch(text[start:end]) and not _UNIT.search(text[:start].rstrip()):
            parts.append((start, end))
    for start, end in row.marked(Style.ITALIC):
        if is_stage_direction(text[start:end]):
            parts.append((start, end))
    return parts


def _ends_of_struck(row: Row) -> Iterator[int]:
    if row.marks:
        yield from (end for _, end in row.marked(Style.STRUCK))
    if "~~" in row.text:
        yield from (found.end() for found in _STRUCK.finditer(row.text))


def heard_words(text: str, silent: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words of a text without the characters in the `silent` ranges; "" for a word with nothing left."""
    if not silent:
        return text.split()
    # A mark in place of each silent letter keeps the words separate.
    for start, end in silent:
        text = text[:start] + re.sub(r"\S", _HUSHED, text[start:end]) + text[end:]
    return [word.replace(_HUSHED, "") for word in text.split()]


def without_line_numbers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with a blank for each figure of a line's number, which its format marked; lengths stay."""
    return tuple(_unnumbered(row) if row.marks else row for row in rows)


def _unnumbered(row: Row) -> Row:
    first = min(row.marks, key=lambda mark: mark.start)
    number = row.text[first.start : first.end]
    if first.style is not Style.UNSPOKEN or not number.isdecimal() or row.text[: first.start].strip():
        return row
    return replace(row, text=row.text[: first.start] + " " * len(number) + row.text[first.end :])
