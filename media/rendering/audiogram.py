"""Audiograms: a clip of sound as a movie that shows its waveform, with captions below.

The part that has played is bright: over the bright wave lies a dim one, whose left edge moves to the right.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.edit_source import EditSource
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.burn_in import (
    BurnedInCaption,
    Drawing,
    ass_filter,
    check_letters,
    write_ass,
)
from asdelivered.media.rendering.encoding import (
    CaptionedClip,
    Rendering,
    encode,
    label_arguments,
    sound_arguments,
    soundtrack,
    working_folder,
)
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.soundtrack import Soundtrack
from asdelivered.media.rendering.waveform import BAR, Colour, Picture, draw_bars, loudness_levels

SQUARE = (1080, 1080)
"""Pixels."""
FRAME_RATE = 25
BACKGROUND = "0x141b2d"
BRIGHT: Colour = (125, 211, 252)
DIM: Colour = (71, 85, 114)
COUNT = 76
"""Bars of the wave."""
HEIGHT = 300
"""Height of the wave, in pixels."""
TOP = 0.3
"""The top edge of the wave, as a share of the picture's height."""


def render_audiogram(
    source: EditSource,
    captioned: CaptionedClip,
    target: Path,
    rendering: Rendering,
    observer: Observer | None = None,
) -> None:
    """Write a clip's sound, with a picture of its waveform and its captions, to `target`, whole or not at all.

    The picture is square, or vertical if `rendering` asks for that. Raises MediaError: the sound can't be read, the
    format has no picture, FFmpeg fails, no font has a letter; OSError where `target` can't be written.
    """
    codec = rendering.format.picture
    if codec is None:
        raise MediaError(f"{rendering.format.extension} has no picture: choose mp4 for an audiogram")
    observer = observer or Observer()
    with working_folder(target) as folder:
        observer.started(target.name, float(captioned.clip.duration))
        track = soundtrack(source, [captioned], rendering, folder)
        arguments = [
            *track.arguments,
            *_picture(captioned, track, rendering, folder),
            *sound_arguments(track, rendering, 0, folder),
            *("-codec:v", codec.encoder, *codec.options),
            *label_arguments(source, captioned.clip, rendering),
        ]
        encode(arguments, target, rendering, folder, observer)


def render_cover(
    source: EditSource, captioned: CaptionedClip, moment: Fraction, target: Path, rendering: Rendering
) -> None:
    """Write the picture of an audiogram `moment` seconds after its start to `target`, a .jpg or .png.

    Raises what `render_audiogram` raises.
    """
    with working_folder(target) as folder:
        track = soundtrack(source, [captioned], rendering, folder)
        made = f"made{target.suffix}"
        frame = ["-ss", f"{float(moment):.3f}", "-frames:v", "1", "-q:v", "2"]
        picture = _picture(captioned, track, rendering, folder)
        check_letters(run_ffmpeg([*track.arguments, *picture, *frame, made], folder))
        (folder / made).replace(target)


def _picture(captioned: CaptionedClip, track: Soundtrack, rendering: Rendering, folder: Path) -> list[str]:
    """Return FFmpeg's arguments to draw the picture, after an input that is the sound."""
    width, height = rendering.crop or SQUARE
    seconds = float(captioned.clip.duration)
    levels = loudness_levels(track, COUNT)
    waves = [
        argument
        for name, colour in (("bright", BRIGHT), ("dim", DIM))
        for argument in _input(draw_bars(levels, HEIGHT, colour), folder / f"{name}.rgba")
    ]
    title = (
        BurnedInCaption(TimeSpan(0, round(seconds * 1000) + 1000), (captioned.clip.speaker,))
        if captioned.clip.speaker
        else None
    )
    script = folder / "captions.ass"
    drawing = Drawing(rendering.look, None, round(seconds * 1000))
    write_ass(captioned.captions, (width, height), rendering.font, script, title, drawing)
    wave = COUNT * BAR
    left, top = (width - wave) // 2, round(height * TOP)
    played = f"floor(min({wave}*t/{seconds:.6f},{wave}))"
    graph = [
        f"color=c={BACKGROUND}:s={width}x{height}:r={FRAME_RATE}:d={seconds:.6f}[ground]",
        f"[ground][1:v]overlay=x={left}:y={top}:format=rgb[bright]",
        # Clear pixels to the right of the wave, so that its remaining part can be cropped at a constant size.
        f"[2:v]pad=w={2 * wave}:h={HEIGHT}:color=black@0,loop=loop=-1:size=1,"
        f"crop=w={wave}:h={HEIGHT}:x='{played}':y=0[dim]",
        f"[bright][dim]overlay=x='{left}+{played}':y={top}:format=rgb:shortest=1[waves]",
        f"[waves]{ass_filter(script)}[picture]",
    ]
    return [*waves, "-filter_complex", ";".join(graph), "-map", "[picture]"]


def _input(picture: Picture, path: Path) -> list[str]:
    """Write a picture, and return FFmpeg's arguments to read it."""
    path.write_bytes(picture.tobytes())
    rows, columns = picture.shape[:2]
    form = ["-f", "rawvideo", "-pixel_format", "rgba", "-video_size", f"{columns}x{rows}"]
    return [*form, "-framerate", str(FRAME_RATE), "-i", path.name]
