"""Captions from files to files."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.sources import stem_of
from asdelivered.app.jobs.output import check_not_input, writing_to
from asdelivered.base.delivery import Origin, check_replaceable, put, relative_to
from asdelivered.base.files import sha256_of
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cueing.utterances import in_order
from asdelivered.subtitles.cues import Labels, Video, captions_of
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_in, edits_path, with_edits
from asdelivered.subtitles.editing.fitting import edits_told, fit_edits, holdable, numbered
from asdelivered.subtitles.editing.own_words import with_own_words
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.shots import shot_changes
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.translation import translated
from asdelivered.subtitles.write import captions_file, find_format, labels_for, refitted, style_for


@dataclass(frozen=True)
class Translation:
    """A translation of the transcript, with the same turns, and its language (ISO 639)."""

    transcript: Path
    language: str


@dataclass(frozen=True)
class CaptionsRequest:
    """The alignment, the style, the formats and the folder for the files.

    `frame_rate` and `shots` (a list of shot changes, or the video) are those of the picture; the recording begins at
    `timecode`, in milliseconds. `labels` names speakers in any style or in none, and `sounds` labels sounds or not;
    None is as the style has it. With `highlight` each word is lit once it is said, in the formats that can do it. With
    `drafts` they show what a recogniser made of speech that the text lacks; with `own_words`, what a person wrote for
    it.
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

    @property
    def stem(self) -> str:
        """What the names of the files begin with: the alignment's name, and the language of a translation."""
        stem = stem_of(self.alignment)
        return stem if self.translation is None else f"{stem}.{self.translation.language}"

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
    notes: tuple[str, ...] = ()
    """What to say of captions by hand, and of what a format makes of the captions."""
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
        """Return the notes, and a sentence for each rule that some cues break."""
        counted = Counter((found.severity, found.rule, found.source) for found in self.violations)
        lacking = ["no drafts are shown: align with a Whisper model to have them"] * self.lacks_drafts
        return [
            *self.notes,
            *lacking,
            *(
                f"{severity}: {count} of {self.cues} captions break {rule} ({self.style.title}: {source})"
                for (severity, rule, source), count in sorted(counted.items())
            ),
        ]


@dataclass(frozen=True)
class _Material:
    """What captions are made of: an alignment with a person's changes to its captions, and what to say of those."""

    alignment: Alignment
    edits: tuple[CueEdit, ...]
    remarks: tuple[str, ...]
    lacks_drafts: bool


_Look = tuple[Labels, Style]
"""What captions show besides the words, and the style they keep to: formats of one look have the same captions."""


def write_caption_files(request: CaptionsRequest) -> CaptionFiles:
    """Write the captions of an alignment in each of the formats.

    A format that cannot hold the captions does not keep the others from being written. Raises AlignError,
    TranscriptError, SubtitleError, OutputError or AppError; files written before that stay.
    """
    style = find_style(request.style)
    formats = {name: find_format(name) for name in request.formats}
    material = _material(request, style.name)
    style = style.in_language(material.alignment.transcript.language)
    video = Video(request.frame_rate, () if request.shots is None else shot_changes(request.shots))
    looks = {
        name: (labels_for(style, form, request.labels, request.sounds), style_for(style, form))
        for name, form in formats.items()
    }
    made = {look: _captions(request, material, style, look, video) for look in {*looks.values()}}
    fitted = {name: refitted(made[look], formats[name]) for name, look in looks.items()}
    written, failures = _write({name: captions for name, (captions, _) in fitted.items()}, request)
    notes = [
        f"{name}: {note}"
        for name, (captions, laid_out) in fitted.items()
        if _target(request, name) in written
        for note in filter(None, (laid_out, formats[name].remark(captions)))
    ]
    _, asked = fullest = max(made, key=lambda look: (look[1] == style, look[0].value))
    shown = made[fullest]
    spoken = spoken_spans(shown.cues, material.alignment)
    return CaptionFiles(
        written,
        failures,
        style,
        len(shown.cues),
        check(shown.cues, asked, video, spoken, shown.language, verbatim=True),
        (*material.remarks, *_too_wide(material.edits, style, looks), *notes),
        material.lacks_drafts,
    )


def _material(request: CaptionsRequest, style_name: str) -> _Material:
    alignment = load(request.alignment)
    beside = edits_beside(request.alignment)
    edits: Sequence[CueEdit] = edits_in(style_name, beside)
    remarks = edits_told(
        fit_edits(edits, numbered(in_order(alignment.lines))), edits_path(request.alignment).name
    )
    if request.translation is not None:
        from asdelivered.transcripts.read import read_transcript  # with all formats of pages

        edits, remarks = (), []
        language = request.translation.language
        alignment = translated(alignment, read_transcript(request.translation.transcript, language))
    lacks_drafts = request.drafts and not alignment.drafts
    if request.drafts or request.own_words:
        own = beside.heard if request.own_words else ()
        alignment, homeless = with_own_words(alignment, own, request.drafts)
        remarks += [
            f"your own words have no place any more, the text has that time: {one.text!r}" for one in homeless
        ]
    return _Material(alignment, tuple(edits), tuple(remarks), lacks_drafts)


def _captions(
    request: CaptionsRequest, material: _Material, style: Style, look: _Look, video: Video
) -> Captions:
    labels, narrow = look
    edits = holdable(material.edits, style, narrow)
    drafts = request.drafts or request.own_words
    return replace(
        captions_of(material.alignment, narrow, video, labels, edits, drafts),
        programme_start=request.timecode,
        highlighted=request.highlight,
    )


def _too_wide(edits: Sequence[CueEdit], style: Style, looks: Mapping[str, _Look]) -> list[str]:
    """Return a sentence for each format that has no room for some of the captions by hand."""
    counts = {name: len(edits) - len(holdable(edits, style, narrow)) for name, (_, narrow) in looks.items()}
    return [
        f"{count} of the captions by hand are too wide for {name} ({looks[name][1].max_line_length} characters): "
        "the style lays them out there"
        for name, count in counts.items()
        if count
    ]


def _target(request: CaptionsRequest, format: str) -> Path:
    return request.folder / f"{request.stem}{find_format(format).extension}"


def _write(
    captions: Mapping[str, Captions], request: CaptionsRequest
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the captions of each format; return the files, and why some could not be written."""
    targets = {name: _target(request, name) for name in captions}
    written, failures = [], []
    with writing_to(request.folder):
        for target in targets.values():
            check_not_input(target, [request.alignment])
        check_replaceable(targets.values(), request.force)
        sources = {path: sha256_of(path) for path in request.sources()}
        for name, target in targets.items():
            try:
                data = captions_file(captions[name], name, target)
            except SubtitleError as error:
                failures.append(str(error))
                continue
            put(target, data, Origin(sources, (*request.command(), "--format", name)), request.force)
            written.append(target)
    return tuple(written), tuple(failures)
