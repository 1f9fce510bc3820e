"""The files of clips: made in a hidden folder, kept back until they may be shown, and never put over others unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.clips.captions import as_captions, clip_cues, drawn, reel_cues
from asdelivered.clips.errors import ClipError
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.audiogram import render_audiogram, render_cover
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format, usual_format
from asdelivered.media.rendering.names import file_stems
from asdelivered.media.rendering.render import render_clip, render_reel
from asdelivered.media.rendering.still import render_still
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.style import Style
from asdelivered.subtitles.write import find_format, write_captions

REEL = "reel"
"""The stem of the files of a reel."""
STEP = "rendering"


@dataclass(frozen=True)
class Wish:
    """What is to be made of the clips, in `folder`.

    `extension` is the format of the media; None is the recording's own, or the nearest to it. `captions` are the
    formats of the captions beside each clip; `burned` draws them into the picture. `fade` and `loudness` are those of
    Rendering.
    """

    folder: Path
    style: Style
    extension: str | None = None
    captions: tuple[str, ...] = ("srt",)
    burned: bool = False
    vertical: bool = False
    fade: int = 10
    loudness: float | None = None
    reel: bool = False
    audiogram: bool = False
    poster: bool = False
    force: bool = False


def rendering_of(wish: Wish, source: EditSource) -> Rendering:
    """Return how clips are to be rendered.

    Raises MediaError where the format is unknown or can't be encoded, or where there is no picture for what is wished.
    """
    drawing = wish.burned or wish.vertical
    if source.size is None and drawing and not wish.audiogram:
        what = "draw captions into" if wish.burned else "crop"
        raise MediaError(f"{source.path} has no picture to {what}: --audiogram makes one of the sound")
    if wish.extension is not None:
        form = media_format(wish.extension)
    elif wish.audiogram:
        form = media_format("mp4")
    else:
        form = usual_format(source.path.suffix, source.size is not None)
    if form.picture is None and (drawing or wish.audiogram):
        raise MediaError(f"{form.extension} is a format of sound, and has no picture: choose mp4 or another")
    if form.picture is not None and source.size is None and not wish.audiogram:
        raise MediaError(
            f"{source.path} has no picture: choose a format of sound, such as m4a, or --audiogram"
        )
    return Rendering(form, wish.fade, wish.loudness, wish.vertical, wish.style.font)


Made = tuple[Path, ...] | str
"""The files of a clip, the movie or sound first; or why there are none, a sentence."""


def make_files(
    source: EditSource,
    alignment: Alignment,
    clips: Sequence[Clip],
    wish: Wish,
    rendering: Rendering,
    verify: Callable[[], None],
    observer: Observer,
) -> tuple[Made, ...]:
    """Make the files of each clip, or the reel of all, one item a clip or one for the reel.

    `verify` is called before any file appears, and may raise to keep all back. Raises ClipError: a file is there
    already, or the folder can't be written.
    """
    stems = (REEL,) if wish.reel else file_stems(clips)
    files = [_paths(wish, rendering, stem) for stem in stems]
    check_free([path for paths in files for path in paths], wish.force, [source.path])
    made: list[Made] = []
    with _hidden_folder(wish.folder) as hidden:
        groups = [clips] if wish.reel else [[clip] for clip in clips]
        whole = _Whole(observer, float(sum(clip.duration for clip in clips)))
        for group, targets in zip(groups, files, strict=True):
            staging = [hidden / target.name for target in targets]
            try:
                _make(source, alignment, group, wish, rendering, staging, whole)
            except (MediaError, SubtitleError) as error:
                made.append(str(error))
                continue
            verify()
            check_free(targets, wish.force, [source.path])
            for here, target in zip(staging, targets, strict=True):
                here.replace(target)
            made.append(targets)
        whole.ended()
    return tuple(made)


class _Whole(Observer):
    """Tells of the files of all clips as of one step."""

    def __init__(self, observer: Observer, total: float) -> None:
        self._observer = observer
        self._before = self._size = 0.0
        observer.started(STEP, total)

    def started(self, step: str, total: float) -> None:
        """Another file begins."""
        self._size = total

    def advanced(self, step: str, done: float) -> None:
        """It goes on."""
        self._observer.advanced(STEP, self._before + min(done, self._size))

    def finished(self, step: str) -> None:
        """It is there."""
        self._before += self._size

    def ended(self) -> None:
        """All are there."""
        self._observer.finished(STEP)


def check_free(paths: Sequence[Path], force: bool, inputs: Sequence[Path]) -> None:
    """Raise ClipError where a file is there already and must not be replaced, or is one of the `inputs`."""
    for path in paths:
        if not path.exists():
            continue
        if path.is_dir():
            raise ClipError(f"{path} is a folder, and a file is to be written there")
        if any(given.exists() and path.samefile(given) for given in inputs):
            raise ClipError(f"{path} would be replaced, and it is needed: give the output another name")
        if not force:
            raise ClipError(f"{path} is there already: --force replaces it")


def _paths(wish: Wish, rendering: Rendering, stem: str) -> tuple[Path, ...]:
    """Return the files of a clip: the media, the captions, the poster."""
    endings = [f".{rendering.format.extension}", *(find_format(name).extension for name in wish.captions)]
    endings += [".jpg"] if wish.poster else []
    return tuple(wish.folder / f"{stem}{ending}" for ending in endings)


def _make(
    source: EditSource,
    alignment: Alignment,
    clips: Sequence[Clip],
    wish: Wish,
    rendering: Rendering,
    targets: Sequence[Path],
    observer: Observer,
) -> None:
    """Make the files of a clip, or of a reel of several, in the order of `_paths`."""
    cues = [clip_cues(alignment, clip, wish.style) for clip in clips]
    draws = wish.burned or wish.audiogram
    parts = [CaptionedClip(clip, drawn(own) if draws else ()) for clip, own in zip(clips, cues, strict=True)]
    if wish.audiogram:
        render_audiogram(source, parts[0], targets[0], rendering, observer)
    elif wish.reel:
        render_reel(source, parts, targets[0], rendering, observer)
    else:
        render_clip(source, parts[0], targets[0], rendering, observer)
    captions = as_captions(reel_cues(cues, clips), alignment, clips[0].name)
    for name, target in zip(wish.captions, targets[1:], strict=False):
        write_captions(captions, target, name)
    if wish.poster and source.size and not wish.audiogram:
        render_still(source, clips[0], targets[-1], wish.vertical)
    elif wish.poster:
        # Of sound alone, even where the clip is no audiogram, with the first words below its wave.
        part = CaptionedClip(clips[0], drawn(cues[0]))
        render_cover(source, part, targets[-1], rendering)


@contextmanager
def _hidden_folder(folder: Path) -> Iterator[Path]:
    """Make `folder` if need be, and yield a hidden one inside it; what is empty at the end goes."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with scratch_folder(folder) as hidden:
            yield hidden
    except OSError as error:
        raise ClipError(
            f"{folder} cannot be written to ({error.strerror or error}): choose another folder"
        ) from error
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()
