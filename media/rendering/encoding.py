"""What all files that are made of clips have in common: how they are rendered, their sound, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.rendering.burn_in import FONT, BurnedInCaption, check_letters
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.formats import MediaFormat
from asdelivered.media.rendering.soundtrack import Soundtrack, loudness_filter, write_soundtrack
from asdelivered.media.timecode import seconds_at, to_label

NO_METADATA = ("-map_metadata", "-1", "-map_chapters", "-1")
"""What the recording says of itself, and of where it was made, is not the clip's to tell."""
TIMECODE_RATES = (24, 25, 30, 48, 50, 60)
"""Nominal rates at which FFmpeg writes a track of timecode."""


@dataclass(frozen=True)
class Rendering:
    """How clips are rendered.

    fade: of the sound at both ends, in ms (0 to 1000); one too short to be heard keeps a cut from clicking.
    loudness: in LUFS, to which the sound is brought (-70 to -5; EBU R128: -23); None leaves it as it is.
    vertical: whether the middle of the picture is cut out for telephones.
    font: of captions in the picture.
    """

    format: MediaFormat
    fade: int = 10
    loudness: float | None = None
    vertical: bool = False
    font: str = FONT


@dataclass(frozen=True)
class CaptionedClip:
    """A clip to be rendered, and the captions to be drawn into its picture; their times count from its start."""

    clip: Clip
    captions: tuple[BurnedInCaption, ...] = ()


@contextmanager
def working_folder(target: Path, observer: Observer | None) -> Iterator[tuple[Path, Observer]]:
    """Yield a folder for files in the making, on the disk of the target, and remove it with all that is left in it."""
    with scratch_folder(target.parent) as folder:
        yield folder.absolute(), observer or Observer()


def encode(
    arguments: Sequence[str], target: Path, rendering: Rendering, folder: Path, heard: Observer
) -> None:
    """Have FFmpeg write in `folder` what `arguments` say, and move it to `target` when it is whole.

    Raises MediaError where FFmpeg fails or had no letters for a caption; OSError where `target` can't be written.
    """
    made = f"made.{rendering.format.extension}"
    check_letters(run_ffmpeg([*arguments, made], folder, lambda done: heard.advanced(target.name, done)))
    (folder / made).replace(target)
    heard.finished(target.name)


def soundtrack(
    source: EditSource, parts: Sequence[CaptionedClip], rendering: Rendering, folder: Path
) -> Soundtrack:
    """Write the sound of the parts, of each as much as its picture has."""
    spans = []
    for part in parts:
        span = part.clip.start, part.clip.end
        if rendering.format.picture and source.size:
            first, last = (source.start + seconds_at(at, source.rate) for at in frame_span(part.clip, source))
            span = first, last
        spans.append(span)
    with open_audio(source.recording) as reader:
        return write_soundtrack(reader, spans, folder / "sound.raw", rendering.fade)


def sound_arguments(track: Soundtrack, rendering: Rendering, number: int, folder: Path) -> list[str]:
    """Return what tells FFmpeg to encode the sound, its input of this number."""
    codec = rendering.format.sound
    filters: list[str] = []
    if rendering.loudness is not None:
        loudness = loudness_filter(track, rendering.loudness, folder)
        filters = ["-filter:a", loudness] if loudness else []
    return ["-map", f"{number}:a", *filters, "-codec:a", codec.encoder, *codec.options]


def label_arguments(source: EditSource, clip: Clip, rendering: Rendering) -> list[str]:
    """Return what tells FFmpeg to write what the clip is: its name, who speaks, the words, its timecode."""
    texts = {"title": clip.name, "artist": clip.speaker or "", "comment": clip.text}
    labels = [*NO_METADATA]
    for name, text in texts.items():
        labels += ["-metadata", f"{name}={text}"] if text else []
    if rendering.format.timecode and source.size and source.rate.nominal in TIMECODE_RATES:
        first, _ = frame_span(clip, source)
        labels += ["-timecode", to_label(source.first + first, source.rate)]
    return [*labels, *rendering.format.options]
