"""The media files of clips: rendered in a hidden folder, held back until they may appear, and never put over others
unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.base.delivery import Delivery, deliver
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.clips.captions import as_captions, burned_in, clip_cues, reel_cues, spoken_in
from asdelivered.clips.errors import ClipError
from asdelivered.clips.listening import Listener
from asdelivered.clips.options import RenderOptions
from asdelivered.clips.plan import spoken_words
from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.audiogram import render_audiogram, render_cover
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering, card_length
from asdelivered.media.rendering.faces import frame_clip
from asdelivered.media.rendering.formats import media_format, usual_format
from asdelivered.media.rendering.framing import CENTRED
from asdelivered.media.rendering.look import Brand, Look, ratio_size, read_brand
from asdelivered.media.rendering.names import file_stems
from asdelivered.media.rendering.picture import ends_within
from asdelivered.media.rendering.proof import ClipProof, Part, prove, rendered_span
from asdelivered.media.rendering.render import render_clip, render_frame, render_reel, text_covers_face
from asdelivered.media.rendering.still import render_still
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Style
from asdelivered.subtitles.write import find_format, write_captions

REEL = "reel"
"""The stem of the files of a reel."""
STEP = "rendering"
APPEARING = Fraction(3, 10)
"""Seconds in which what is drawn has appeared."""


@dataclass(frozen=True)
class RenderJob:
    """All that rendering needs beside the clips; `render_job` makes one. `overwrite`: replace files that exist."""

    alignment: Alignment
    source: EditSource
    options: RenderOptions
    style: Style
    rendering: Rendering
    folder: Path
    overwrite: bool


@dataclass(frozen=True)
class RenderedFiles:
    """The files of a clip or reel, the movie or sound first; none of them where there was a `problem`, a sentence.

    `proofs` are what was measured in the file, one for each clip that it holds. `faces_covered`: in how many of them
    text stands over a face, since no other place is free. `held`: in how many of them the picture ends before the
    sound, so that its last one stays.
    """

    files: tuple[Path, ...]
    problem: str | None = None
    proofs: tuple[ClipProof, ...] = ()
    faces_covered: int = 0
    held: int = 0


def render_job(
    alignment: Alignment, source: EditSource, options: RenderOptions, folder: Path, overwrite: bool = False
) -> RenderJob:
    """Check that clips can be rendered as the options ask, before the long work begins.

    Raises MediaError: the format is unknown or can't be encoded, or the recording lacks the picture that the options
    need; SubtitleError: no such style, or no such format of captions.
    """
    for name in options.captions:
        find_format(name)
    style = options.caption_style()
    rendering = _rendering(options, source, style)
    return RenderJob(alignment, source, options, style, rendering, folder, overwrite)


def _rendering(options: RenderOptions, source: EditSource, style: Style) -> Rendering:
    draws = options.draws or options.vertical or options.ratio is not None
    if source.size is None and draws and not options.audiogram:
        what = "draw captions into" if options.burn_in else "draw into" if options.draws else "crop"
        raise MediaError(f"{source.path} has no picture to {what}: --audiogram makes one of the sound")
    if options.format is not None:
        form = media_format(options.format)
    elif options.audiogram:
        form = media_format("mp4")
    else:
        form = usual_format(source.path.suffix, source.size is not None)
    if form.picture is None and (draws or options.audiogram):
        raise MediaError(f"{form.extension} is a format of sound, and has no picture: choose mp4 or another")
    if form.picture is not None and source.size is None and not options.audiogram:
        raise MediaError(
            f"{source.path} has no picture: choose a format of sound, such as m4a, or --audiogram"
        )
    brand = read_brand(Path(options.brand)) if options.brand is not None else Brand()
    if options.ratio is not None:
        ratio_size(options.ratio)
    return Rendering(
        form,
        options.fade,
        options.loudness,
        options.vertical,
        brand.font or style.font,
        options.ratio,
        Look(options.lower_third, options.progress, brand),
    )


def render_files(
    job: RenderJob, clips: Sequence[Clip], verify: Callable[[], bool], observer: Observer
) -> tuple[RenderedFiles, ...]:
    """Render the files of each clip, or of one reel of all clips; return one item for each clip, or one for the reel.

    `verify` is called before any file appears, and may raise to hold all of them back; it returns whether the recording
    is the one that was aligned. Raises ClipError: a file exists already, or the folder can't be written.
    """
    stems = (REEL,) if job.options.reel else file_stems(clips)
    targets = [_targets(job, stem) for stem in stems]
    check_free([path for paths in targets for path in paths], job.overwrite, [job.source.path])
    rendered: list[RenderedFiles] = []
    with _hidden_folder(job.folder) as hidden:
        groups = [clips] if job.options.reel else [[clip] for clip in clips]
        as_one_step = _OneStep(observer, float(sum(clip.duration for clip in clips)))
        for group, paths in zip(groups, targets, strict=True):
            staging = [hidden / path.name for path in paths]
            try:
                proofs, faces_covered = _render(job, group, staging, as_one_step)
                held = _held(job, group)
                proofs = _listened_to(job, group, staging[0], proofs, verify(), hidden)
            except (MediaError, SubtitleError) as error:
                rendered.append(RenderedFiles((), str(error)))
                continue
            check_free(paths, job.overwrite, [job.source.path])
            deliver(
                [Delivery(path, staged) for staged, path in zip(staging, paths, strict=True)], job.overwrite
            )
            rendered.append(RenderedFiles(paths, None, proofs, faces_covered, held))
        as_one_step.end()
    return tuple(rendered)


def _listened_to(
    job: RenderJob,
    clips: Sequence[Clip],
    path: Path,
    proofs: Sequence[ClipProof],
    is_same_recording: bool,
    folder: Path,
) -> tuple[ClipProof, ...]:
    """Return the proofs with the words that were heard in the clips of a file, where listening is needed.

    Raises MediaError where they are not there.
    """
    listener, at, checked = Listener(job.alignment, job.source.recording, folder), Fraction(0), []
    for clip, proof in zip(clips, proofs, strict=True):
        start, end = rendered_span(job.source, clip, has_picture=job.rendering.format.picture is not None)
        checked.append(listener.check(clip, proof, path, at, is_same_recording))
        at += end - start
    return tuple(checked)


class _OneStep(Observer):
    """Reports the rendering of all clips as one step."""

    def __init__(self, observer: Observer, total: float) -> None:
        self._observer = observer
        self._before = self._size = 0.0
        observer.started(STEP, total)

    def started(self, step: str, total: float) -> None:
        """Begin the next file."""
        self._size = total

    def advanced(self, step: str, done: float) -> None:
        """Report this file's progress, after all files before it."""
        self._observer.advanced(STEP, self._before + min(done, self._size))

    def finished(self, step: str) -> None:
        """Count this file as done."""
        self._before += self._size

    def end(self) -> None:
        """Report that all files are done."""
        self._observer.finished(STEP)


