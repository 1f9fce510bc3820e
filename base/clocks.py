"""Times and texts as people read them: "0:12:34.3", and a text cut to one line."""

from __future__ import annotations


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


def shortened(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` characters, cut with an ellipsis where it is longer.

    >>> shortened("We can be proud of them.", 12)
    'We can be p…'
    """
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
