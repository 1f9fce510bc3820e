"""Clips of a recording, and the recording as an editor sees it: frames, counted from its first picture."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording, VideoStream
from asdelivered.media.timecode import FrameRate, TimecodeError, can_drop, frame_at, from_label, is_drop_label

NTSC = Fraction(1000, 1001)
STANDARD_RATES = (
    24 * NTSC,
    Fraction(24),
    Fraction(25),
    30 * NTSC,
    Fraction(30),
    Fraction(50),
    60 * NTSC,
    Fraction(60),
)
"""Frames per second that editors work at."""
SOUND_RATE = FrameRate(Fraction(25))
"""For cut-lists of a recording without a picture, where nobody asks for another."""
_SNAP = Fraction(1, 5000)
"""By which part a mean frame rate may miss a standard one; 29.97 and 30 are five times as far from each other."""


@dataclass(frozen=True)
class Clip:
    """A part of a recording to be cut out: from `start` up to `end`, exact seconds on the recording's clock.

    `name` is what an editor's list of clips shows, `text` the words that it holds, `notes` what a person should
    look at; each is one line, without control characters. `file` is the clip itself where it was rendered.
    Raises ValueError where the clip would run backwards, or a text is more than one line.
    """

    name: str
    start: Fraction
    end: Fraction
    speaker: str | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    file: Path | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"a clip must run forward from zero, not {float(self.start)} to {float(self.end)} s"
            )
        for text in (self.name, self.speaker or "", self.text, *self.notes):
            if text != one_line(text):
                raise ValueError(
                    f"a clip's texts are one line each, without control characters, not {text!r}"
                )

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class Source:
    """A recording as an editor sees it; its path is absolute.

    Frame 0 is shown `start` seconds into the recording's clock, and its timecode is that of frame `first` counted
    from 00:00:00:00; there are `frames` of them.
    """

    recording: Recording
    rate: FrameRate
    first: int
    start: Fraction
    frames: int

    @property
    def path(self) -> Path:
        """Where the recording is, an absolute path."""
        return self.recording.path

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture in pixels; None without a picture."""
        video = self.recording.video
        return (video.width, video.height) if video else None

    @property
    def channels(self) -> int:
        """Channels of the sound."""
        return self.recording.audio.channels

    @property
    def sample_rate(self) -> int:
        """Samples of the sound a second."""
        return self.recording.audio.sample_rate


@dataclass(frozen=True)
class CutList:
    """Clips of one recording in the order in which they are to follow each other; `title` is one line."""

    title: str
    source: Source
    clips: tuple[Clip, ...]


@dataclass(frozen=True)
class Event:
    """A clip in an edit. All are frames: `source_in` up to `source_out` of the recording, from its frame 0, stand at
    `record_in` up to `record_out` of the edit, from its own frame 0.
    """

    clip: Clip
    source_in: int
    source_out: int
    record_in: int
    record_out: int


def events(cuts: CutList) -> Iterator[Event]:
    """Yield the clips as an edit: one directly after the other."""
    record = 0
    for clip in cuts.clips:
        source_in, source_out = frame_span(clip, cuts.source)
        length = source_out - source_in
        yield Event(clip, source_in, source_out, record, record + length)
        record += length


def frame_span(clip: Clip, source: Source) -> tuple[int, int]:
    """Return the frames of the recording that hold a clip, first and past the last; never none.

    Where a clip's edges don't lie on frames, in sound alone, the frames cover it: no word is cut.
    """
    first = math.floor((clip.start - source.start) * source.rate.fps)
    last = math.ceil((clip.end - source.start) * source.rate.fps)
    first = min(max(0, first), max(0, source.frames - 1))
    return first, max(first + 1, min(last, source.frames))


def source_of(recording: Recording, rate: FrameRate | None = None, timecode: str | None = None) -> Source:
    """Return the recording as an editor sees it, with its own frame rate and start timecode unless others are given.

    A rate that varies becomes the standard one that it is nearest to. Raises TimecodeError where the timecode
    isn't one at this rate; MediaError where no list could hold the recording's name.
    """
    path = plain_path(recording.path)
    if one_line(str(path)) != str(path):
        raise MediaError(f"{str(path)!r} has a name that no cut-list can hold: rename the recording")
    stated = timecode or recording.timecode
    rate = rate or _rate(recording.video, stated)
    start = recording.video.start if recording.video else Fraction(0)
    return Source(
        recording=replace(recording, path=path),
        rate=rate,
        first=_first_frame(recording, stated, rate),
        start=start,
        frames=max(1, frame_at(Fraction(recording.duration, 1000) - start, rate)),
    )


def _rate(video: VideoStream | None, timecode: str | None) -> FrameRate:
    if video is None:
        return SOUND_RATE
    fps = frames_a_second(video.frame_rate, video.base_rate)
    return FrameRate(fps, drop=timecode is not None and is_drop_label(timecode) and can_drop(fps))


def frames_a_second(mean: Fraction | None, base: Fraction | None) -> Fraction:
    """Return the rate of a picture whose frames come `mean` a second, at multiples of 1 / `base` s.

    The base alone would not do: it counts fields where the picture is interlaced.
    """
    for stated in (mean, base):
        for standard in STANDARD_RATES:
            if stated and abs(stated - standard) <= standard * _SNAP:
                return standard
    if mean and mean == base and 1 <= mean <= STANDARD_RATES[-1]:
        return mean
    return min(STANDARD_RATES, key=lambda standard: abs(standard - (mean or base or SOUND_RATE.fps)))


def _first_frame(recording: Recording, timecode: str | None, rate: FrameRate) -> int:
    if timecode is not None:
        try:
            return from_label(timecode, rate)
        except TimecodeError as error:
            raise TimecodeError(f"the start timecode of {recording.path}: {error}") from error
    if recording.samples_since_midnight is not None:
        return frame_at(Fraction(recording.samples_since_midnight, recording.audio.sample_rate), rate)
    return 0


def plain_path(path: Path) -> Path:
    """Return a path that holds wherever it is read: absolute, and without "..". Links are followed only for that."""
    return path.resolve() if ".." in path.parts else path.absolute()


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters and others that XML forbids."""
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_text(char))
    return " ".join(kept.split())


def _is_text(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE
