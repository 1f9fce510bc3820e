"""The structure of a page: what each line is, and who speaks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.heading import Heading, read_heading
from asdelivered.transcripts.labels import is_section
from asdelivered.transcripts.model import Line, LineKind, Token, TokenKind, Turn
from asdelivered.transcripts.speakers import Label, find_labels
from asdelivered.transcripts.spoken import speak


@dataclass(frozen=True)
class Page:
    """A page taken apart. The `source` of all lines of all turns, joined, is the text."""

    heading: Heading
    turns: tuple[Turn, ...]


def read_page(text: str, language: str) -> Page:
    """Take a page apart, whatever it holds: every character goes into a line, every line into a turn.

    Lines break where `str.splitlines` breaks them. A line's id is "L" and its number on the page, from L0001;
    where a line begins with the speaker's label ("Moderator: Thank you."), the label is a line of its own
    with an "s" after the number. Turns are T001 and on: first what stands before anyone speaks, if anything,
    then one for each label. Speech before the first label is by the speaker whom the heading announces.
    """
    rows = text.splitlines(keepends=True)
    provisional = find_labels(rows, 0, None)
    heading = read_heading(rows, provisional.__contains__)
    labels = find_labels(rows, heading.end, heading.speaker) if heading.end else provisional
    groups: list[tuple[str | None, list[Line]]] = []
    for row, source in enumerate(rows):
        label = labels.get(row)
        if label:
            groups.append((label.speaker, []))
        lines = _lines(row, source, label, heading.kinds, language)
        begins = row >= heading.end and any(line.kind is LineKind.SPOKEN for line in lines)
        if not groups or (begins and len(groups) == 1 and groups[0][0] is None and heading.speaker):
            groups.append((heading.speaker if begins else None, []))
        groups[-1][1].extend(lines)
    turns = (
        Turn(f"T{number:03}", speaker, tuple(lines))
        for number, (speaker, lines) in enumerate(groups, start=1)
    )
    return Page(heading, tuple(turns))


def _lines(
    row: int, source: str, label: Label | None, heading: Mapping[int, LineKind], language: str
) -> list[Line]:
    """The line of a row, or two where a label shares the row with speech."""
    number = f"L{row + 1:04}"
    if label and label.length < len(source):
        speech = _body_line(number, source[label.length :], language)
        return [Line(f"{number}s", LineKind.SPEAKER, source[: label.length]), speech]
    if label:
        return [Line(number, LineKind.SPEAKER, source)]
    if row in heading:
        return [Line(number, heading[row], source)]
    return [_body_line(number, source, language)]


def _body_line(number: str, source: str, language: str) -> Line:
    text = source.strip()
    if not text:
        return Line(number, LineKind.BLANK, source)
    if not any(map(str.isalnum, text)):
        return Line(number, LineKind.SEPARATOR, source)
    if is_note(text) or is_section(text):
        return Line(number, LineKind.NOTE, source)
    tokens: tuple[Token, ...] = speak(text.split(), language)
    if all(token.kind is TokenKind.SILENT for token in tokens):
        return Line(number, LineKind.NOTE, source)
    return Line(number, LineKind.SPOKEN, source, tokens)
