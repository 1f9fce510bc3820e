"""A still of a clip, the picture that players show before it starts (poster)."""

from __future__ import annotations

from pathlib import Path

from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.encoding import working_folder
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.framing import CENTRED, Framing
from asdelivered.media.rendering.picture import picture_filters, picture_start


def render_still(
    source: EditSource,
    clip: Clip,
    target: Path,
    crop: tuple[int, int] | None = None,
    framing: Framing = CENTRED,
) -> None:
    """Write the frame in the middle of a clip to `target`, a .jpg or .png, whole or not at all, cropped like the clip.

    Raises MediaError: the recording can't be read or has no picture, FFmpeg fails; OSError: `target` can't be written.
    """
    video = source.recording.video
    if video is None:
        raise MediaError(f"{source.path} has no picture to take a still from")
    first, last = frame_span(clip, source)
    middle = (first + last) // 2
    made = f"made{target.suffix}"
    with working_folder(target) as folder:
        start = picture_start(source, middle, middle + 1, folder)
        filters = ",".join(picture_filters(start, crop, framing, middle - first))
        output = ["-map", f"0:{video.index}", "-filter:v", filters, "-frames:v", "1", "-q:v", "2", made]
        run_ffmpeg([*start.input, *output], folder)
        (folder / made).replace(target)
