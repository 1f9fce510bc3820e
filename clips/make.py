"""Clips from files to files: an alignment, its recording and quotes in, cut-lists and clips out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.recording_file import HashCheck, find_recording
from asdelivered.base.files import write_whole
from asdelivered.base.progress import Observer
from asdelivered.clips.errors import ClipError
from asdelivered.clips.files import Made, Wish, check_free, make_files, rendering_of
from asdelivered.clips.plan import Failure, PlannedClip, clip_to_json, in_time, merged, plan_clips
from asdelivered.clips.quote_file import WantedQuote, read_quotes
from asdelivered.media.cutlists import format_of
from asdelivered.media.edit import CutList
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.media.text import one_line
from asdelivered.media.timecode import FrameRate, TimecodeError


@dataclass(frozen=True)
class ClipRequest:
    """What was asked for: quotes, and what is to become of them. `handles` is in milliseconds."""

    alignment: Path
    quotes: tuple[str, ...]
    files: tuple[Path, ...]
    lists: tuple[Path, ...]
    recording: Path | None = None
    rate: FrameRate | None = None
    timecode: str | None = None
    handles: int = 0
    by_time: bool = False
    merge: bool = False
    title: str | None = None
    force: bool = False


@dataclass(frozen=True)
class ClipReport:
    """What came of it: the clips, the quotes that failed, the files, and remarks, a sentence each."""

    clips: tuple[PlannedClip, ...]
    failures: tuple[Failure, ...]
    lists: tuple[Path, ...]
    made: tuple[Made, ...]
    reel: bool
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; times in seconds."""
        return {
            "clips": [
                {**_clip_json(planned), **({} if self.reel else _files_json(made))}
                for planned, made in zip(self.clips, self._of_clips(), strict=True)
            ],
            "failed": [
                {"quote": one.wanted.text, "where": one.wanted.where, "reason": one.reason}
                for one in self.failures
            ],
            "lists": [str(path) for path in self.lists],
            "reel": _files_json(self.made[0])["files"] if self.reel and self.made else [],
            "remarks": list(self.remarks),
        }

    def _of_clips(self) -> Sequence[Made]:
        return [()] * len(self.clips) if self.reel or not self.made else self.made


def make_clips(request: ClipRequest, wish: Wish | None, observer: Observer) -> ClipReport:
    """Cut the clips of all quotes, write the lists, and the media where there is a `wish` for them.

    Quotes of which no clip can be made are reported, and the others are made. Raises ClipError, AlignError, MediaError
    or SubtitleError where nothing can be; then no file was written.
    """
    formats = {path: format_of(path) for path in request.lists}
    alignment = load(request.alignment)
    wanted = _wanted(request)
    path = find_recording(alignment, request.alignment, request.recording)
    source = _source(path, request)
    rendering = rendering_of(wish, source) if wish else None
    check_free(request.lists, request.force, [path, request.alignment])
    check = HashCheck(path, alignment.recording.sha256)
    remarks: list[str] = []

    def verify() -> None:
        if not check.is_same() and not remarks:
            remarks.append(_changed(source, alignment, relinked=request.recording is not None))

    try:
        plan = plan_clips(alignment, source, wanted, request.handles, observer)
        clips = merged(plan.clips, alignment) if request.merge else plan.clips
        clips = in_time(clips) if request.by_time else clips
        if not clips:
            return ClipReport((), plan.failures, (), (), False)
        title = one_line(request.title or alignment.transcript.title or request.alignment.stem)
        cuts = CutList(title, source, tuple(planned.clip for planned in clips))
        for known in formats.values():
            known.write(cuts)  # what can't be written is told before the long work
        made: tuple[Made, ...] = ()
        if wish is not None and rendering is not None:
            made = make_files(source, alignment, cuts.clips, wish, rendering, verify, observer)
        verify()
    finally:
        check.stop()
    failures = [*plan.failures]
    reel = wish is not None and wish.reel
    if not reel and made:
        clips = tuple(_with_file(planned, one) for planned, one in zip(clips, made, strict=True))
    failures += [
        Failure(WantedQuote(name, "rendering"), reason) for name, reason in _reasons(clips, made, title)
    ]
    cuts = replace(cuts, clips=tuple(planned.clip for planned in clips))
    for target, known in formats.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, known.write(cuts))
    return ClipReport(clips, tuple(failures), tuple(formats), made, reel, tuple(remarks))


def _source(path: Path, request: ClipRequest) -> EditSource:
    recording = open_recording(path)
    try:
        return as_edit_source(recording, request.rate, request.timecode)
    except TimecodeError as error:
        raise ClipError(f"{error}; say where it starts with --timecode") from error


def _wanted(request: ClipRequest) -> tuple[WantedQuote, ...]:
    given = (WantedQuote(quote.strip(), "--quote") for quote in request.quotes)
    return (*given, *(quote for path in request.files for quote in read_quotes(path)))


def _changed(source: EditSource, alignment: Alignment, relinked: bool) -> str:
    """Return what is to be said of a recording that is not the one that was aligned, or raise it as ClipError."""
    longer = (source.recording.duration - alignment.recording.duration) / 1000
    length = (
        f", and it is {abs(longer):.1f} s {'longer' if longer > 0 else 'shorter'}"
        if abs(longer) >= 0.1
        else ""
    )
    said = f"{source.path} is not the recording that was aligned: its SHA-256 differs{length}"
    if not relinked:
        raise ClipError(f"{said}; if it runs alike all the same, say so with --recording {source.path}")
    return f"{said}; the clips are right only if both run alike"


def _with_file(planned: PlannedClip, made: Made) -> PlannedClip:
    if isinstance(made, str):
        return planned
    return replace(planned, clip=replace(planned.clip, file=made[0].absolute()))


def _reasons(clips: Sequence[PlannedClip], made: Sequence[Made], title: str) -> list[tuple[str, str]]:
    """Return the names of what was not rendered, and why."""
    names = [planned.clip.name for planned in clips] if len(made) == len(clips) else [title]
    return [(name, one) for name, one in zip(names, made, strict=False) if isinstance(one, str)]


def _clip_json(planned: PlannedClip) -> dict[str, Any]:
    clip, quote = planned.clip, planned.quote
    return {
        **clip_to_json(clip),
        "score": round(quote.score, 3),
        "confidence": None if quote.confidence is None else round(quote.confidence, 3),
        "notes": list(clip.notes),
    }


def _files_json(made: Made) -> dict[str, Any]:
    return {"files": [] if isinstance(made, str) else [str(path) for path in made]}
