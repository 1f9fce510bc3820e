"""A share card: the picture with which a link is shown elsewhere, drawn from a few lines of text.

1200 x 630 pixels is what Facebook, X, LinkedIn and messengers show whole (developers.facebook.com, "Best practices:
images in link shares").
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pysubs2

from asdelivered.media.rendering.burn_in import (
    FONT,
    ass_filter,
    check_letters,
    columns_of,
    copy_fonts,
    escaped,
    runs_left,
)
from asdelivered.media.rendering.ffmpeg import run_ffmpeg
from asdelivered.media.rendering.look import Brand
from asdelivered.media.text import one_line

SIZE = (1200, 630)
"""Width and height in pixels."""
_LETTERS = ((40, 84), (80, 68), (160, 52))
"""Up to how many characters of a title fit, and how high its letters are then, in pixels."""
_WIDEST = 0.75
"""Width of a wide bold letter, such as W, for a height of 1."""
_BELOW = 40
"""Pixels of the letters of the other lines."""
_MARGIN = 90
"""Pixels that are free at both sides."""


def draw_share_card(title: str, below: Sequence[str] = (), brand: Brand | None = None) -> bytes:
    """Return a card with a title and smaller lines below it, as PNG.

    Raises MissingExtraError: the extra for clips is not installed; MediaError: no font has a letter, FFmpeg fails.
    """
    brand = brand or Brand()
    width, height = SIZE
    title = _shortened(one_line(title))
    rows = [f"{{\\b1\\fs{_letters(title)}}}{escaped(title)}"]
    lines = (_shortened(one_line(line)) for line in below)
    rows += [f"{{\\b0\\fs{_BELOW}}}{escaped(line)}" for line in lines if line]
    script = pysubs2.SSAFile()
    script.info.update(PlayResX=str(width), PlayResY=str(height), WrapStyle="0")
    side = pysubs2.Alignment.MIDDLE_RIGHT if runs_left(title) else pysubs2.Alignment.MIDDLE_LEFT
    script.styles["Default"] = pysubs2.SSAStyle(
        fontname=brand.font or FONT,
        fontsize=_BELOW,
        outline=0,
        shadow=0,
        alignment=side,
        marginl=_MARGIN,
        marginr=_MARGIN,
        encoding=-1,
    )
    space = [f"{{\\fs{_BELOW // 2}}}\u00a0"] if rows[1:] else []  # a line that leaves room below the title
    script.append(pysubs2.SSAEvent(0, 10_000, "\\N".join([rows[0], *space, *rows[1:]])))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.ass"
        script.save(str(path), format_="ass")
        copy_fonts(path.with_name("fonts"))
        ground = f"color=c=0x{brand.panel}:s={width}x{height}:r=1:d=1,format=rgb24"
        bar = f"drawbox=w={_MARGIN // 4}:h=ih:color=0x{brand.bar}:t=fill"
        drawn = ["-f", "lavfi", "-i", ground, "-filter:v", f"{bar},{ass_filter(path)}"]
        check_letters(run_ffmpeg([*drawn, "-frames:v", "1", "card.png"], Path(folder)))
        return (Path(folder) / "card.png").read_bytes()


def _letters(title: str) -> int:
    """Return how high the letters of a title are: it fits, and so does its longest word, which is not broken."""
    usual = next((pixels for most, pixels in _LETTERS if len(title) <= most), _LETTERS[-1][1])
    longest = max(map(columns_of, title.split()), default=1)
    return min(usual, int((SIZE[0] - 2 * _MARGIN) / (longest * _WIDEST)))


def _shortened(text: str) -> str:
    most = _LETTERS[-1][0]
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
