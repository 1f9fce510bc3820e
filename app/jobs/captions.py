"""Captions from files to files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.sources import stem_of
from asdelivered.app.errors import AppError
from asdelivered.base.errors import OutputError
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cues import Video, captions_of
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.shots import detect_shots, read_shots
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.translation import translated
from asdelivered.subtitles.write import find_format, labels_for, write_captions
from asdelivered.transcripts.read import read_transcript

LISTS = frozenset({".txt", ".csv", ".lst", ""})
"""Endings of a list of shot changes; anything else is a video."""


@dataclass(frozen=True)
class MadeCaptions:
    """The files that were written, and what in them breaks the style."""

    files: tuple[Path, ...]
    style: Style
    cues: int
    violations: tuple[Violation, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "files": [str(path) for path in self.files],
            "style": self.style.name,
            "cues": self.cues,
            "errors": sum(found.severity is Severity.ERROR for found in self.violations),
            "warnings": sum(found.severity is Severity.WARNING for found in self.violations),
        }

    def remarks(self) -> list[str]:
        """Return a sentence for each rule that not all cues keep."""
        counted = Counter((found.severity, found.rule, found.source) for found in self.violations)
        return [
            f"{severity}: {count} of {self.cues} captions break {rule} ({self.style.title}: {source})"
            for (severity, rule, source), count in sorted(counted.items())
        ]


def caption_files(
    path: Path,
    style_name: str,
    formats: list[str],
    folder: Path,
    translation: Path | None,
    language: str | None,
    frame_rate: Fraction | None,
    shots: Path | None,
    labels: bool,
) -> MadeCaptions:
    """Write the captions of an alignment into `folder`, in each of the formats.

    Raises AlignError, TranscriptError, SubtitleError or AppError; what was written before stays.
    """
    style = find_style(style_name)
    wanted = {name: find_format(name) for name in formats}
    alignment = load(path)
    stem = stem_of(path)
    if translation is not None:
        alignment = translated(alignment, read_transcript(translation, language or ""))
        stem = f"{stem}.{language}"
    video = Video(frame_rate, () if shots is None else _shots(shots))
    made = {
        told: captions_of(alignment, style, video, told)
        for told in {labels_for(style, form, labels) for form in wanted.values()}
    }
    written = {name: folder / f"{stem}{form.extension}" for name, form in wanted.items()}
    for target in written.values():
        if target.exists() and path.exists() and target.samefile(path):
            raise AppError(f"{target} would be replaced by the output: choose another folder with -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    for name, form in wanted.items():
        try:
            write_captions(made[labels_for(style, form, labels)], written[name], name)
        except SubtitleError as error:
            if isinstance(error.__cause__, OSError):
                raise OutputError(folder, error.__cause__.strerror or str(error.__cause__)) from error
            raise
    fullest = made[max(made, key=lambda told: told.value)]
    spoken = spoken_spans(fullest.cues, alignment)
    return MadeCaptions(
        tuple(written.values()), style, len(fullest.cues), check(fullest.cues, style, video, spoken)
    )


def _shots(path: Path) -> tuple[int, ...]:
    return read_shots(path) if path.suffix.lower() in LISTS else detect_shots(path)
