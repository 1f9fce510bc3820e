"""Times as people write them: on the recording's clock, or as its timecode."""

from __future__ import annotations

import re
from fractions import Fraction

from asdelivered.clips.errors import ClipError
from asdelivered.media.edit_source import EditSource
from asdelivered.media.timecode import TimecodeError, from_label, seconds_at

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)", re.ASCII)
_TIMECODE = re.compile(r"\d\d:\d\d:\d\d[:;.]\d\d", re.ASCII)
_RANGE = re.compile(r"\s*(?:-->|\bto\b|[-–—])\s*")


def parse_range(text: str) -> tuple[str, str | None]:
    """Return the two times of "0:01:13-0:01:15", or one time and None.

    >>> parse_range("1:13 - 1:15.5"), parse_range("73.5")
    (('1:13', '1:15.5'), ('73.5', None))
    """
    parts = [part for part in _RANGE.split(text.strip()) if part]
    if not 1 <= len(parts) <= 2:
        raise ClipError(f"{text!r} is no time: give 0:01:13.5, or 0:01:13.5-0:01:15, or timecode HH:MM:SS:FF")
    return parts[0], parts[1] if len(parts) > 1 else None


def parse_time(text: str, source: EditSource) -> Fraction:
    """Return a time in seconds on the recording's clock.

    It is H:MM:SS.s, M:SS or seconds; or timecode HH:MM:SS:FF, which counts from the recording's own. A time beyond the
    end of the recording that its timecode does reach is taken for timecode. Raises ClipError where it is neither, or
    lies outside the recording.
    """
    text = text.strip()
    match = _CLOCK.fullmatch(text)
    length = Fraction(source.recording.duration, 1000)
    seconds = None
    if match is not None:
        hours, minutes = int(match[1] or 0), int(match[2] or 0)
        seconds = hours * 3600 + minutes * 60 + Fraction(match[3].replace(",", "."))
        if seconds <= length:
            return seconds
    label = text
    if re.fullmatch(r"\d\d:\d\d:\d\d", text, re.ASCII):
        # Drop-frame timecode has no frame 00 in most minutes' first second.
        is_dropped = text.endswith(":00") and not text.endswith("0:00")
        label = f"{text}:{source.rate.dropped if is_dropped else 0:02}"
    at = _by_timecode(label, source) if _TIMECODE.fullmatch(label) else None
    if at is not None and 0 <= at <= length:
        return at
    if seconds is None and at is None:
        raise ClipError(f"{text!r} is no time: give 0:01:13.5, or timecode HH:MM:SS:FF")
    raise ClipError(f"{text} lies outside the recording, which lasts {float(length):.1f} s")


def _by_timecode(label: str, source: EditSource) -> Fraction:
    try:
        frame = from_label(label, source.rate) - source.first
    except TimecodeError as error:
        raise ClipError(str(error)) from error
    if frame < 0:
        frame += source.rate.frames_a_day  # the recording runs past midnight
    return source.start + seconds_at(frame, source.rate)
