"""Checking and mending a caption file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from asdelivered.align.document.alignment_json import load
from asdelivered.app.console.text import plain
from asdelivered.app.jobs.captions import LISTS
from asdelivered.base.clocks import clock
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.checking.fix import fix
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cues import Video
from asdelivered.subtitles.read import read_captions
from asdelivered.subtitles.shots import detect_shots, read_shots
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.write import write_captions

LONGEST_TABLE = 200
"""Violations that a table shows; the other reports have them all."""


@dataclass(frozen=True)
class Checked:
    """What was found in a file, and what was done to it."""

    style: Style
    cues: int
    violations: tuple[Violation, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    written: Path | None

    @property
    def errors(self) -> int:
        """Violations that are errors."""
        return sum(found.severity is Severity.ERROR for found in self.violations)

    def remarks(self) -> list[str]:
        """Return what reading the file had to overlook, and what was mended, a sentence each."""
        said = [f"note: {note}" for note in self.notes]
        said += [f"fixed: {change}" for change in self.changes]
        if self.written is not None:
            said.append(
                f"written: {self.written}" if self.changes else "nothing to mend; the file is as it was"
            )
            if self.violations:
                said.append("what is listed cannot be mended without changing words")
        return said

    def to_json(self) -> dict[str, Any]:
        """Return what is beside the violations, as JSON values."""
        return {"notes": list(self.notes), "fixed": list(self.changes)}


def check_file(
    path: Path,
    style_name: str,
    mend: bool,
    output: Path | None,
    alignment: Path | None,
    frame_rate: Fraction | None,
    shots: Path | None,
    language: str,
) -> Checked:
    """Check a caption file, mended first if `mend` says so, into `output` or into the file itself.

    Raises SubtitleError, AlignError.
    """
    style = find_style(style_name)
    captions, name = read_captions(path)
    event = load(alignment) if alignment is not None else None
    changes_of_shot: tuple[int, ...] = ()
    if shots is not None:
        changes_of_shot = read_shots(shots) if shots.suffix.lower() in LISTS else detect_shots(shots)
    video = Video(frame_rate or captions.frame_rate, changes_of_shot)
    changes: tuple[str, ...] = ()
    if mend:
        fixed = fix(captions.cues, style, captions.language or language, video)
        changes = fixed.changes
        captions = replace(captions, cues=fixed.cues)
        if changes or output is not None:
            write_captions(captions, output or path, name)
    spoken = spoken_spans(captions.cues, event) if event is not None else ()
    return Checked(
        style,
        len(captions.cues),
        check(captions.cues, style, video, spoken),
        captions.notes,
        changes,
        (output or path) if mend else None,
    )


def print_table(found: Checked, console: Console) -> None:
    """Print a row for each violation, below it where the guide has each rule that is broken, and the count."""
    if found.violations:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("cue", "time", "", "rule", "measured, and the limit"):
            table.add_column(heading, overflow="fold", no_wrap=not heading.startswith("measured"))
        sources = dict.fromkeys(violation.source for violation in found.violations)
        notes = {source: number for number, source in enumerate(sources, start=1)}
        for violation in found.violations[:LONGEST_TABLE]:
            line = f" (line {violation.line})" if violation.line else ""
            table.add_row(
                str(violation.cue),
                clock(violation.span.start),
                violation.severity.value,
                f"{violation.rule} [{notes[violation.source]}]",
                f"{violation.measured}{line}, {violation.limit}",
            )
        console.print(table)
        if len(found.violations) > LONGEST_TABLE:
            console.print(f"and {len(found.violations) - LONGEST_TABLE} more: --json has them all")
        for source, number in notes.items():
            console.print(plain(f"[{number}] {source}"))
    warnings = len(found.violations) - found.errors
    console.print(
        plain(f"{found.style.title}: {found.cues} captions, {found.errors} errors, {warnings} warnings")
    )
