"""The two jobs that take long; each runs in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.recording_file import open_aligned
from asdelivered.align.document.transcript import transcript_of
from asdelivered.align.engines.selection import rebuild_engine
from asdelivered.align.realignment import align_again
from asdelivered.base.progress import Observer
from asdelivered.clips.media_files import render_files, render_job
from asdelivered.clips.options import RenderOptions
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.review.changes import Regions
from asdelivered.review.session import RealignmentRequest, RealignmentResult


@dataclass(frozen=True)
class Rendered:
    """The files of `clips` clips; `failures` say why the `refused` ones have none, a sentence each."""

    files: tuple[Path, ...]
    clips: int
    failures: tuple[str, ...]
    refused: tuple[Clip, ...] = ()


def align_between_pins(
    request: RealignmentRequest, recording: Path, jobs: int, observer: Observer
) -> RealignmentResult:
    """Align again around the edits, with the engines that aligned the rest. Raises AlignError or MediaError."""
    before = request.before
    after = align_again(
        before,
        transcript_of(before),
        open_recording(recording),
        request.pins,
        jobs,
        observer,
        engine=rebuild_engine(before.engine),
        anew=request.anew,
    )
    return RealignmentResult(
        tuple(
            line
            for line, old in zip(after.lines, before.lines, strict=True)
            if line != old or line.id in request.edited
        ),
        Regions(after.untranscribed, after.sounds),
    )


def render_clips(
    alignment: Alignment, recording: Path, clips: Sequence[Clip], folder: Path, style: str, observer: Observer
) -> Rendered:
    """Render clips as media files with captions beside them.

    Raises ClipError, MediaError or SubtitleError where the style or the folder make it impossible.
    """
    source = as_edit_source(open_aligned(alignment, recording))
    job = render_job(alignment, source, RenderOptions(style=style), folder, overwrite=True)
    rendered = render_files(job, clips, lambda: True, observer)
    files = tuple(path for one in rendered for path in one.files)
    problems = tuple(one.problem for one in rendered if one.problem is not None)
    refused = tuple(clip for clip, one in zip(clips, rendered, strict=True) if not one.files)
    return Rendered(files, len(clips) - len(refused), problems, refused)
