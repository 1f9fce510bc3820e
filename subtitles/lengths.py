"""How long a text is on the screen: the characters that a reader sees, not the code points that they are made of."""

from __future__ import annotations

import re
import unicodedata

_SINGLE = re.compile("[\0-\u02ff\u2010-\u2027\u2030-\u205e]*")
"""Latin letters and the signs of typography, such as dashes and quotation marks: each is seen as one character."""
_FIRST_WIDE = "\u1100"


def width_of(text: str) -> int:
    """Return the characters of a text as the guides count them: what is seen as one counts one, a full-width one two.

    A letter with its combining marks and an emoji of several code points are one (grapheme clusters, UAX 29); a Han
    character, a kana, a Hangul syllable and full-width punctuation are two (UAX 11), which keeps limits of lines of
    half-width characters right in every script.
    """
    if text.isascii() or _SINGLE.fullmatch(text):
        return len(text)
    clusters = clusters_of(text)
    if max(text) < _FIRST_WIDE:
        return len(clusters)
    return len(clusters) + sum(is_wide(cluster[0]) for cluster in clusters)


def clusters_of(text: str) -> list[str]:
    """Return what a reader sees as one character each (grapheme clusters, UAX 29)."""
    # Its tables load slowly, and texts in Latin letters need none.
    from wcwidth import iter_graphemes

    return list(iter_graphemes(text))


def is_wide(character: str) -> bool:
    """Whether a character fills the square of a Han character; emoji, which are symbols, do not count as such."""
    return (
        character >= _FIRST_WIDE
        and unicodedata.east_asian_width(character) in "WF"
        and unicodedata.category(character) not in ("So", "Sk")
    )


def counted(width: int, text: str) -> str:
    """Return "43 characters", or "21.5 full-width characters" where a text is made of such."""
    if any(map(is_wide, text)):
        return f"{width / 2:g} full-width characters"
    return f"{width} characters"
