"""Captions to be burned into a picture, as Advanced SubStation Alpha, which libass draws.

The font is the requested one if the machine has it, or else Roboto, which comes with the program. Where no font has a
letter, libass only logs it; here it is an error.
"""

from __future__ import annotations

import importlib.resources
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pysubs2

from asdelivered.base.extras import Extra, needs
from asdelivered.base.span import TimeSpan
from asdelivered.media.errors import MediaError

FONT = "Roboto"
_SIZE = 0.06
"""Height of the letters, as a share of the picture's shorter side."""
_MARGIN = 0.08
_HIGH_MARGIN = 0.2
"""Margin below the captions of a vertical picture: phones put their buttons there."""
_MISSING = re.compile(r"failed to find any fallback with glyph 0x([0-9A-Fa-f]+)")


@dataclass(frozen=True)
class BurnedInCaption:
    """Lines of text shown during `span`, in milliseconds from the clip's start."""

    span: TimeSpan
    lines: tuple[str, ...]


def write_ass(
    captions: Sequence[BurnedInCaption],
    size: tuple[int, int],
    font: str,
    path: Path,
    title: BurnedInCaption | None = None,
) -> None:
    """Write captions for a picture of `size` pixels to `path`, and the folder `fonts` beside it.

    A `title` is shown at the top of the picture.
    """
    width, height = size
    script = pysubs2.SSAFile()
    script.info.update(PlayResX=str(width), PlayResY=str(height), WrapStyle="0", ScaledBorderAndShadow="yes")
    letters = min(size) * _SIZE
    script.styles["Default"] = pysubs2.SSAStyle(
        fontname=font,
        fontsize=letters,
        outline=letters / 14,
        shadow=letters / 28,
        marginl=round(width * _MARGIN),
        marginr=round(width * _MARGIN),
        marginv=round(height * (_HIGH_MARGIN if height > width else _MARGIN)),
        # libass finds the direction of each line: right to left for Hebrew and Arabic.
        encoding=-1,
    )
    heading = script.styles["Default"].copy()
    heading.bold, heading.alignment = True, pysubs2.Alignment.TOP_CENTER
    script.styles["Title"] = heading
    for style, caption in (*(("Default", caption) for caption in captions), ("Title", title)):
        if caption is not None:
            text = r"\N".join(_escaped(line) for line in caption.lines)
            script.append(pysubs2.SSAEvent(caption.span.start, caption.span.end, text, style=style))
    script.save(str(path), format_="ass")
    _copy_fonts(path.with_name("fonts"))


def ass_filter(path: Path) -> str:
    """Return the filter that draws the captions in `path`; FFmpeg must run in its folder."""
    return f"ass={path.name}:fontsdir=fonts"


def check_letters(said: str) -> None:
    """Raise MediaError where FFmpeg's log says that no font has a letter of a caption."""
    missing = sorted({int(code, 16) for code in _MISSING.findall(said)})
    if missing == [0]:
        raise MediaError(
            "there is no font to write captions into the picture with: install one, such as DejaVu Sans"
        )
    if missing:
        letters = " ".join(chr(code) for code in missing[:20])
        raise MediaError(
            f"no font on this machine has the letters {letters}: install one that does, such as Noto Sans"
        )


def _copy_fonts(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with needs(Extra.CLIPS, "drawing captions into the picture"):
        fonts = importlib.resources.files("font_roboto") / "files"
    for name in ("Roboto-Regular.ttf", "Roboto-Bold.ttf"):
        with importlib.resources.as_file(fonts / name) as font:
            shutil.copyfile(font, folder / name)


def _escaped(text: str) -> str:
    r"""Return text that libass shows unchanged: braces enclose its commands, and "\N" is one."""
    return text.replace("\\", "\\\u2060").replace("{", r"\{").replace("}", r"\}")
