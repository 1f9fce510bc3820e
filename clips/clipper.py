"""From an alignment and quotes to cut-lists and clips: the one function that does it, and a look at a clip before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.recording_file import HashCheck, find_recording, open_aligned
from asdelivered.base.delivery import Origin, put
from asdelivered.base.extras import install_command
from asdelivered.base.files import sha256_of
from asdelivered.base.progress import Observer
from asdelivered.clips.errors import ClipError
from asdelivered.clips.media_files import RenderedFiles, check_free, render_files, render_job, render_preview
from asdelivered.clips.options import EditOptions, RenderOptions
from asdelivered.clips.order import in_time, merged
from asdelivered.clips.plan import Failure, QuotedClip, clip_to_json, plan_clips
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.media.cutlists import Format, format_of
from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.rendering.faces import can_find_faces
from asdelivered.media.rendering.proof import ClipProof
from asdelivered.media.text import one_line
from asdelivered.media.timecode import TimecodeError, seconds_at, to_label

_UNLIKE = 0.1
"""Seconds by which the lengths of two recordings must differ to be told."""

AnyPath: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True)
class ClipReport:
    """The clips, the quotes that failed, and the files that were written; `remarks` are a sentence each.

    `rendered` has one item for each clip, or one for the reel; it is empty where nothing was to be rendered.
    """

    clips: tuple[QuotedClip, ...]
    failures: tuple[Failure, ...]
    lists: tuple[Path, ...]
    rendered: tuple[RenderedFiles, ...]
    reel: bool
    remarks: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All media files, captions and posters."""
        return tuple(path for one in self.rendered for path in one.files)

    @property
    def proofs(self) -> Sequence[ClipProof | None]:
        """What was measured in the rendered file of each clip; None where none was kept."""
        if self.reel:
            return [*self.rendered[0].proofs] if self.files else [None] * len(self.clips)
        if not self.rendered:
            return [None] * len(self.clips)
        return [next(iter(one.proofs), None) for one in self.rendered]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; times in seconds."""
        return {
            "clips": [
                {**_clip_json(one), "verified": proof and proof.to_json()}
                | ({} if self.reel else {"files": _names(files)})
                for one, files, proof in zip(self.clips, self._files_by_clip(), self.proofs, strict=True)
            ],
            "failed": [
                {"quote": one.request.text, "where": one.request.where, "reason": one.reason}
                for one in self.failures
            ],
            "lists": _names(self.lists),
            "reel": _names(self.files) if self.reel else [],
            "remarks": list(self.remarks),
        }

    def _files_by_clip(self) -> Sequence[Sequence[Path]]:
        if self.reel or not self.rendered:
            return [()] * len(self.clips)
        return [one.files for one in self.rendered]


def clip(
    alignment: Alignment | AnyPath,
    quotes: Iterable[str | QuoteRequest],
    *,
    lists: Iterable[AnyPath] = (),
    folder: AnyPath | None = None,
    recording: AnyPath | None = None,
    edit: EditOptions | None = None,
    render: RenderOptions | None = None,
    overwrite: bool = False,
    observer: Observer | None = None,
) -> ClipReport:
    """Find quotes and cut a clip of each; write cut-lists, and with a `folder` render the clips into it.

    `alignment` is one, or the path of its file. `quotes` are texts, or what `read_quotes` read. The ending of each
    path in `lists` chooses its format (".edl", ".otio", ".fcpxml" and more). `recording` is where the recording is
    now; without it, it is where the alignment says, or beside the alignment. Files that exist are replaced only with
    `overwrite`.

    >>> from asdelivered.clips import EditOptions, clip
    >>> report = clip(
    ...     "harbour.alignment.json", ["we can do it again"], lists=["cuts.edl"], edit=EditOptions(handles=500)
    ... )
    >>> report.clips[0].clip.name
    'Westhaven Harbour Commissioner Anna Reed: “we can do it again.”'
    >>> round(float(report.clips[0].clip.duration), 1)  # seconds
    2.1
    >>> clip("harbour.alignment.json", ["something else"]).failures[0].reason
    'nothing like it stands in the transcript'

    A quote that can't be cut is in the report's `failures`, and the others are made. Raises ClipError, AlignError,
    MediaError or SubtitleError where nothing can be made; then no file was written.
    """
    edit, render, observer = edit or EditOptions(), render or RenderOptions(), observer or Observer()
    formats = {Path(path): format_of(Path(path)) for path in lists}
    document = None if isinstance(alignment, Alignment) else Path(alignment)
    aligned = alignment if isinstance(alignment, Alignment) else load(Path(alignment))
    requests = [_request(quote, number) for number, quote in enumerate(quotes, start=1)]
    file = _recording_file(aligned, document, recording)
    source = _edit_source(aligned, file, edit)
    job = render_job(aligned, source, render, Path(folder), overwrite) if folder is not None else None
    check_free([*formats], overwrite, [file, document] if document else [file])
    check = _RecordingCheck(file, source, aligned, relinked=recording is not None)
    try:
        plan = plan_clips(aligned, source, requests, edit.handles, observer)
        clips = merged(plan.clips, aligned) if edit.merge else plan.clips
        clips = in_time(clips) if edit.by_time else clips
        if not clips:
            return ClipReport((), plan.failures, (), (), False)
        title = one_line(edit.title or aligned.transcript.title or (document or file).stem)
        cuts = CutList(title, source, tuple(one.clip for one in clips))
        for known in formats.values():
            known.write(cuts)  # a list that can't be written fails before the long work
        rendered = render_files(job, cuts.clips, check.verify, observer) if job else ()
        check.verify()
    finally:
        check.stop()
    reel = job is not None and render.reel
    if rendered and not reel:
        clips = tuple(_with_file(one, files) for one, files in zip(clips, rendered, strict=True))
    names = [title] if reel else [one.clip.name for one in clips]
    problems = [
        Failure(QuoteRequest(name, "rendering"), files.problem)
        for name, files in zip(names, rendered, strict=False)
        if files.problem is not None
    ]
    kept = _kept(clips, rendered, reel=reel)
    written = formats if kept else {}
    cuts = replace(cuts, clips=tuple(one.clip for one in kept))
    origin = Origin({document: sha256_of(document)} if document else {})
    for path, known in written.items():
        put(path, known.write(cuts), origin, force=overwrite)
    remarks = (
        *check.remarks,
        *_remarks(source, edit, render, rendered),
        *(_list_remarks(source, formats.values(), len(clips) - len(kept)) if formats else ()),
    )
    return ClipReport(clips, (*plan.failures, *problems), tuple(written), rendered, reel, remarks)


def preview(
    alignment: AnyPath,
    quote: str | QuoteRequest,
    target: AnyPath,
    *,
    recording: AnyPath | None = None,
    render: RenderOptions | None = None,
) -> tuple[Clip, Fraction]:
    """Write one frame of the clip that `clip` would render of a quote to `target`, a .jpg or .png.

    Return the clip, and which of its seconds the frame is at: where the first caption and the speaker's name have just
    appeared. Raises ClipError where the quote can't be cut, else what `clip` raises.
    """
    document, target = Path(alignment), Path(target)
    aligned = load(document)
    source = _edit_source(aligned, _recording_file(aligned, document, recording), EditOptions())
    job = render_job(aligned, source, render or RenderOptions(), target.parent)
    plan = plan_clips(aligned, source, [_request(quote, 1)], 0, Observer())
    if plan.failures:
        raise ClipError(plan.failures[0].reason)
    first = plan.clips[0].clip
    return first, render_preview(job, first, target)


def _request(quote: str | QuoteRequest, number: int) -> QuoteRequest:
    return quote if isinstance(quote, QuoteRequest) else QuoteRequest(quote.strip(), f"quote {number}")


def _recording_file(alignment: Alignment, document: Path | None, given: AnyPath | None) -> Path:
    """Return where the recording is. An alignment that is no file states its path from the present folder."""
    if document is None:
        return Path(given or alignment.recording.path)
    return find_recording(alignment, document, None if given is None else Path(given))


def _edit_source(alignment: Alignment, path: Path, edit: EditOptions) -> EditSource:
    recording = open_aligned(alignment, path)
    try:
        return as_edit_source(recording, edit.rate, edit.timecode)
    except TimecodeError as error:
        raise ClipError(f"{error}; say where it starts with --timecode") from error


def _remarks(
    source: EditSource, edit: EditOptions, render: RenderOptions, rendered: Sequence[RenderedFiles]
) -> Iterable[str]:
    """Yield what was done to all clips that a user may not expect."""
    name, video = source.path.name, source.recording.video
    if edit.timecode is not None:
        yield from _other_timecode(source, edit)
    if video is not None and video.is_hdr and any(one.files for one in rendered):
        yield f"{name} is in HDR; the clips were toned down to BT.709, which every screen shows right"
    if video is not None and video.interlaced and any(one.files for one in rendered):
        yield f"{name} is interlaced; the clips show whole frames, as screens do"
    unheard = sum(proof.heard == 0 for one in rendered for proof in one.proofs)
    if unheard:
        yield f"clips of {name} in which no word was heard: {unheard}; play them before use"
    covered = sum(one.faces_covered for one in rendered)
    if covered:
        yield f"clips in which text covers part of a face, for no place is free: {covered}; look at them before use"
    held = sum(one.held for one in rendered)
    if held:
        yield f"clips in which the picture of {name} ends before its sound, so that the last one stays: {held}"
    is_cropped = (render.vertical or render.ratio is not None) and not render.audiogram
    if video is not None and is_cropped and rendered and not can_find_faces():
        missing = install_command("faces")
        yield f"the crop keeps the middle: to look for faces takes a part that is not installed: {missing}"


def _kept(
    clips: Sequence[QuotedClip], rendered: Sequence[RenderedFiles], *, reel: bool
) -> Sequence[QuotedClip]:
    """Return the clips that belong in a list: all of them, or where they were rendered, those that were not refused."""
    if not rendered:
        return clips
    if reel:
        return clips if rendered[0].files else ()
    return [one for one, files in zip(clips, rendered, strict=True) if files.files]


def _list_remarks(source: EditSource, formats: Iterable[Format], left_out: int) -> Iterable[str]:
    """Yield what the lists lack, and where programs that read them can't be exact."""
    if left_out:
        yield f"clips that could not be made, and are in no list: {left_out}"
    for known in formats:
        if (told := known.limit(source)) is not None:
            yield told


