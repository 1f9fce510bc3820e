"""What takes long, each as one call that runs in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.engines.selection import rebuild_engine
from asdelivered.align.realignment import align_again
from asdelivered.base.progress import Observer
from asdelivered.clips.files import Wish, make_files, rendering_of
from asdelivered.media.clips import Clip, source_of
from asdelivered.media.recording import open_recording
from asdelivered.review.changes import Regions
from asdelivered.review.errors import ReviewError
from asdelivered.review.session import Aligned, Settled
from asdelivered.review.transcript import transcript_of
from asdelivered.subtitles.style_file import find_style


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
        engine=rebuild_engine(before.engine),
        anew=settled.anew,
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
    wish = Wish(folder, find_style(style), force=True)
    source = source_of(open_recording(recording))
    made = make_files(source, alignment, clips, wish, rendering_of(wish, source), lambda: None, observer)
    files = tuple(path for one in made if not isinstance(one, str) for path in one)
    reasons = tuple(one for one in made if isinstance(one, str))
    if not files:
        raise ReviewError(reasons[0])
    return Rendered(files, len(made) - len(reasons), reasons)
