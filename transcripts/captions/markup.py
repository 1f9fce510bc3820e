"""Text with tags, as SRT and WebVTT have it: italics, bold and underlining are kept, other tags removed."""

from __future__ import annotations

import re

TAG = re.compile(r"</?([a-zA-Z]+)(?:[ \t.][^<>\n]*)?/?>|</?\d[\d:.]*>|</>")
"""A tag of SRT or WebVTT; what only looks like one ("<3") is none."""
_KEPT = re.compile(r"</?[ibu]>")
_OVERRIDE = re.compile(r"\{\\([^{}]*)\}")


def plain(text: str) -> str:
    """Return the text without its tags. What only looks like one ("<3", "a < b") stays."""
    return TAG.sub("", text)


def kept(text: str) -> str:
    """Return the text with no tags but <i>, <b> and <u>."""
    simple = re.sub(
        r"<(/?)([ibuIBU])(?:[ \t.][^<>\n]*)?>", lambda found: f"<{found[1]}{found[2].lower()}>", text
    )
    return TAG.sub(lambda found: found[0] if _KEPT.fullmatch(found[0]) else "", simple)


def has_marks(text: str) -> bool:
    """Whether <i>, <b> or <u> stand in it."""
    return _KEPT.search(text) is not None


def without_overrides(text: str) -> tuple[str, bool]:
    r"""Return the text without the {\an8} of other formats, and whether one puts it at the top of the picture."""
    top = any(re.search(r"an[789]", found[1]) for found in _OVERRIDE.finditer(text))
    return _OVERRIDE.sub("", text), top