def _other_timecode(source: EditSource, edit: EditOptions) -> Iterable[str]:
    """Yield by how much the timecode that was asked for differs from the recording's own."""
    recording = source.recording
    if recording.timecode is None and recording.samples_since_midnight is None:
        return
    try:
        own = as_edit_source(recording, edit.rate)
    except TimecodeError:
        yield f"{source.path.name} says that it starts at {recording.timecode}; --timecode is taken instead"
        return
    seconds = seconds_at(source.first, source.rate) - seconds_at(own.first, own.rate)
    if seconds or source.rate != own.rate:
        later = f"{abs(float(seconds)):.3f} s {'later' if seconds >= 0 else 'earlier'}"
        yield (
            f"{source.path.name} says that it starts at {to_label(own.first, own.rate)}; the lists count from "
            f"{to_label(source.first, source.rate)}, as --timecode says, {later}"
        )


class _RecordingCheck:
    """Checks, while the clips are made, that the recording is the one that was aligned.

    A recording that the user named (`relinked`) may differ; that is a remark.
    """

    def __init__(self, file: Path, source: EditSource, alignment: Alignment, relinked: bool) -> None:
        self._source = source
        self._aligned = alignment.recording
        self._relinked = relinked
        self._check = HashCheck(file, alignment.recording.sha256)
        self.remarks: tuple[str, ...] = ()

    def verify(self) -> bool:
        """Wait for the result, and return whether it is the recording that was aligned.

        Raises ClipError where it is another that the user did not name, AlignError where it can't be read.
        """
        if self._check.is_same():
            return True
        if self.remarks:
            return False
        path = self._source.path
        difference = self._difference()
        if not self._relinked:
            raise ClipError(f"{difference}; if it runs alike all the same, say so with --recording {path}")
        self.remarks = (difference, "the clips are right only if this recording runs as that one")
        return False

    def _difference(self) -> str:
        path, longer = self._source.path, (self._source.recording.duration - self._aligned.duration) / 1000
        if longer >= _UNLIKE:
            return f"{path} is not the recording that was aligned: it is {longer:.1f} s longer"
        if longer <= -_UNLIKE:
            return f"{path} is not the recording that was aligned: it is {-longer:.1f} s shorter"
        return f"{path} is not the recording that was aligned: its SHA-256 differs"

    def stop(self) -> None:
        """End the check."""
        self._check.stop()


def _with_file(one: QuotedClip, rendered: RenderedFiles) -> QuotedClip:
    if not rendered.files:
        return one
    return replace(one, clip=replace(one.clip, file=rendered.files[0].absolute()))


def _clip_json(one: QuotedClip) -> dict[str, Any]:
    clip, quote = one.clip, one.quote
    return {
        **clip_to_json(clip),
        "score": round(quote.score, 3),
        "confidence": None if quote.confidence is None else round(quote.confidence, 3),
        "notes": list(clip.notes),
    }


def _names(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths]
