"""A recording as an editor sees it: frames with timecode, counted from its first picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from asdelivered.media.errors import MediaError
from asdelivered.media.text import one_line
from asdelivered.media.timecode import (
    FrameRate,
    TimecodeError,
    can_drop,
    frame_at,
    from_label,
    is_drop_label,
    seconds_at,
)

if TYPE_CHECKING:
    from asdelivered.media.recording import AudioStream, Recording, VideoStream

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
"""The rate of cut-lists for a recording without a picture, unless the user asks for another."""
SLOWEST = 12
"""Frames per second below which a picture is edited at SOUND_RATE: speech can't be cut in steps of its frames."""
FASTEST = 240
"""Frames per second that timecode counts at most."""
_SNAP = Fraction(1, 5000)
"""How far a mean frame rate may be from a standard one, as a share of it; 29.97 and 30 are five times as far apart."""

_MEASURED = Fraction(1, 20)
"""The same of a base rate, where it is measured on frames whose times are rounded to milliseconds."""


@dataclass(frozen=True)
class EditSource:
    """A recording as an editor sees it; its path is absolute.

    It has `frames` frames. Frame 0 is shown `start` seconds into the recording's clock; its timecode is that of frame
    number `first`, counted from 00:00:00:00.
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
        """Width and height of the picture as it is shown upright, in its own pixels; None without a picture."""
        video = self.recording.video
        if video is None:
            return None
        return (video.height, video.width) if video.turned else (video.width, video.height)

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel of the upright picture for a height of 1."""
        video = self.recording.video
        if video is None:
            return Fraction(1)
        return 1 / video.pixel_aspect if video.turned else video.pixel_aspect

    @property
    def displayed(self) -> tuple[int, int] | None:
        """Width and height of the picture in square pixels, both even, as players show it; None without a picture.

        Pixels that are not square make it wider, and never lower.
        """
        if self.size is None:
            return None
        (width, height), aspect = self.size, self.pixel_aspect
        if aspect >= 1:
            width = round(width * aspect)
        else:
            height = round(height / aspect)
        return max(2, width // 2 * 2), max(2, height // 2 * 2)

    @property
    def channels(self) -> int:
        """Channels of the sound that is heard."""
        return len(self.heard_channels)

    @property
    def heard_channels(self) -> range:
        """The channels that are heard, counted from 0 over all audio tracks of the file."""
        audio, channel = self.recording.audio, self.recording.channel
        if channel is None:
            return range(audio.first_channel, audio.first_channel + audio.channels)
        return range(audio.first_channel + channel, audio.first_channel + channel + 1)

    @property
    def tracks(self) -> tuple[AudioStream, ...]:
        """All audio tracks of the file, the one that is heard among them."""
        return self.recording.tracks or (self.recording.audio,)

    @property
    def all_channels(self) -> tuple[int, ...]:
        """The channels of all audio tracks of the file, counted from 0, heard or not."""
        return tuple(
            channel
            for track in self.tracks
            for channel in range(track.first_channel, track.first_channel + track.channels)
        )

    @property
    def hears_all(self) -> bool:
        """Whether all of the file's sound is heard, so that no list need say which."""
        return len(self.heard_channels) == len(self.all_channels)

    @property
    def sample_rate(self) -> int:
        """Samples of the sound per second."""
        return self.recording.audio.sample_rate


def as_edit_source(
    recording: Recording, rate: FrameRate | None = None, timecode: str | None = None
) -> EditSource:
    """Return the recording as an editor sees it, with its own frame rate and start timecode unless others are given.

    A variable rate becomes the nearest standard one. Raises TimecodeError where the timecode doesn't exist at this
    rate; MediaError where the recording's name has characters that no cut-list can hold.
    """
    path = plain_path(recording.path)
    if one_line(str(path)) != str(path):
        raise MediaError(f"{str(path)!r} has a name that no cut-list can hold: rename the recording")
    stated = timecode or recording.timecode
    rate = rate or _rate(recording.video, stated)
    start = recording.video.start if recording.video else Fraction(0)
    return EditSource(
        recording=replace(recording, path=path),
        rate=rate,
        first=_first_frame(recording, timecode, rate),
        start=start,
        frames=max(1, frame_at(Fraction(recording.duration, 1000) - start, rate)),
    )


def _rate(video: VideoStream | None, timecode: str | None) -> FrameRate:
    if video is None:
        return SOUND_RATE
    fps = editing_rate(video.frame_rate, video.base_rate)
    return FrameRate(fps, drop=timecode is not None and is_drop_label(timecode) and can_drop(fps))


def editing_rate(mean: Fraction | None, base: Fraction | None) -> Fraction:
    """Return the frame rate at which to edit a picture with `mean` frames per second, timed in units of 1 / `base` s.

    It is the standard rate that one of them matches, or else a constant rate as it is, or else the standard rate near
    the base or else nearest to the mean; of still pictures and slides, that of sound. The base alone isn't enough: in
    an interlaced picture it counts fields.
    """
    for stated in (mean, base):
        for standard in STANDARD_RATES:
            if stated and abs(stated - standard) <= standard * _SNAP:
                return standard
    if base and base != mean:
        nearest = min(STANDARD_RATES, key=lambda standard: abs(standard - base))
        if abs(base - nearest) <= nearest * _MEASURED:
            return nearest
    if mean and mean < SLOWEST:
        return SOUND_RATE.fps
    if mean and mean == base and mean <= STANDARD_RATES[-1]:
        return mean
    return min(STANDARD_RATES, key=lambda standard: abs(standard - (mean or base or SOUND_RATE.fps)))


def _first_frame(recording: Recording, timecode: str | None, rate: FrameRate) -> int:
    """Return the number of the first frame: by `timecode`, or else by what the recording says of itself."""
    stated = timecode or recording.timecode
    if stated is not None:
        own = rate if timecode else _counted_rate(recording.video, rate)
        try:
            return frame_at(seconds_at(from_label(stated, own), own), rate)
        except TimecodeError as error:
            raise TimecodeError(f"the start timecode of {recording.path}: {error}") from error
    if recording.samples_since_midnight is not None:
        return frame_at(Fraction(recording.samples_since_midnight, recording.audio.sample_rate), rate)
    return 0


def _counted_rate(video: VideoStream | None, rate: FrameRate) -> FrameRate:
    """Return the rate at which a recording counts its own timecode: the picture's, where that is too high to edit."""
    mean = video.frame_rate if video else None
    if mean and rate.fps == STANDARD_RATES[-1] and STANDARD_RATES[-1] < mean <= FASTEST:
        return FrameRate(mean)
    return rate


def plain_path(path: Path) -> Path:
    """Return a path that is valid everywhere: absolute, and without "..". Only a ".." makes it follow links."""
    return path.resolve() if ".." in path.parts else path.absolute()
