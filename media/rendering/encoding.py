"""What all rendered files have in common: the settings, the soundtrack, the metadata, and the call of FFmpeg."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.edit import Clip, frame_span
from asdelivered.media.edit_source import EditSource
from asdelivered.media.rendering.burn_in import FONT, BurnedInCaption, card_frames, check_letters
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.formats import MediaFormat
from asdelivered.media.rendering.framing import CENTRED, Framing
from asdelivered.media.rendering.look import RATIOS, Look, ratio_size
from asdelivered.media.rendering.soundtrack import Soundtrack, loudness_filter, write_soundtrack
from asdelivered.media.timecode import seconds_at, to_label

NO_METADATA = ("-map_metadata", "-1", "-map_chapters", "-1")
"""A clip must not pass on the recording's own metadata, such as where it was made."""
TIMECODE_RATES = (24, 25, 30, 48, 50, 60)
"""Nominal frame rates at which FFmpeg can write a timecode track."""


@dataclass(frozen=True)
class Rendering:
    """How clips are rendered.

    fade: length of the fade of the sound at both ends, in ms (0 to 1000); even an inaudibly short one prevents clicks.
    loudness: loudness of the sound in LUFS (-70 to -5; EBU R128: -23); None leaves it as it is.
    vertical: crop the picture, for phones: the same as the ratio "9:16".
    font: of the captions in the picture.
    ratio: crop the picture to these proportions (see RATIOS), as the framing of each clip says.
    look: what is drawn beside the captions.
    """

    format: MediaFormat
    fade: int = 10
    loudness: float | None = None
    vertical: bool = False
    font: str = FONT
    ratio: str | None = None
    look: Look = field(default_factory=Look)

    @property
    def crop(self) -> tuple[int, int] | None:
        """The size to which the picture is cropped and scaled; None leaves it as it is."""
        if self.ratio is not None:
            return ratio_size(self.ratio)
        return RATIOS["9:16"] if self.vertical else None


@dataclass(frozen=True)
class CaptionedClip:
    """A clip to be rendered, the captions to draw into its picture, timed from its start, and how it is cropped."""

    clip: Clip
    captions: tuple[BurnedInCaption, ...] = ()
    framing: Framing = CENTRED


@contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """Yield a folder for unfinished files on the disk of the target; at the end remove it with all that is in it."""
    with scratch_folder(target.parent) as folder:
        yield folder.absolute()


def encode(
    arguments: Sequence[str], target: Path, rendering: Rendering, folder: Path, observer: Observer
) -> None:
    """Run FFmpeg with `arguments` in `folder`, and move the finished file to `target`.

    Raises MediaError where FFmpeg fails or no font has a letter of a caption; OSError where `target` can't be written.
    """
    made = f"made.{rendering.format.extension}"
    check_letters(run_ffmpeg([*arguments, made], folder, lambda done: observer.advanced(target.name, done)))
    (folder / made).replace(target)
    observer.finished(target.name)


def card_length(source: EditSource, rendering: Rendering) -> Fraction:
    """Return how many seconds the end card lasts that follows a rendered picture; 0 without one."""
    if rendering.format.picture is None or source.size is None:
        return Fraction(0)
    return seconds_at(card_frames(rendering.look.brand, source.rate.fps), source.rate)


def soundtrack(
    source: EditSource,
    clips: Sequence[CaptionedClip],
    rendering: Rendering,
    folder: Path,
    silence: Fraction | int = 0,
) -> Soundtrack:
    """Write the sound of the clips, each exactly as long as its picture, and `silence` seconds after them."""
    spans = []
    for captioned in clips:
        span = captioned.clip.start, captioned.clip.end
        if rendering.format.picture and source.size:
            first, last = (
                source.start + seconds_at(at, source.rate) for at in frame_span(captioned.clip, source)
            )
            span = first, last
        spans.append(span)
    with open_audio(source.recording) as reader:
        return write_soundtrack(reader, spans, folder / "sound.raw", rendering.fade, silence)


def sound_arguments(track: Soundtrack, rendering: Rendering, number: int, folder: Path) -> list[str]:
    """Return FFmpeg's arguments to encode the sound, which is its input `number`."""
    codec = rendering.format.sound
    filters: list[str] = []
    if rendering.loudness is not None:
        loudness = loudness_filter(track, rendering.loudness, folder)
        filters = ["-filter:a", loudness] if loudness else []
    return ["-map", f"{number}:a", *filters, "-codec:a", codec.encoder, *codec.options]


def labels(source: EditSource, clip: Clip, rendering: Rendering) -> dict[str, str]:
    """Return the clip's metadata as FFmpeg names it: its name, speaker, words and, if the format has it, timecode."""
    texts = {"title": clip.name, "artist": clip.speaker or "", "comment": clip.text}
    if rendering.format.timecode and source.size and source.rate.nominal in TIMECODE_RATES:
        first, _ = frame_span(clip, source)
        texts["timecode"] = to_label(source.first + first, source.rate)
    return {name: text for name, text in texts.items() if text}


def label_arguments(source: EditSource, clip: Clip, rendering: Rendering) -> list[str]:
    """Return FFmpeg's arguments for the clip's metadata."""
    arguments = [*NO_METADATA]
    for name, text in labels(source, clip, rendering).items():
        arguments += ["-timecode", text] if name == "timecode" else ["-metadata", f"{name}={text}"]
    return [*arguments, *rendering.format.options]
