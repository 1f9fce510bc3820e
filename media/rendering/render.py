"""A clip, or several as one reel, as a media file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from asdelivered.base.progress import Observer
from asdelivered.media.edit import frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.burn_in import ass_filter, check_letters, write_ass
from asdelivered.media.rendering.encoding import (
    NO_METADATA,
    CaptionedClip,
    Rendering,
    encode,
    label_arguments,
    sound_arguments,
    soundtrack,
    working_folder,
)
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.picture import (
    VERTICAL,
    can_copy,
    copied_input,
    encoded_input,
    picture_filters,
    shown_size,
)


def render_clip(
    source: EditSource,
    part: CaptionedClip,
    target: Path,
    rendering: Rendering,
    observer: Observer | None = None,
) -> None:
    """Write a clip to `target`, whole or not at all; a file that is there is replaced.

    The picture is copied where the cut and the format allow it and nothing is to be done to it; else it is encoded
    anew. The sound always is, for it is to be exact. Raises MediaError: the recording can't be read or has no picture
    for the format or the captions, FFmpeg fails, no font has a letter; OSError where `target` can't be written.
    """
    _check_picture(source, [part], rendering)
    with working_folder(target, observer) as (folder, heard):
        heard.started(target.name, float(part.clip.duration))
        track = soundtrack(source, [part], rendering, folder)
        inputs: list[str] = []
        outputs: list[str] = []
        if rendering.format.picture:
            inputs, outputs = _picture(source, part, rendering, folder)
        arguments = [
            *inputs,
            *track.arguments,
            *outputs,
            *sound_arguments(track, rendering, 1 if inputs else 0, folder),
            *label_arguments(source, part.clip, rendering),
        ]
        encode(arguments, target, rendering, folder, heard)


def render_reel(
    source: EditSource,
    parts: Sequence[CaptionedClip],
    target: Path,
    rendering: Rendering,
    observer: Observer | None = None,
) -> None:
    """Write clips to `target` as one file, each directly after the other, as `render_clip` writes one.

    Their pictures are encoded one by one, so that FFmpeg opens the recording once at a time, and joined as they are;
    the sound is one piece. Raises what `render_clip` raises.
    """
    _check_picture(source, parts, rendering)
    with working_folder(target, observer) as (folder, heard):
        heard.started(target.name, float(sum(part.clip.duration for part in parts)))
        track = soundtrack(source, parts, rendering, folder)
        inputs: list[str] = []
        outputs: list[str] = []
        if rendering.format.picture:
            script = folder / "parts.ffconcat"
            script.write_text("ffconcat version 1.0\n")
            done = 0.0
            for number, part in enumerate(parts):
                segment = f"{number}.mp4"
                _segment(source, part, rendering, folder, segment)
                with script.open("a") as file:
                    file.write(f"file {segment}\n")
                done += float(part.clip.duration)
                heard.advanced(target.name, done)
            inputs = ["-f", "concat", "-i", script.name]
            outputs = ["-map", "0:v", "-codec:v", "copy"]
        made = f"made.{rendering.format.extension}"
        sound = sound_arguments(track, rendering, 1 if inputs else 0, folder)
        ending = [*rendering.format.options, made]
        run_ffmpeg([*inputs, *track.arguments, *outputs, *sound, *NO_METADATA, *ending], folder)
        (folder / made).replace(target)
        heard.finished(target.name)


def _check_picture(source: EditSource, parts: Sequence[CaptionedClip], rendering: Rendering) -> None:
    drawn = any(part.captions for part in parts) or rendering.vertical
    if source.size is None and (rendering.format.picture or drawn):
        raise MediaError(
            f"{source.path} has no picture: render it in a format of sound, such as m4a, or as an audiogram"
        )
    if rendering.format.picture is None and drawn:
        raise MediaError(
            f"{rendering.format.extension} is a format of sound, and has no picture to work on: choose mp4 or another"
        )


def _picture(
    source: EditSource, part: CaptionedClip, rendering: Rendering, folder: Path
) -> tuple[list[str], list[str]]:
    """Return what tells FFmpeg to open the recording, and to make the clip's picture of it."""
    video, codec = source.recording.video, rendering.format.picture
    assert video is not None
    assert codec is not None
    first, last = frame_span(part.clip, source)
    taken = ["-map", f"0:{video.index}", "-frames:v", str(last - first)]
    alike = video.codec in rendering.format.copies and not part.captions and not rendering.vertical
    if alike and can_copy(source, first, last):
        return copied_input(source, first), [*taken, "-codec:v", "copy"]
    filters = picture_filters(source, first, rendering.vertical)
    if part.captions:
        script = folder / "captions.ass"
        size = VERTICAL if rendering.vertical else shown_size(source)
        write_ass(part.captions, size, rendering.font, script)
        filters.append(ass_filter(script))
    encoded = ["-filter:v", ",".join(filters), "-codec:v", codec.encoder, *codec.options]
    return encoded_input(source, first), [*taken, *encoded]


def _segment(source: EditSource, part: CaptionedClip, rendering: Rendering, folder: Path, name: str) -> None:
    """Write the picture of a part of a reel, encoded like those of all the others."""
    alone = replace(rendering, format=replace(rendering.format, copies=frozenset()))
    inputs, outputs = _picture(source, part, alone, folder)
    # Without frames that need later ones, segments begin at zero and end where the next one begins.
    check_letters(run_ffmpeg([*inputs, *outputs, "-bf", "0", *NO_METADATA, name], folder))
