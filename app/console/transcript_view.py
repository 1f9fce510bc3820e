"""A transcript as it was read, for people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from asdelivered.app.console.tables import print_facts, print_table
from asdelivered.app.console.text import print_result
from asdelivered.base.clocks import shortened
from asdelivered.base.counting import counted

if TYPE_CHECKING:
    from asdelivered.app.jobs.transcript import ReadTranscript
    from asdelivered.transcripts.model import Transcript

LONGEST_TEXT = 72
"""Characters of a line that are shown."""
MOST_UNSPOKEN = 8
"""Lines of one kind that are shown."""
MOST_DOUBTS = 12
"""Lines in doubt that are shown."""
MOST_TOKENS = 12
"""Unspoken tokens within lines that are shown."""


def print_transcript(read: ReadTranscript, *, lines: bool) -> None:
    """Print the title, who speaks, and either every line or what is not spoken."""
    _print_head(read)
    _print_roster(read)
    if lines:
        _print_lines(read.transcript)
    else:
        _print_unspoken(read)
    _print_doubts(read)


def _print_head(read: ReadTranscript) -> None:
    transcript, counts = read.transcript, read.counts()
    spoken = (
        f"{counted(counts['lines'], 'line')}, {counted(counts['words'], 'word')} "
        f"in {counted(counts['turns'], 'turn')}"
    )
    inaudible = f"; {counts['inaudible']} inaudible" if counts["inaudible"] else ""
    print_facts(
        [
            ("Title", transcript.title or "-"),
            ("Occasion", transcript.occasion or "-"),
            ("Place", transcript.place or "-"),
            ("Date", read.date_shown),
            ("Marked", transcript.delivery or "-"),
            ("Format", read.format_name),
            ("Language", transcript.language + (" (found in the text)" if read.language_found else "")),
            ("Spoken", spoken + inaudible),
            ("Words", _shares(read.words_by_role())),
            *([("Left out", ", ".join(transcript.left_out))] if transcript.left_out else []),
        ]
    )


def _shares(words: Mapping[str, int]) -> str:
    """Return each role's share of the words: "spoken 95.2 %, label 3.1 %, note 1.7 %"."""
    total = sum(words.values())
    return ", ".join(f"{role} {100 * count / total:.1f} %" for role, count in words.items())


def _print_roster(read: ReadTranscript) -> None:
    if not read.roster:
        print_result("Nobody is named as a speaker.")
        return
    texts = {line.id: line.text for _, line in read.transcript.spoken_lines()}
    rows = []
    for speaker in read.roster:
        first = shortened(f"{speaker.first_line}  {texts[speaker.first_line]}", LONGEST_TEXT // 2)
        rows.append((speaker.name, speaker.role or "-", str(speaker.turns), str(speaker.words), first))
    print_table(("Speaker", "Role", "Turns", "Words", "First line"), rows)
    for speaker in read.roster:
        if len(speaker.labels) > 1:
            print_result(f"{speaker.name} stands for: {'; '.join(speaker.labels)}")


def _print_unspoken(read: ReadTranscript) -> None:
    if any(read.unspoken_lines().values()):
        print_result("Not spoken:")
    for kind, found in read.unspoken_lines().items():
        for line in found[:MOST_UNSPOKEN]:
            text = shortened(line.text or "(a rule)", LONGEST_TEXT)
            print_result(f"  {kind.value:<10}{line.id:<8}{text}")
        if len(found) > MOST_UNSPOKEN:
            print_result(f"  {kind.value:<10}and {len(found) - MOST_UNSPOKEN} more: --lines shows all")
    within = read.unspoken_tokens()
    if within:
        shown = [
            f"{text} ({count})" if count > 1 else text for text, count in within.most_common(MOST_TOKENS)
        ]
        print_result(f"Within lines: {' '.join(shown)}{' ...' if len(within) > len(shown) else ''}")


def _print_doubts(read: ReadTranscript) -> None:
    doubts = read.doubts()
    if doubts:
        print_result("In doubt, for the recording to settle (--speakers and --unspoken correct it):")
    runs = [[*run] for _, run in groupby(doubts, lambda doubt: doubt.kind)]
    for first, *more in runs[:MOST_DOUBTS]:
        text = shortened(first.line.text, LONGEST_TEXT)
        others = f" (and {len(more)} more)" if more else ""
        print_result(f"  {first.kind.value:<18}{first.line.id:<8}{text}{others}")
    left = sum(map(len, runs[MOST_DOUBTS:]))
    if left:
        print_result(f"  and {left} more: --json has all")


def _print_lines(transcript: Transcript) -> None:
    for turn in transcript.turns:
        print_result(f"{turn.id}  {turn.speaker or '(nobody is named)'}")
        for line in turn.lines:
            if line.kind != "blank":
                print_result(f"  {line.kind.value:<10}{line.id:<8}{line.text}")
