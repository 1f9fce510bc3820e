"""Checking and fixing a caption file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from asdelivered.align.document.alignment_json import load
from asdelivered.base.delivery import put
from asdelivered.base.errors import reason_of
from asdelivered.base.files import write_whole
from asdelivered.base.reading import read_file
from asdelivered.subtitles.checking.check import Violation, check
from asdelivered.subtitles.checking.fix import fix
from asdelivered.subtitles.checking.report import to_json, to_junit, to_sarif
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cues import Video
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import LARGEST, in_utf_8
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.patching.patch import patched
from asdelivered.subtitles.read import read_captions
from asdelivered.subtitles.shots import shot_changes
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.write import captions_file, format_by_ending


@dataclass(frozen=True)
class CheckRequest:
    """The captions, the style, and whether to fix them: in `output`, or else in the file itself.

    With the event's `alignment` the times are checked against the speech. `frame_rate` and `shots` (a list of shot
    changes, or the video) are those of the picture. `language` is that of captions that do not state theirs,
    and so is `encoding`.
    """

    captions: Path
    style: str
    fix: bool = False
    output: Path | None = None
    alignment: Path | None = None
    frame_rate: Fraction | None = None
    shots: Path | None = None
    language: str = "en"
    encoding: str | None = None
    force: bool = False


@dataclass(frozen=True)
class CheckResult:
    """What was found in the file `captions`, and what was changed in it."""

    captions: Path
    style: Style
    cues: int
    violations: tuple[Violation, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    written: Path | None

    @property
    def errors(self) -> int:
        """How many violations are errors."""
        return sum(found.severity is Severity.ERROR for found in self.violations)

    def remarks(self) -> list[str]:
        """Return what was skipped when the file was read, and what was fixed, one sentence each."""
        remarks = [f"note: {note}" for note in self.notes]
        remarks += [f"fixed: {change}" for change in self.changes]
        if self.written is not None:
            unchanged = "nothing to mend; the file is as it was"
            remarks.append(f"written: {self.written}" if self.changes else unchanged)
            if self.violations:
                remarks.append("what is listed cannot be mended without changing words")
        return remarks

    def to_json(self) -> str:
        """Return it as a JSON document; times in seconds."""
        more = {"notes": list(self.notes), "fixed": list(self.changes)}
        return to_json(str(self.captions), self.style, self.cues, self.violations, more)

    def to_junit(self) -> str:
        """Return the violations as JUnit XML."""
        return to_junit(str(self.captions), self.style, self.cues, self.violations)

    def to_sarif(self) -> str:
        """Return the violations as SARIF 2.1.0."""
        return to_sarif(str(self.captions), self.style, self.violations)


def check_file(request: CheckRequest) -> CheckResult:
    """Check a caption file, after fixing it if that is requested. Raises SubtitleError or AlignError."""
    style = find_style(request.style)
    captions, format = read_captions(request.captions, request.encoding, request.frame_rate)
    language = captions.language or request.language
    style = style.in_language(language)
    alignment = load(request.alignment) if request.alignment is not None else None
    shots = shot_changes(request.shots) if request.shots is not None else ()
    video = Video(request.frame_rate or captions.frame_rate, shots)
    target = request.output or request.captions
    changes: tuple[str, ...] = ()
    if request.fix:
        fixed = fix(captions.cues, style, language, video)
        changes = fixed.changes
        if changes and captions.encoding_guess and request.output is None:
            raise SubtitleError(
                f"{request.captions}: not fixed: it is not UTF-8, and {captions.encoding_guess} is a guess. Name its "
                f"encoding (--encoding {captions.encoding_guess}), or write another file with -o"
            )
        if changes or request.output is not None:
            _write_fixed(request, captions, fixed.cues, format)
        captions = replace(captions, cues=fixed.cues)
    spoken = spoken_spans(captions.cues, alignment) if alignment is not None else ()
    violations = check(captions.cues, style, video, spoken, language, verbatim=alignment is not None)
    written = target if request.fix else None
    return CheckResult(
        request.captions, style, len(captions.cues), violations, captions.notes, changes, written
    )


def _write_fixed(request: CheckRequest, captions: Captions, fixed: Sequence[Cue], format: str) -> None:
    """Write the fixed captions: into the file as it is, or else, and in another format, a new file.

    Raises SubtitleError, NotOursError where a new file would replace one that the program did not write, and OSError.
    """
    made = replace(captions, cues=tuple(fixed))
    if request.output is None:
        _fix_in_place(request, captions, fixed, format)
        return
    wanted = format_by_ending(request.output, format)
    try:
        data = (
            _patched(request, captions, fixed, format)
            if wanted == format
            else captions_file(made, wanted, request.output)
        )
    except SubtitleError:
        data = captions_file(made, wanted, request.output)
    put(request.output, data, force=request.force)


def _fix_in_place(request: CheckRequest, captions: Captions, fixed: Sequence[Cue], format: str) -> None:
    """Change the file itself, which is its owner's wish: from then on it is the owner's, and no command replaces it."""
    path = request.captions
    try:
        data = _patched(request, captions, fixed, format)
    except SubtitleError as error:
        raise SubtitleError(f"{path}: not fixed: {error}: write another file with -o FILE") from error
    try:
        write_whole(path, data)
    except OSError as error:
        raise SubtitleError(f"{path}: the captions cannot be written: {reason_of(error)}") from error


def _patched(request: CheckRequest, captions: Captions, fixed: Sequence[Cue], format: str) -> bytes:
    data = read_file(request.captions, LARGEST, "caption file", SubtitleError)
    if request.encoding is None:
        return patched(data, captions, fixed, format)
    made = patched(in_utf_8(data, request.encoding), captions, fixed, format)
    # XML says by itself that it is UTF-8 now.
    return made if made.startswith(b"<?xml") else made.decode().encode(request.encoding)