def check_free(paths: Sequence[Path], overwrite: bool, inputs: Sequence[Path]) -> None:
    """Raise ClipError where a file exists and must not be replaced: unasked, or because it is one of the `inputs`."""
    for path in paths:
        if not path.exists():
            continue
        if path.is_dir():
            raise ClipError(f"{path} is a folder, and a file is to be written there")
        if any(given.exists() and path.samefile(given) for given in inputs):
            raise ClipError(f"{path} would be replaced, and it is needed: give the output another name")
        if not overwrite:
            raise ClipError(f"{path} is there already: --force replaces it")


def _targets(job: RenderJob, stem: str) -> tuple[Path, ...]:
    """Return the paths of a clip's files: the media, the captions, the poster."""
    endings = [f".{job.rendering.format.extension}"]
    endings += [find_format(name).extension for name in job.options.captions]
    endings += [".jpg"] if job.options.poster else []
    return tuple(job.folder / f"{stem}{ending}" for ending in endings)


def _render(
    job: RenderJob, clips: Sequence[Clip], targets: Sequence[Path], observer: Observer
) -> tuple[tuple[ClipProof, ...], int]:
    """Write the files of a clip, or of a reel of several, in the order of `_targets`.

    Return the proof of each clip, and in how many of them text stands over a face.
    Raises MediaError where the media file turns out to be another than was asked for.
    """
    options, rendering, source = job.options, job.rendering, job.source
    cues = [clip_cues(job.alignment, clip, job.style) for clip in clips]
    captioned = [_captioned(job, clip, own) for clip, own in zip(clips, cues, strict=True)]
    if options.audiogram:
        render_audiogram(source, captioned[0], targets[0], rendering, observer)
    elif options.reel:
        render_reel(source, captioned, targets[0], rendering, observer)
    else:
        render_clip(source, captioned[0], targets[0], rendering, observer)
    video = source.recording.video
    is_changed = video is not None and (video.is_hdr or video.interlaced)
    proofs = prove(
        source,
        [Part(one.clip, spoken_words(job.alignment, one.clip), one.framing.at(0)) for one in captioned],
        targets[0],
        has_picture=rendering.format.picture is not None and not options.audiogram,
        is_drawn_on=options.draws or rendering.crop is not None or is_changed,
        after=0 if options.audiogram else card_length(source, rendering),
    )
    captions = as_captions(reel_cues(cues, clips), job.alignment, clips[0].name)
    for name, target in zip(options.captions, targets[1:], strict=False):
        write_captions(captions, target, name)
    if options.poster and source.size and not options.audiogram:
        render_still(source, clips[0], targets[-1], rendering.crop, captioned[0].framing)
    elif options.poster:
        # Without a picture, even a clip that is no audiogram gets its waveform, with the first words below it.
        halfway = clips[0].duration / 2
        render_cover(source, CaptionedClip(clips[0], burned_in(cues[0])), halfway, targets[-1], rendering)
    return proofs, sum(text_covers_face(source, one, rendering) for one in captioned)


