"""What came of an alignment, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from asdelivered.align.document.alignment import Alignment, SoundKind
from asdelivered.align.document.coverage import account
from asdelivered.app.console.text import plain
from asdelivered.app.jobs.output import OutputFiles
from asdelivered.base.clocks import clock, shortened

LONGEST_LIST = 20
"""Items of a list that are shown; the alignment has them all."""
LONGEST_TEXT = 72
"""Characters of a line that are shown."""


@dataclass(frozen=True)
class Summary:
    """An alignment, the files that it was written to, and the seconds that all of it took.

    `language_found` tells that nobody gave the language: it was found in the text.
    """

    alignment: Alignment
    files: OutputFiles
    seconds: float
    language_found: bool = False

    @property
    def speed(self) -> float:
        """Seconds of sound per second of work."""
        return self.alignment.recording.duration / 1000 / max(self.seconds, 0.001)

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON values; times in seconds."""
        alignment = self.alignment
        untimed = [line for line in alignment.lines if line.span is None]
        return {
            "lines": len(alignment.lines),
            "lines_timed": len(alignment.lines) - len(untimed),
            "lines_without_times": [
                {"id": line.id, "speaker": line.speaker, "text": line.text} for line in untimed
            ],
            "untranscribed": [
                {"start": span.start / 1000, "end": span.end / 1000} for span in alignment.untranscribed
            ],
            "untranscribed_seconds": sum(span.duration for span in alignment.untranscribed) / 1000,
            "language": alignment.transcript.language,
            "language_found": self.language_found,
            "sounds": [
                {"kind": sound.kind.value, "start": sound.span.start / 1000, "end": sound.span.end / 1000}
                for sound in alignment.sounds
            ],
            "unexplained_share": round(account(alignment).unexplained, 4),
            "recording_seconds": alignment.recording.duration / 1000,
            "wall_seconds": round(self.seconds, 3),
            "audio_seconds_per_wall_second": round(self.speed, 2),
            "files": {
                "alignment": str(self.files.alignment),
                "srt": str(self.files.srt),
                "vtt": str(self.files.vtt),
            },
        }


def print_summary(summary: Summary, console: Console) -> None:
    """Print the closing table, and below it what did not match."""
    alignment = summary.alignment
    untimed = [line for line in alignment.lines if line.span is None]
    missing = alignment.untranscribed
    table = Table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Lines timed", f"{len(alignment.lines) - len(untimed)} of {len(alignment.lines)}")
    table.add_row("Lines without times", str(len(untimed)))
    table.add_row("Speech not in the text", _amount(len(missing), sum(span.duration for span in missing)))
    found = " (found in the text; --language sets another)" if summary.language_found else ""
    table.add_row("Language", plain(alignment.transcript.language + found))
    for kind, label in ((SoundKind.MUSIC, "Music"), (SoundKind.APPLAUSE, "Applause")):
        spans = [sound.span for sound in alignment.sounds if sound.kind is kind]
        if spans:
            table.add_row(label, _amount(len(spans), sum(span.duration for span in spans)))
    table.add_row("Recording", clock(alignment.recording.duration))
    table.add_row("Speed", f"{summary.speed:.1f} s of sound per second ({summary.seconds:.1f} s in all)")
    # Inside a cell a path would be broken, so that it could not be copied: files are listed below.
    console.print(table)
    _print_list(
        "Lines without times, not heard where they should be:",
        [shortened(line.text, LONGEST_TEXT) for line in untimed],
        console,
    )
    _print_list(
        "Speech not in the text:", [f"{clock(span.start)} to {clock(span.end)}" for span in missing], console
    )
    print_files(summary.files, console)


def print_files(files: OutputFiles, console: Console) -> None:
    """Print the names of the files that were written, one a line."""
    _print_list("Files written:", [str(files.alignment), str(files.srt), str(files.vtt)], console)


def _amount(stretches: int, milliseconds: int) -> str:
    if not stretches:
        return "none"
    return f"{milliseconds / 1000:.1f} s in {stretches} {'stretch' if stretches == 1 else 'stretches'}"


def _print_list(title: str, items: list[str], console: Console) -> None:
    if not items:
        return
    console.print(title)
    for item in items[:LONGEST_LIST]:
        console.print(plain(f"  {item}"))
    if len(items) > LONGEST_LIST:
        console.print(f"  and {len(items) - LONGEST_LIST} more, all in the .alignment.json file")
