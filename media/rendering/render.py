"""A clip, or several as one reel, as a media file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from asdelivered.base.progress import Observer
from asdelivered.media.cutlists.ffmetadata import to_ffmetadata
from asdelivered.media.edit import CutList, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.burn_in import (
    Drawing,
    ass_filter,
    card_filter,
    card_frames,
    check_letters,
    lay_out,
    logo_filter,
    write_ass,
)
from asdelivered.media.rendering.encoding import (
    NO_METADATA,
    CaptionedClip,
    Rendering,
    card_length,
    encode,
    label_arguments,
    sound_arguments,
    soundtrack,
    working_folder,
)
from asdelivered.media.rendering.ffmpeg import find_ffmpeg, run_ffmpeg
from asdelivered.media.rendering.picture import (
    can_copy,
    copied_input,
    picture_filters,
    picture_start,
)
from asdelivered.media.rendering.plain import render_plainly
from asdelivered.media.timecode import seconds_at


def render_clip(
    source: EditSource,
    captioned: CaptionedClip,
    target: Path,
    rendering: Rendering,
    observer: Observer | None = None,
) -> None:
    """Write a clip to `target`, whole or not at all; an existing file is replaced.

    The picture is copied if the cut and the format allow it and nothing is drawn or cropped; otherwise it is encoded.
    The sound is always encoded, so that it is exact to the sample. Raises MediaError: the recording can't be read or
    lacks the picture that the format or the captions need, FFmpeg fails, no font has a letter; OSError where `target`
    can't be written.
    """
    _check_picture(source, [captioned], rendering)
    observer = observer or Observer()
    with working_folder(target) as folder:
        observer.started(target.name, float(captioned.clip.duration))
        track = soundtrack(source, [captioned], rendering, folder, card_length(source, rendering))
        if find_ffmpeg() is None:
            made = folder / f"made.{rendering.format.extension}"
            render_plainly(source, captioned, track, rendering, made)
            made.replace(target)
            observer.finished(target.name)
            return
        inputs: list[str] = []
        outputs: list[str] = []
        if rendering.format.picture:
            inputs, outputs = _picture(source, captioned, rendering, folder, has_card=True)
        arguments = [
            *inputs,
            *track.arguments,
            *outputs,
            *sound_arguments(track, rendering, 1 if inputs else 0, folder),
            *label_arguments(source, captioned.clip, rendering),
        ]
        encode(arguments, target, rendering, folder, observer)


def render_frame(
    source: EditSource, captioned: CaptionedClip, moment: Fraction, target: Path, rendering: Rendering
) -> None:
    """Write what `render_clip` shows `moment` seconds after a clip's start to `target`, a .jpg or .png, whole or not.

    The same filters make it, so that crop, captions and all that is drawn are where the clip has them; past the end it
    is the last frame. Raises what `render_clip` raises.
    """
    _check_picture(source, [captioned], rendering)
    video = source.recording.video
    assert video is not None
    first, last = frame_span(captioned.clip, source)
    frame = min(math.floor(moment * source.rate.fps), last - first - 1)
    with working_folder(target) as folder:
        inputs, filters = _drawn(source, captioned, rendering, folder, has_card=False)
        shown = ",".join([*filters, f"trim=start_frame={max(0, frame)}"])
        made = f"made{target.suffix}"
        output = ["-map", f"0:{video.index}", "-filter:v", shown, "-frames:v", "1", "-q:v", "2", made]
        check_letters(run_ffmpeg([*inputs, *output], folder))
        (folder / made).replace(target)


def render_reel(
    source: EditSource,
    clips: Sequence[CaptionedClip],
    target: Path,
    rendering: Rendering,
    observer: Observer | None = None,
) -> None:
    """Write clips to `target` as one file, each directly after the other, as `render_clip` writes one.

    Their pictures are encoded one by one, since FFmpeg would otherwise open the recording once for each, all at the
    same time. Then they are joined without encoding; the sound is one piece. Each clip is a chapter.

    Raises what `render_clip` raises.
    """
    _check_picture(source, clips, rendering)
    observer = observer or Observer()
    with working_folder(target) as folder:
        observer.started(target.name, float(sum(captioned.clip.duration for captioned in clips)))
        track = soundtrack(source, clips, rendering, folder, card_length(source, rendering))
        inputs: list[str] = []
        outputs: list[str] = []
        if rendering.format.picture:
            script = folder / "parts.ffconcat"
            script.write_text("ffconcat version 1.0\n", "utf-8")
            done = 0.0
            for number, captioned in enumerate(clips):
                segment = f"{number}.mp4"
                _segment(source, captioned, rendering, folder, segment, has_card=number == len(clips) - 1)
                with script.open("a", encoding="utf-8") as file:
                    file.write(f"file {segment}\n")
                done += float(captioned.clip.duration)
                observer.advanced(target.name, done)
            inputs = ["-f", "concat", "-i", script.name]
            outputs = ["-map", "0:v", "-codec:v", "copy"]
        made = f"made.{rendering.format.extension}"
        sound = sound_arguments(track, rendering, 1 if inputs else 0, folder)
        (folder / "chapters.txt").write_bytes(to_ffmetadata(_as_chapters(source, clips)))
        inputs += [*track.arguments, "-f", "ffmetadata", "-i", "chapters.txt"]
        # Not plain -map_metadata: it would take their titles from the chapters, too.
        metadata = ["-map_metadata:g", "-1", "-map_metadata:s", "-1"]
        metadata += ["-map_chapters", str(inputs.count("-i") - 1)]
        run_ffmpeg([*inputs, *outputs, *sound, *metadata, *rendering.format.options, made], folder)
        (folder / made).replace(target)
        observer.finished(target.name)


def _as_chapters(source: EditSource, clips: Sequence[CaptionedClip]) -> CutList:
    """Return the clips at their places in a reel, which its chapters show."""
    placed = []
    at = Fraction(0)
    for captioned in clips:
        clip = captioned.clip
        length = clip.duration
        if source.size:
            first, last = frame_span(clip, source)
            length = seconds_at(last - first, source.rate)
        placed.append(replace(clip, start=at, end=at + length))
        at += length
    return CutList("", source, tuple(placed))


def _check_picture(source: EditSource, clips: Sequence[CaptionedClip], rendering: Rendering) -> None:
    drawn = (
        any(captioned.captions for captioned in clips) or rendering.crop is not None or rendering.look.draws
    )
    if source.size is None and (rendering.format.picture or drawn):
        raise MediaError(
            f"{source.path} has no picture: render it in a format of sound, such as m4a, or as an audiogram"
        )
    if rendering.format.picture is None and drawn:
        raise MediaError(
            f"{rendering.format.extension} is a format of sound, and has no picture to work on: choose mp4 or another"
        )


def _picture(
    source: EditSource, captioned: CaptionedClip, rendering: Rendering, folder: Path, *, has_card: bool
) -> tuple[list[str], list[str]]:
    """Return FFmpeg's arguments to open the recording, and those to make the clip's picture of it.

    `has_card`: the brand's end card, if there is one, follows.
    """
    video, codec = source.recording.video, rendering.format.picture
    assert video is not None
    assert codec is not None
    first, last = frame_span(captioned.clip, source)
    brand, rate = rendering.look.brand, source.rate.fps
    frames = last - first + (card_frames(brand, rate) if has_card else 0)
    taken = ["-map", f"0:{video.index}", "-frames:v", str(frames)]
    is_covered = bool(captioned.captions) or rendering.look.draws
    alike = video.codec in rendering.format.copies and not is_covered and rendering.crop is None
    if alike and can_copy(source, first, last):
        return copied_input(source, first), [*taken, "-codec:v", "copy"]
    inputs, filters = _drawn(source, captioned, rendering, folder, has_card=has_card)
    encoded = ["-filter:v", ",".join(filters), "-codec:v", codec.encoder, *codec.options]
    return inputs, [*taken, *encoded]


def _drawn(
    source: EditSource, captioned: CaptionedClip, rendering: Rendering, folder: Path, *, has_card: bool
) -> tuple[list[str], list[str]]:
    """Return FFmpeg's arguments to open the recording, and the filters that make the clip's picture of it."""
    first, last = frame_span(captioned.clip, source)
    brand, rate = rendering.look.brand, source.rate.fps
    start = picture_start(source, first, last, folder)
    filters = picture_filters(start, rendering.crop, captioned.framing)
    if captioned.captions or rendering.look.draws:
        size = rendering.crop or source.displayed
        assert size is not None
        script = folder / "captions.ass"
        shown = seconds_at(last - first, source.rate)
        drawing = _drawing(source, captioned, rendering, has_card=has_card)
        write_ass(captioned.captions, size, rendering.font, script, drawing=drawing)
        card = card_filter(brand, last - first, rate) if has_card else None
        logo = logo_filter(brand, size, folder, float(shown) if card else None)
        filters += filter(None, [card, logo, ass_filter(script)])
    return start.input, filters


def _drawing(
    source: EditSource, captioned: CaptionedClip, rendering: Rendering, *, has_card: bool
) -> Drawing:
    first, last = frame_span(captioned.clip, source)
    shown = round(seconds_at(last - first, source.rate) * 1000)
    return Drawing(rendering.look, captioned.clip.speaker, shown, has_card, captioned.framing.faces)


def text_covers_face(source: EditSource, captioned: CaptionedClip, rendering: Rendering) -> bool:
    """Return whether text that `render_clip` draws stands over a face, since the picture has no other place for it."""
    size = rendering.crop or source.displayed
    if size is None or not captioned.framing.faces:
        return False
    return lay_out(
        captioned.captions, size, _drawing(source, captioned, rendering, has_card=False)
    ).covers_face


def _segment(
    source: EditSource,
    captioned: CaptionedClip,
    rendering: Rendering,
    folder: Path,
    name: str,
    *,
    has_card: bool,
) -> None:
    """Write the picture of one clip of a reel, encoded like those of all the others."""
    alone = replace(rendering, format=replace(rendering.format, copies=frozenset()))
    inputs, outputs = _picture(source, captioned, alone, folder, has_card=has_card)
    # Without B-frames, segments begin at zero and end where the next one begins.
    check_letters(run_ffmpeg([*inputs, *outputs, "-bf", "0", *NO_METADATA, name], folder))
