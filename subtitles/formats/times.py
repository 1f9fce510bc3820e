"""Times as caption files write them."""

from __future__ import annotations

import re

from asdelivered.subtitles.errors import SubtitleError

_TIME = r"[-−]?(?:\d+:\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?|\d+:\d{1,2}[.,]\d{1,9})"
TIMING = re.compile(rf"^\s*({_TIME})\s*-{{1,2}}>\s*({_TIME})(?:\s+(.*))?$")
"""A line of two times with an arrow between them, and what stands behind."""
ALMOST_TIMING = re.compile(r"^\s*[-−]?\d+:\d[\d:.,\s]*-{1,2}>")
"""A line that is meant to be one."""


def clock_time(milliseconds: int, separator: str = ".") -> str:
    """Return "01:02:03.004"; hours go on beyond 99."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{rest:03}"


def parse_time(text: str) -> int:
    """Return the milliseconds of "1:02:03,004", "02:03.4" or "-0:00:01.000"; below zero where a minus stands before.

    Raises SubtitleError: it is no time.
    """
    found = re.fullmatch(r"\s*([-−]?)(?:(\d+):)?(\d+):(\d{1,2})(?:[.,](\d+))?\s*", text)
    if found is None:
        raise SubtitleError(f"{text.strip()!r} is not a time: 00:01:02.345 is meant")
    sign, hours, minutes, seconds, fraction = found.groups()
    total = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    milliseconds = total * 1000 + int(f"{fraction or ''}000"[:3])
    return -milliseconds if sign else milliseconds