def _held(job: RenderJob, clips: Sequence[Clip]) -> int:
    """Return in how many clips the recording's picture ends before the sound."""
    if job.rendering.format.picture is None or job.options.audiogram:
        return 0
    return sum(ends_within(job.source, *frame_span(clip, job.source)) for clip in clips)


def _captioned(job: RenderJob, clip: Clip, cues: Sequence[Cue]) -> CaptionedClip:
    """Return a clip with the captions that are drawn into its picture, and with its crop."""
    options, crop = job.options, job.rendering.crop
    draws = options.burn_in or options.highlight or options.audiogram
    spoken = spoken_in(job.alignment, clip) if options.highlight else ()
    looks_for_faces = not options.audiogram and (crop is not None or options.draws)
    framing = frame_clip(job.source, clip, crop) if looks_for_faces else CENTRED
    return CaptionedClip(clip, burned_in(cues, spoken) if draws else (), framing)


def render_preview(job: RenderJob, clip: Clip, target: Path) -> Fraction:
    """Write a frame of what `render_files` makes of a clip to `target`, a .jpg or .png; return its seconds in the clip.

    It is the frame in which the first captions and the speaker's name, if they are drawn, have just appeared.
    Raises MediaError, SubtitleError; OSError where `target` can't be written.
    """
    captioned = _captioned(job, clip, clip_cues(job.alignment, clip, job.style))
    begins = Fraction(captioned.captions[0].span.start if captioned.captions else 0, 1000)
    moment = min(begins + APPEARING, clip.duration / 2)
    make = render_cover if job.options.audiogram else render_frame
    make(job.source, captioned, moment, target, job.rendering)
    return moment


@contextmanager
def _hidden_folder(folder: Path) -> Iterator[Path]:
    """Make `folder` if need be, and yield a hidden one inside it; a folder made here that stays empty is removed."""
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with scratch_folder(folder) as hidden:
            yield hidden
    except OSError as error:
        raise ClipError(
            f"{folder} cannot be written to ({error.strerror or error}): choose another folder"
        ) from error
    finally:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
