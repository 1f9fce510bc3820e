"""Times and texts as people read them: "0:12:34.3", and a text cut to one line."""

from __future__ import annotations


def clock(milliseconds: int) -> str:
    """Return a time as players show it, to the tenth.

    >>> clock(754_300)
    '0:12:34.3'
    """
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest // 100}"


def exact_clock(milliseconds: int) -> str:
    """Return a time to the millisecond.

    >>> exact_clock(754_300)
    '0:12:34.300'
    """
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def shortened(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` characters, cut with an ellipsis where it is longer.

    >>> shortened("We can be proud of them.", 12)
    'We can be p…'
    """
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
