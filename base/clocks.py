"""Times and texts as people read them: "0:12:34.3", and a text cut to one line."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d{1,3})?)")


def clock(milliseconds: int, decimals: int = 1) -> str:
    """Return a time as players show it, to the tenth of a second or with other decimals (0 to 3).

    >>> clock(754_300), clock(754_300, 0)
    ('0:12:34.3', '0:12:34')
    """
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03}"[: decimals + 1] if decimals else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"


def exact_clock(milliseconds: int) -> str:
    """Return a time to the millisecond.

    >>> exact_clock(754_300)
    '0:12:34.300'
    """
    return clock(milliseconds, 3)


def read_clock(text: str) -> int | None:
    """Return the milliseconds of a time as people write it; None where it is none.

    >>> read_clock("0:12:34.3"), read_clock("12:34"), read_clock("754.3"), read_clock("noon")
    (754300, 754000, 754300, None)
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not text.isascii():
        return None
    hours, minutes, seconds = found.groups()
    if (minutes and float(seconds.replace(",", ".")) >= 60) or (hours and int(minutes) >= 60):
        return None
    return (
        round(float(seconds.replace(",", ".")) * 1000)
        + int(minutes or 0) * 60_000
        + int(hours or 0) * 3_600_000
    )


def shortened(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` characters, cut with an ellipsis where it is longer.

    >>> shortened("We can be proud of them.", 12)
    'We can be p…'
    """
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
