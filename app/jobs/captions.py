"""Captions from files to files."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.sources import stem_of
from asdelivered.app.jobs.output import check_not_input, writing_to
from asdelivered.base.delivery import Origin, check_replaceable, put, relative_to
from asdelivered.base.files import sha256_of
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cueing.utterances import in_order
from asdelivered.subtitles.cues import Video, captions_of
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_in, edits_path, with_edits
from asdelivered.subtitles.editing.fitting import edits_told, fit_edits, holdable, numbered
from asdelivered.subtitles.editing.own_words import with_own_words
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.shots import shot_changes
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.translation import translated
from asdelivered.subtitles.write import captions_file, find_format, labels_for, style_for


@dataclass(frozen=True)
class Translation:
    """A translation of the transcript, with the same turns, and its language (ISO 639)."""

    transcript: Path
    language: str


@dataclass(frozen=True)
class CaptionsRequest:
    """The alignment, the style, the formats and the folder for the files.

    `frame_rate` and `shots` (a list of shot changes, or the video) are those of the picture; the recording
    begins at `timecode`, in milliseconds. `labels` names
    speakers in any style or in none, and `sounds` labels sounds or not; None is as the style has it. With
    `highlight` each word is lit once it is said, in the formats that can do it. With `drafts` they show what a
    recogniser made of speech that the text lacks, with `own_words` what a person wrote for it.
    """

    alignment: Path
    style: str
    formats: tuple[str, ...]
    folder: Path
    translation: Translation | None = None
    frame_rate: Fraction | None = None
    timecode: int = 0
    shots: Path | None = None
    labels: bool | None = None
    sounds: bool | None = None
    highlight: bool = False
    drafts: bool = False
    own_words: bool = False
    force: bool = False

    def sources(self) -> tuple[Path, ...]:
        """Return the files that the captions are made of."""
        return (
            *with_edits(self.alignment),
            *(() if self.translation is None else (self.translation.transcript,)),
        )

    def command(self) -> tuple[str, ...]:
        """Return the command that makes these captions again, in their folder, but for their format."""
        words = ["captions", relative_to(self.alignment, self.folder), "--style", self.style]
        if self.translation is not None:
            words += ["--translation", relative_to(self.translation.transcript, self.folder)]
            words += ["--language", self.translation.language]
        if self.frame_rate is not None:
            words += ["--frame-rate", str(self.frame_rate)]
        if self.timecode:
            words += ["--timecode", self._timecode()]
        if self.shots is not None:
            words += ["--shots", relative_to(self.shots, self.folder)]
        for name, chosen in (("labels", self.labels), ("sounds", self.sounds)):
            if chosen is not None:
                words.append(f"--{name}" if chosen else f"--no-{name}")
        words += ["--highlight"] if self.highlight else []
        words += ["--drafts"] if self.drafts else []
        return (*words, *(("--own-words",) if self.own_words else ()))

    def _timecode(self) -> str:
        frames_a_second = math.ceil(self.frame_rate or 25)
        seconds, rest = divmod(self.timecode, 1000)
        frames = round(rest * frames_a_second / 1000)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frames:02}"


@dataclass(frozen=True)
class CaptionFiles:
    """The files that were written, why others were not, and where their captions break the style."""

    files: tuple[Path, ...]
    failures: tuple[str, ...]
    style: Style
    cues: int
    violations: tuple[Violation, ...]
    edits: tuple[str, ...] = ()
    """What to say of captions by hand."""
    lacks_drafts: bool = False
    """Whether drafts were asked for, and the alignment has none."""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "files": [str(path) for path in self.files],
            "failures": list(self.failures),
            "style": self.style.name,
            "cues": self.cues,
            "errors": sum(found.severity is Severity.ERROR for found in self.violations),
            "warnings": sum(found.severity is Severity.WARNING for found in self.violations),
        }

    def remarks(self) -> list[str]:
        """Return what to say of captions by hand, and a sentence for each rule that some cues break."""
        counted = Counter((found.severity, found.rule, found.source) for found in self.violations)
        lacking = ["no drafts are shown: align with a Whisper model to have them"] * self.lacks_drafts
        return [
            *self.edits,
            *lacking,
            *(
                f"{severity}: {count} of {self.cues} captions break {rule} ({self.style.title}: {source})"
                for (severity, rule, source), count in sorted(counted.items())
            ),
        ]


def write_caption_files(request: CaptionsRequest) -> CaptionFiles:
    """Write the captions of an alignment in each of the formats.

    A format that cannot hold the captions does not keep the others from being written. Raises AlignError,
    TranscriptError, SubtitleError, OutputError or AppError; files written before that stay.
    """
    style = find_style(request.style)
    formats = {name: find_format(name) for name in request.formats}
    alignment = load(request.alignment)
    stem = stem_of(request.alignment)
    beside = edits_beside(request.alignment)
    edits = edits_in(style.name, beside)
    fitted = fit_edits(edits, numbered(in_order(alignment.lines)))
    told = edits_told(fitted, edits_path(request.alignment).name)
    if request.translation is not None:
        from asdelivered.transcripts.read import read_transcript  # with all formats of pages

        edits, told = (), []
        language = request.translation.language
        alignment = translated(alignment, read_transcript(request.translation.transcript, language))
        stem = f"{stem}.{language}"
    lacks_drafts = request.drafts and not alignment.drafts
    if request.drafts or request.own_words:
        own = beside.heard if request.own_words else ()
        alignment, homeless = with_own_words(alignment, own, request.drafts)
        told += [
            f"your own words have no place any more, the text has that time: {one.text!r}" for one in homeless
        ]
    style = style.in_language(alignment.transcript.language)
    video = Video(request.frame_rate, () if request.shots is None else shot_changes(request.shots))
    labels = {name: labels_for(style, form, request.labels, request.sounds) for name, form in formats.items()}
    wanted = {name: (labels[name], style_for(style, form)) for name, form in formats.items()}
    made = {
        one: replace(
            captions_of(
                alignment,
                one[1],
                video,
                one[0],
                holdable(edits, style, one[1]),
                request.drafts or request.own_words,
            ),
            programme_start=request.timecode,
            highlighted=request.highlight,
        )
        for one in {*wanted.values()}
    }
    for name, (_, narrow) in wanted.items():
        if wide := len(edits) - len(holdable(edits, style, narrow)):
            told.append(
                f"{wide} of the captions by hand are too wide for {name} ({narrow.max_line_length} characters): "
                "the style lays them out there"
            )
    targets = {name: request.folder / f"{stem}{form.extension}" for name, form in formats.items()}
    with writing_to(request.folder):
        for target in targets.values():
            check_not_input(target, [request.alignment])
        check_replaceable(targets.values(), request.force)
        sources = {path: sha256_of(path) for path in request.sources()}
        written = []
        failures = []
        for name, target in targets.items():
            try:
                data = captions_file(made[wanted[name]], name, target)
            except SubtitleError as error:
                failures.append(str(error))
                continue
            put(target, data, Origin(sources, (*request.command(), "--format", name)), request.force)
            written.append(target)
    _, asked = fullest = max(made, key=lambda one: (one[1] == style, one[0].value))
    shown = made[fullest]
    spoken = spoken_spans(shown.cues, alignment)
    violations = check(shown.cues, asked, video, spoken, shown.language, verbatim=True)
    return CaptionFiles(
        tuple(written),
        tuple(failures),
        style,
        len(shown.cues),
        violations,
        tuple(told),
        lacks_drafts,
    )
