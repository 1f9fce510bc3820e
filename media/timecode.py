"""Timecode: the labels HH:MM:SS:FF of frames, counted exactly at every rate in use.

A label counts frames at the nominal rate (30 for 29.97), so at 29.97 it falls behind the clock by 3.6 s an hour.
Drop-frame timecode skips labels, never frames: at 29.97 the first two of each minute except every tenth, at 59.94 the
first four (SMPTE ST 12-1:2014, section 8.2.3). An hour then has 107,892 labels, 2.6 frames a day off the clock. Some
cameras count so at 30.00 and 60.00, too, where it only takes labels away; their files are right as they count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from asdelivered.media.errors import MediaError

DAY = 24 * 60
"""Minutes after which labels start again at 00:00:00:00."""
_NTSC_RATES = {
    "23.976": Fraction(24000, 1001),
    "23.98": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "47.95": Fraction(48000, 1001),
    "47.952": Fraction(48000, 1001),
    "59.94": Fraction(60000, 1001),
}
"""What the NTSC frame rates are usually called."""
_LABEL = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)([:;.,])(\d{2,3})", re.ASCII)


class TimecodeError(MediaError):
    """A timecode label or rate that doesn't exist."""


@dataclass(frozen=True)
class FrameRate:
    """Frames per second, exactly (Fraction(30000, 1001) for 29.97), and whether the labels are drop-frame.

    Raises TimecodeError where the rate is not between 1 and 240, or has no drop-frame labels but `drop` is set.
    """

    fps: Fraction
    drop: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.fps <= 240:
            raise TimecodeError(
                f"{_shown(self.fps)} frames a second is no rate of timecode: give one of 1 to 240"
            )
        if self.drop and not can_drop(self.fps):
            raise TimecodeError(
                f"there is no drop-frame timecode at {_shown(self.fps)} frames a second, only at 30, 60 and just below"
            )

    @property
    def nominal(self) -> int:
        """Labels per second: 30 for 29.97."""
        return -(-self.fps.numerator // self.fps.denominator)

    @property
    def dropped(self) -> int:
        """Labels skipped at the start of a minute: 2 at 29.97 drop-frame, 0 without drop-frame."""
        return self.nominal // 15 if self.drop else 0

    @property
    def frames_a_day(self) -> int:
        """Frames after which the labels start again."""
        return DAY * 60 * self.nominal - self.dropped * (DAY - DAY // 10)

    def __str__(self) -> str:
        """Return the usual name: "25", "23.976", "29.97 drop-frame"."""
        return f"{_shown(self.fps)}{' drop-frame' if self.drop else ''}"


def named_rate(name: str) -> Fraction:
    """Return the exact rate that "25", "23.976" or "30000/1001" means. Raises TimecodeError: none of 1 to 240."""
    try:
        rate = _NTSC_RATES.get(name.rstrip("0") if "." in name else name) or Fraction(name)
    except (ValueError, ZeroDivisionError) as error:
        raise TimecodeError("give a frame rate such as 25, 29.97 or 30000/1001") from error
    if not 1 <= rate <= 240:
        raise TimecodeError("a frame rate lies between 1 and 240")
    return rate


def can_drop(fps: Fraction) -> bool:
    """Return whether drop-frame labels exist at this rate: at 30, 60 and so on, and a thousandth below them."""
    return fps.numerator % (30_000 if fps.denominator == 1001 else 30) == 0 and fps.denominator in (1, 1001)


def frame_at(seconds: Fraction, rate: FrameRate) -> int:
    """Return the number of the frame whose start is nearest to `seconds`, from 0; halves go up."""
    return (seconds * rate.fps + Fraction(1, 2)).__floor__()


def seconds_at(frame: int, rate: FrameRate) -> Fraction:
    """Return when a frame starts, in seconds from frame 0."""
    return frame / rate.fps


def to_label(frame: int, rate: FrameRate) -> str:
    """Return the timecode of a frame counted from 00:00:00:00, with ";" before the frames where it is drop-frame.

    After 24 hours labels start again at zero.
    """
    frame %= rate.frames_a_day
    if rate.dropped:
        # Add the skipped labels: those of whole ten minutes, then those of the minutes that are left.
        ten_minutes = 600 * rate.nominal - 9 * rate.dropped
        minute = 60 * rate.nominal - rate.dropped
        tens, rest = divmod(frame, ten_minutes)
        minutes = max(0, rest - rate.dropped) // minute
        frame += rate.dropped * (9 * tens + minutes)
    seconds, frames = divmod(frame, rate.nominal)
    width = 3 if rate.nominal > 100 else 2
    separator = ";" if rate.drop else ":"
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{frames:0{width}}"


def from_label(label: str, rate: FrameRate) -> int:
    """Return the frame, counted from 00:00:00:00, that a timecode names. The last separator may be : ; . or ,

    Raises TimecodeError where it isn't a timecode, or this rate has no such label.
    """
    match = _LABEL.fullmatch(label.strip())
    if match is None or int(match[1]) >= 24:
        raise TimecodeError(f"{label!r} is no timecode: give it as HH:MM:SS:FF")
    hours, minutes, seconds, frames = (int(match[group]) for group in (1, 2, 3, 5))
    if frames >= rate.nominal:
        raise TimecodeError(
            f"{label!r} is no timecode at {rate} frames a second: frames run up to {rate.nominal - 1}"
        )
    if seconds == 0 and minutes % 10 and frames < rate.dropped:
        raise TimecodeError(
            f"{label!r} does not exist in drop-frame timecode: this minute begins at {rate.dropped:02}"
        )
    total = 60 * hours + minutes
    return (total * 60 + seconds) * rate.nominal + frames - rate.dropped * (total - total // 10)


def is_drop_label(label: str) -> bool:
    """Return whether a timecode is written as drop-frame: with anything but a colon before its frames."""
    match = _LABEL.fullmatch(label.strip())
    return match is not None and match[4] != ":"


def _shown(fps: Fraction) -> str:
    return f"{float(fps):.3f}".rstrip("0").rstrip(".")
