"""What is seen within a line and not heard: marks of footnotes, times, corrections of the editors, stage directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from asdelivered.transcripts.brackets import is_stage_direction
from asdelivered.transcripts.document import Row, Style

_NOTE_MARK = re.compile(r"\s*(?:\[?\d{1,3}\]?|\(\d{1,3}\)|\[[a-z]\]|[*†‡§]{1,3})\s*")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|mi|ft|yd|in|CO|H)$")
"""After these a raised figure is a power or part of a formula, and said."""
_REFERENCE = re.compile(
    r"(?<=[^\s\[(])\[\d{1,3}\]|(?<=[^\W\d])[⁰¹²³⁴-⁹]{1,3}(?!\w)|(?<=[.,;:!?”’»\"'])[⁰¹²³⁴-⁹]{1,3}(?!\w)"
)
_TIME = re.compile(r"\[(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?\]|(?<!\S)\((?:\d{1,2}:)?\d{1,2}:\d\d:\d\d\)")
_STRUCK = re.compile(r"~~[^~\n]{1,200}~~")
_CORRECTION = re.compile(r"\s*\[[^\[\]]{1,120}\]")


def silent_parts(row: Row, pattern: re.Pattern[str] | None = None) -> list[tuple[int, int]]:
    """The parts of a row that nobody says, as character ranges; what `pattern` finds is one too.

    What was struck out was said, and what the editors put beside it in brackets was not.
    """
    text = row.text
    parts = [(mark.start, mark.end) for mark in row.marks if mark.style is Style.UNSPOKEN]
    for start, end in row.marked(Style.RAISED):
        if _NOTE_MARK.fullmatch(text[start:end]) and not _UNIT.search(text[:start].rstrip()):
            parts.append((start, end))
    for start, end in row.marked(Style.ITALIC):
        if is_stage_direction(text[start:end]):
            parts.append((start, end))
    if "[" in text or "(" in text:
        parts += [found.span() for found in _TIME.finditer(text)]
        parts += [found.span() for end in _ends_of_struck(row) if (found := _CORRECTION.match(text, end))]
    if not text.isascii() or "[" in text:
        parts += [
            found.span() for found in _REFERENCE.finditer(text) if not _UNIT.search(text[: found.start()])
        ]
    if pattern:
        parts += [found.span() for found in pattern.finditer(text) if found[0].strip()]
    return parts


def _ends_of_struck(row: Row) -> Iterator[int]:
    yield from (end for _, end in row.marked(Style.STRUCK))
    yield from (found.end() for found in _STRUCK.finditer(row.text))


def heard_words(text: str, silent: Sequence[tuple[int, int]]) -> list[str]:
    """The whitespace-separated words of a text without the characters in `silent` ranges; "" where nothing is left."""
    if not silent:
        return text.split()
    hushed = {at for start, end in silent for at in range(start, end)}
    return [
        "".join(letter for at, letter in enumerate(word[0], word.start()) if at not in hushed)
        for word in re.finditer(r"\S+", text)
    ]
