"""A transcript as it was read, for people."""

from __future__ import annotations

from collections import Counter

from rich.table import Table

from asdelivered.app.console.tables import facts_table, results
from asdelivered.app.console.text import plain, print_result
from asdelivered.app.jobs.transcript import ReadTranscript, unspoken_tokens
from asdelivered.base.clocks import shortened
from asdelivered.transcripts.formats import FORMATS
from asdelivered.transcripts.model import LineKind, Transcript

LONGEST_TEXT = 72
"""Characters of a line that are shown."""
MOST_UNSPOKEN = 8
"""Lines of one kind that are shown."""
MOST_TOKENS = 12
"""Unspoken tokens within lines that are shown."""
UNSPOKEN_KINDS = (
    LineKind.TITLE,
    LineKind.OCCASION,
    LineKind.METADATA,
    LineKind.NOTE,
    LineKind.HEADING,
    LineKind.FOOTNOTE,
    LineKind.SEPARATOR,
    LineKind.FURNITURE,
)


def print_transcript(read: ReadTranscript, *, lines: bool) -> None:
    """Print the title, who speaks, and either every line or what is not spoken."""
    _print_head(read)
    _print_roster(read)
    if lines:
        _print_lines(read.transcript)
    else:
        _print_unspoken(read)


def _print_head(read: ReadTranscript) -> None:
    transcript, counts = read.transcript, read.counts()
    table = facts_table()
    for name, value in (
        ("Title", transcript.title),
        ("Occasion", transcript.occasion),
        ("Place", transcript.place),
        ("Date", transcript.date.isoformat() if transcript.date else None),
        ("Marked", transcript.delivery),
    ):
        table.add_row(name, plain(value or "-"))
    table.add_row("Format", FORMATS[transcript.format].name)
    table.add_row("Language", transcript.language + (" (found in the text)" if read.language_found else ""))
    spoken = f"{counts['lines']} lines, {counts['words']} words in {counts['turns']} turns"
    table.add_row("Spoken", spoken + (f"; {counts['inaudible']} inaudible" if counts["inaudible"] else ""))
    results().print(table)


def _print_roster(read: ReadTranscript) -> None:
    if not read.roster:
        print_result("Nobody is named as a speaker.")
        return
    texts = {line.id: line.text for _, line in read.transcript.spoken_lines()}
    table = Table("Speaker", "Role", "Turns", "Words", "First line")
    for speaker in read.roster:
        first = f"{speaker.first_line}  {texts[speaker.first_line]}"
        table.add_row(
            plain(speaker.name),
            plain(speaker.role or "-"),
            str(speaker.turns),
            str(speaker.words),
            plain(shortened(first, LONGEST_TEXT // 2)),
        )
    results().print(table)
    for speaker in read.roster:
        if len(speaker.labels) > 1:
            print_result(f"{speaker.name} stands for: {'; '.join(speaker.labels)}")


def _print_unspoken(read: ReadTranscript) -> None:
    lines = {kind: read.lines_of(kind) for kind in UNSPOKEN_KINDS}
    if any(lines.values()):
        print_result("Not spoken:")
    for kind, found in lines.items():
        for line in found[:MOST_UNSPOKEN]:
            text = shortened(line.text or "(a rule)", LONGEST_TEXT)
            print_result(f"  {kind.value:<10}{line.id:<8}{text}")
        if len(found) > MOST_UNSPOKEN:
            print_result(f"  {kind.value:<10}and {len(found) - MOST_UNSPOKEN} more: --lines shows all")
    within = Counter(
        token.text for _, line in read.transcript.spoken_lines() for token in unspoken_tokens(line)
    )
    if within:
        shown = [
            f"{text} ({count})" if count > 1 else text for text, count in within.most_common(MOST_TOKENS)
        ]
        print_result(f"Within lines: {' '.join(shown)}{' ...' if len(within) > len(shown) else ''}")


def _print_lines(transcript: Transcript) -> None:
    for turn in transcript.turns:
        print_result(f"{turn.id}  {turn.speaker or '(nobody is named)'}")
        for line in turn.lines:
            if line.kind is not LineKind.BLANK:
                print_result(f"  {line.kind.value:<10}{line.id:<8}{line.text}")
