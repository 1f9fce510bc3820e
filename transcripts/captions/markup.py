"""Text with tags, as SRT and WebVTT have it: italics, bold, underlining and ruby are kept, other tags removed.

Ruby (small text above others that says how they are read) is no part of the plain text.
"""

from __future__ import annotations

import re

TAG = re.compile(r"</?([a-zA-Z]+)(?:[ \t.][^<>\n]*)?/?>|</?\d[\d:.]*>|</>")
"""A tag of SRT or WebVTT; what only looks like one ("<3") is none."""
_KEPT = re.compile(r"</?(?:[ibu]|ruby|rt)>")
_READING = re.compile(r"<rt(?:[ \t.][^<>\n]*)?>.*?(?:</rt>|(?=</ruby>)|\Z)", re.DOTALL)
_OVERRIDE = re.compile(r"\{\\([^{}]*)\}")


def plain(text: str) -> str:
    """Return the text without its tags and its ruby. What only looks like a tag ("<3", "a < b") stays."""
    return TAG.sub("", without_readings(text))


def without_readings(text: str) -> str:
    """Return the text without the small text of its ruby; other tags stay."""
    return _READING.sub("", text) if "<rt" in text else text


def without_ruby(text: str) -> str:
    """Return the text without its ruby; italics, bold and underlining stay."""
    return re.sub(r"</?ruby>", "", without_readings(text))


def kept(text: str) -> str:
    """Return the text with no tags but <i>, <b>, <u>, <ruby> and <rt>."""
    simple = re.sub(
        r"<(/?)([ibuIBU]|ruby|rt)(?:[ \t.][^<>\n]*)?>", lambda found: f"<{found[1]}{found[2].lower()}>", text
    )
    return TAG.sub(lambda found: found[0] if _KEPT.fullmatch(found[0]) else "", simple)


def has_marks(text: str) -> bool:
    """Whether <i>, <b>, <u> or ruby stand in it."""
    return _KEPT.search(text) is not None


def without_overrides(text: str) -> tuple[str, bool]:
    r"""Return the text without the {\an8} of other formats, and whether one puts it at the top of the picture."""
    top = any(re.search(r"an[789]", found[1]) for found in _OVERRIDE.finditer(text))
    return _OVERRIDE.sub("", text), top
