"""Times as caption files write them."""

from __future__ import annotations

import re

from asdelivered.base.span import TimeSpan

_TIME = r"[-−]?(?:\d+:\d{1,2}:\d{1,2}(?:[.,]\s?\d{1,9}|:\d{3})?|\d+:\d{1,2}[.,]\s?\d{1,9})"
TIMING = re.compile(rf"^\s*({_TIME})\s*-{{1,2}}>\s*({_TIME})(?:\s+(.*))?$")
"""A line with an in-time, an arrow and an out-time, and what follows them."""
ALMOST_TIMING = re.compile(r"^\s*[-−]?\d+:\d[\d:.,\s]*-{1,2}>")
"""A line that is meant to be one."""


def clock_time(milliseconds: int, separator: str = ".") -> str:
    """Return "01:02:03.004"; hours go on beyond 99."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{rest:03}"


def parse_time(text: str) -> int | None:
    """Return the milliseconds of "1:02:03,004", "02:03.4" or "-0:00:01.000" (below zero); None if it is no time.

    "1:02:03, 004" and "1:02:03:004" are found too.
    """
    found = re.fullmatch(r"\s*([-−]?)(?:(\d+):)?(\d+):(\d{1,2})(?:(?:[.,]\s?|:(?=\d{3}\s*$))(\d+))?\s*", text)
    if found is None:
        return None
    sign, hours, minutes, seconds, fraction = found.groups()
    total = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    milliseconds = total * 1000 + int(f"{fraction or ''}000"[:3])
    return -milliseconds if sign else milliseconds


def timing_span(timing: re.Match[str], number: int, notes: list[str]) -> TimeSpan:
    """Return the span of a TIMING in line `number`; what had to be mended is added to `notes`."""
    start, end = parse_time(timing[1]) or 0, parse_time(timing[2]) or 0
    if timing[1].startswith(("-", "−")) or timing[2].startswith(("-", "−")):
        notes.append(f"line {number}: a time below zero, taken for zero")
    start, end = max(0, start), max(0, end)
    if end < start:
        notes.append(f"line {number}: it ends before it begins; taken to end where it begins")
    return TimeSpan(start, max(start, end))


def not_a_timing(line: str, number: int) -> str:
    """Return the sentence that refuses a line whose times make no sense."""
    return f"line {number}: {line.strip()[:60]!r} is not a pair of times"


def without_broken_end(lines: list[str], notes: list[str]) -> list[str]:
    """Return the lines without the caption at the end, where the file breaks off inside its times; note it."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    if last < 0 or TIMING.match(lines[last]) or not ALMOST_TIMING.match(lines[last]):
        return lines
    notes.append(f"line {last + 1}: the file breaks off inside a time; the caption is left out")
    return lines[: last - 1] if last and lines[last - 1].strip().isdigit() else lines[:last]
