"""What a transcript was read as, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from asdelivered.app.console.text import plain
from asdelivered.base.clocks import shortened
from asdelivered.transcripts.formats import FORMATS
from asdelivered.transcripts.model import Line, LineKind, TokenKind, Transcript, Turn
from asdelivered.transcripts.structure.roster import Speaker

LONGEST_TEXT = 72
"""Characters of a line that are shown."""
MOST_UNSPOKEN = 8
"""Lines of a kind that are shown."""
_SHOWN = (
    LineKind.TITLE,
    LineKind.OCCASION,
    LineKind.METADATA,
    LineKind.NOTE,
    LineKind.HEADING,
    LineKind.FOOTNOTE,
    LineKind.SEPARATOR,
    LineKind.FURNITURE,
)


def to_json(page: Transcript, roster: Sequence[Speaker]) -> dict[str, Any]:
    """Return a transcript and its speakers as JSON values."""
    return {
        "path": page.path,
        "sha256": page.sha256,
        "format": page.format,
        "language": page.language,
        "title": page.title,
        "occasion": page.occasion,
        "place": page.place,
        "date": page.date.isoformat() if page.date else None,
        "delivery": page.delivery,
        "counts": _counts(page),
        "speakers": [
            {
                "name": speaker.name,
                "role": speaker.role,
                "labels": list(speaker.labels),
                "first_line": speaker.first_line,
                "turns": speaker.turns,
                "words": speaker.words,
            }
            for speaker in roster
        ],
        "turns": [
            {
                "id": turn.id,
                "speaker": turn.speaker,
                "lines": [_line_to_json(line) for line in turn.lines if line.kind is not LineKind.BLANK],
            }
            for turn in page.turns
        ],
    }


def _line_to_json(line: Line) -> dict[str, Any]:
    unsaid = {
        kind.value: [token.text for token in line.tokens if token.kind is kind and _has_letters(token.text)]
        for kind in (TokenKind.SILENT, TokenKind.UNKNOWN)
    }
    return {"id": line.id, "kind": line.kind, "text": line.text} | {
        kind: texts for kind, texts in unsaid.items() if texts
    }


def _counts(page: Transcript) -> dict[str, int]:
    kinds = Counter(line.kind for turn in page.turns for line in turn.lines)
    tokens = [token for _, line in page.spoken_lines() for token in line.tokens]
    return {
        "turns": sum(any(line.kind is LineKind.SPOKEN for line in turn.lines) for turn in page.turns),
        "lines": kinds[LineKind.SPOKEN],
        "words": sum(token.kind is TokenKind.WORD for token in tokens),
        "inaudible": sum(token.kind is TokenKind.UNKNOWN for token in tokens),
    } | {kind.value: kinds[kind] for kind in LineKind if kinds[kind] and kind is not LineKind.SPOKEN}


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def print_page(
    page: Transcript, roster: Sequence[Speaker], console: Console, *, language_found: bool, lines: bool
) -> None:
    """Print the title, who speaks, and what is not spoken; with `lines`, all of them in place of the last."""
    _print_head(page, language_found, console)
    _print_roster(roster, page, console)
    if lines:
        _print_lines(page, console)
    else:
        _print_unspoken(page, console)


def _print_head(page: Transcript, found: bool, console: Console) -> None:
    counts = _counts(page)
    table = Table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in (
        ("Title", page.title),
        ("Occasion", page.occasion),
        ("Place", page.place),
        ("Date", page.date.isoformat() if page.date else None),
        ("Marked", page.delivery),
    ):
        table.add_row(name, plain(value or "-"))
    table.add_row("Format", FORMATS[page.format].name)
    table.add_row("Language", page.language + (" (found in the text)" if found else ""))
    spoken = f"{counts['lines']} lines, {counts['words']} words in {counts['turns']} turns"
    table.add_row("Spoken", spoken + (f"; {counts['inaudible']} inaudible" if counts["inaudible"] else ""))
    console.print(table)


def _print_roster(roster: Sequence[Speaker], page: Transcript, console: Console) -> None:
    if not roster:
        console.print("Nobody is named as a speaker.")
        return
    texts = {line.id: line.text for _, line in page.spoken_lines()}
    table = Table("Speaker", "Role", "Turns", "Words", "First line")
    for speaker in roster:
        first = f"{speaker.first_line}  {texts[speaker.first_line]}"
        table.add_row(
            plain(speaker.name),
            plain(speaker.role or "-"),
            str(speaker.turns),
            str(speaker.words),
            plain(shortened(first, LONGEST_TEXT // 2)),
        )
    console.print(table)
    for speaker in roster:
        if len(speaker.labels) > 1:
            console.print(plain(f"{speaker.name} stands for: {'; '.join(speaker.labels)}"))


def _print_unspoken(page: Transcript, console: Console) -> None:
    lines = {kind: list(_of_kind(page, kind)) for kind in _SHOWN}
    if any(lines.values()):
        console.print("Not spoken:")
    for kind, found in lines.items():
        for line in found[:MOST_UNSPOKEN]:
            console.print(
                plain(f"  {kind.value:<10}{line.id:<8}{shortened(line.text or '(a rule)', LONGEST_TEXT)}")
            )
        if len(found) > MOST_UNSPOKEN:
            console.print(f"  {kind.value:<10}and {len(found) - MOST_UNSPOKEN} more: --lines shows all")
    within = Counter(
        token.text
        for _, line in page.spoken_lines()
        for token in line.tokens
        if token.kind is not TokenKind.WORD and _has_letters(token.text)
    )
    if within:
        most = [f"{text} ({count})" if count > 1 else text for text, count in within.most_common(12)]
        console.print(plain(f"Within lines: {' '.join(most)}{' ...' if len(within) > len(most) else ''}"))


def _of_kind(page: Transcript, kind: LineKind) -> Iterator[Line]:
    return (line for turn in page.turns for line in turn.lines if line.kind is kind)


def _print_lines(page: Transcript, console: Console) -> None:
    for turn in page.turns:
        console.print(plain(_turn_title(turn)))
        for line in turn.lines:
            if line.kind is not LineKind.BLANK:
                console.print(plain(f"  {line.kind.value:<10}{line.id:<8}{line.text}"))


def _turn_title(turn: Turn) -> str:
    return f"{turn.id}  {turn.speaker or '(nobody is named)'}"
