"""What a caller chooses: how the clips follow each other in an edit, and how they are rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asdelivered.media.timecode import FrameRate
from asdelivered.subtitles.style import Style
from asdelivered.subtitles.style_file import find_style


@dataclass(frozen=True, kw_only=True)
class EditOptions:
    """How clips are cut, and how cut-lists show them.

    handles: milliseconds to add at both ends of each clip, for the editor to trim.
    by_time: put the clips in the order of the recording, not in the order of the quotes.
    merge: join clips that overlap or touch.
    rate: frames per second of the lists; None takes the recording's, or 25 where it has no picture.
    timecode: "HH:MM:SS:FF" of the recording's first frame; None takes the one in the file.
    title: of the lists; None takes the transcript's.
    """

    handles: int = 0
    by_time: bool = False
    merge: bool = False
    rate: FrameRate | None = None
    timecode: str | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class RenderOptions:
    """How clips are rendered as media files.

    format: "mp4", "m4a" and so on; None takes the recording's own, or the nearest that can be written.
    reel: make one file of all clips.
    audiogram: make a movie of the sound, its waveform above the captions.
    vertical: crop the picture to 1080 x 1920, for phones: the same as the ratio "9:16".
    ratio: crop the picture to these proportions: "16:9", "1:1", "4:5" or "9:16".
    highlight: draw the captions into the picture, each word lit while it is said.
    lower_third: show the speaker's name and role during the first seconds.
    progress: draw a bar that grows with the clip.
    brand: the path of a brand file, for logo, font, margin and colours.
    poster: write a still of each clip as well.
    fade: length of the fade of the sound at both ends, in ms (0 to 1000).
    loudness: loudness of the sound in LUFS (-70 to -5; EBU R128: -23); None leaves it as it is.
    captions: formats of the caption files beside each clip; () writes none.
    burn_in: draw the captions into the picture.
    style: of the captions, as `caption` takes it; None takes "netflix", or "vertical" for a picture that is no wider
        than high.
    """

    format: str | None = None
    reel: bool = False
    audiogram: bool = False
    vertical: bool = False
    ratio: str | None = None
    highlight: bool = False
    lower_third: bool = False
    progress: bool = False
    brand: Path | None = None
    poster: bool = False
    fade: int = 10
    loudness: float | None = None
    captions: tuple[str, ...] = ("srt",)
    burn_in: bool = False
    style: Style | str | None = None

    def caption_style(self) -> Style:
        """Return the style of the captions. Raises SubtitleError where there is none of that name."""
        if isinstance(self.style, Style):
            return self.style
        narrow = self.vertical or self.ratio not in (None, "16:9")
        return find_style(self.style or ("vertical" if narrow else "netflix"))

    @property
    def draws(self) -> bool:
        """Whether anything is drawn into the picture."""
        return self.burn_in or self.highlight or self.lower_third or self.progress or self.brand is not None
