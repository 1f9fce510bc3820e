"""What takes long, each as one call that runs in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.engines.choosing import engine_again
from asdelivered.align.realignment import align_again
from asdelivered.base.progress import Observer
from asdelivered.clips.media_files import render_files, render_job
from asdelivered.clips.options import RenderOptions
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.review.changes import Regions
from asdelivered.review.errors import ReviewError
from asdelivered.review.session import Aligned, Settled
from asdelivered.review.transcript import transcript_of


@dataclass(frozen=True)
class Rendered:
    """The files of so many clips, and why there are none of the others: a sentence each."""

    files: tuple[Path, ...]
    clips: int
    failures: tuple[str, ...]


def align_between_pins(settled: Settled, recording: Path, jobs: int, observer: Observer) -> Aligned:
    """Align what was edited again, by the engines that aligned the rest. Raises AlignError or MediaError."""
    before = settled.before
    after = align_again(
        before,
        transcript_of(before),
        open_recording(recording),
        settled.pins,
        jobs,
        observer,
        engine_again(before.engine),
        settled.anew,
    )
    return Aligned(
        tuple(
            line
            for line, old in zip(after.lines, before.lines, strict=True)
            if line != old or line.id in settled.edited
        ),
        Regions(after.untranscribed, after.sounds),
    )


def render_clips(
    alignment: Alignment, recording: Path, clips: Sequence[Clip], folder: Path, style: str, observer: Observer
) -> Rendered:
    """Make the clips as media files with captions beside them.

    Raises ReviewError, MediaError or SubtitleError, where none could be made.
    """
    source = as_edit_source(open_recording(recording))
    job = render_job(alignment, source, RenderOptions(style=style), folder, overwrite=True)
    rendered = render_files(job, clips, lambda: None, observer)
    files = tuple(path for one in rendered for path in one.files)
    problems = tuple(one.problem for one in rendered if one.problem is not None)
    if not files:
        raise ReviewError(problems[0])
    return Rendered(files, len(rendered) - len(problems), problems)
