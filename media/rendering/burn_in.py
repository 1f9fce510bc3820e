"""Captions to be burned into a picture, as Advanced SubStation Alpha, which libass draws.

The font is the requested one if the machine has it, or else Roboto, which comes with the program. Where no font has a
letter, libass only logs it; here it is an error.
"""

from __future__ import annotations

import importlib.resources
import itertools
import math
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pysubs2

from asdelivered.base.extras import Extra, needs
from asdelivered.base.span import TimeSpan
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.framing import FaceBox
from asdelivered.media.rendering.look import Brand, Look
from asdelivered.media.rendering.text_places import Margins, TextBox, free_above, stands_at_top

FONT = "Roboto"
_SIZE = 0.06
"""Height of the letters, as a share of the picture's shorter side."""
_LARGE = 0.08
"""The same in a picture that is no wider than high, which is seen on a phone, where the longest line leaves room."""
_LINE_WIDTH = 0.42
"""Width of a line of bold letters at most, in heights of a letter and for each letter."""
_HIGH_MARGIN = 0.2
"""Margin below the captions of a vertical picture: phones put their buttons there."""
_TALL_SIDE = 0.11
"""Margin beside them: TikTok has its buttons in the rightmost 120 of 1080 pixels."""
_TALL_TOP = 0.14
"""Margin above a logo in a vertical picture: Instagram covers the topmost 270 of 1920 pixels."""
_CAPTION_LINES = 1.3
"""Height of a line of captions, in heights of its letters."""
_LETTER_WIDTH = 0.52
"""Mean width of a bold letter, in heights of it."""
_LOWER_THIRD = 4000
"""Milliseconds for which the speaker's name is shown."""
_BAR = 0.008
"""Height of the progress bar, as a share of the picture's."""
_LOGO_ROOM = 0.1
"""Height that a logo at the top takes, as a share of the picture's."""
_CARD_LOGO = 0.5
"""Width and height of a logo on the end card at most, as a share of the picture's."""
_CARD_TEXT = 0.52
"""Upper edge of the end card's text, as a share of the picture's height."""
_MISSING = re.compile(r"failed to find any fallback with glyph 0x([0-9A-Fa-f]+)")


@dataclass(frozen=True)
class BurnedInCaption:
    """Lines of text shown during `span`, in milliseconds from the clip's start.

    `lit` are the words to be lit while they are said: when, and which of the words of all lines.
    """

    span: TimeSpan
    lines: tuple[str, ...]
    lit: tuple[tuple[TimeSpan, int], ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What is drawn beside the captions: see `Look`. `speaker` is the name, and the role after a comma.

    `duration` is the clip's, in ms. `has_card` says whether the brand's end card follows. No text covers one of the
    `faces`, if there is room elsewhere.
    """

    look: Look
    speaker: str | None
    duration: int
    has_card: bool = False
    faces: tuple[FaceBox, ...] = ()


def write_ass(
    captions: Sequence[BurnedInCaption],
    size: tuple[int, int],
    font: str,
    path: Path,
    title: BurnedInCaption | None = None,
    drawing: Drawing | None = None,
) -> None:
    """Write captions for a picture of `size` pixels to `path`, and the folder `fonts` beside it.

    A `title` is shown at the top of the picture.
    """
    width, height = size
    is_tall = height > width
    brand = drawing.look.brand if drawing else Brand()
    margins = Margins(
        max(brand.margin, _TALL_SIDE if is_tall else 0.0),
        max(brand.margin, _TALL_TOP if is_tall else 0.0) + (_LOGO_ROOM if brand.logo else 0.0),
        max(brand.margin, _HIGH_MARGIN if is_tall else 0.0),
    )
    script = pysubs2.SSAFile()
    script.info.update(PlayResX=str(width), PlayResY=str(height), WrapStyle="0", ScaledBorderAndShadow="yes")
    usual, letters = min(size) * _SIZE, _letter_height(captions, size, margins)
    script.styles["Default"] = pysubs2.SSAStyle(
        fontname=font,
        fontsize=letters,
        bold=height >= width,
        outline=letters / 14,
        shadow=letters / 28,
        primarycolor=_colour(brand.text),
        marginl=round(width * margins.side),
        marginr=round(width * margins.side),
        marginv=round(height * margins.bottom),
        # libass finds the direction of each line: right to left for Hebrew and Arabic.
        encoding=-1,
    )
    heading = script.styles["Default"].copy()
    heading.fontsize, heading.bold, heading.alignment = usual, True, pysubs2.Alignment.TOP_CENTER
    script.styles["Title"] = heading
    upper = script.styles["Default"].copy()
    upper.alignment, upper.marginv = pysubs2.Alignment.TOP_CENTER, round(height * margins.top)
    line = letters * _CAPTION_LINES / height
    boxes = [TextBox(caption.span, line * len(caption.lines)) for caption in captions]
    at_top = stands_at_top(boxes, drawing.faces if drawing else (), margins)
    if any(at_top):
        script.styles["Upper"] = upper
    styled = [("Upper" if top else "Default", one) for top, one in zip(at_top, captions, strict=True)]
    for style, caption in (*styled, ("Title", title)):
        if caption is not None:
            for span, text in _texts(caption, brand.highlight):
                script.append(pysubs2.SSAEvent(span.start, span.end, text, style=style))
    if drawing is not None:
        early = [top for top, one in zip(at_top, captions, strict=True) if one.span.start < _LOWER_THIRD]
        room = line * (3 if height >= width else 2)
        between = replace(
            margins,
            top=margins.top + (room if any(early) else 0.0),
            bottom=margins.bottom + (0.0 if early and all(early) else room),
        )
        _draw(script, drawing, size, usual, between)
    script.save(str(path), format_="ass")
    _copy_fonts(path.with_name("fonts"))


def _letter_height(captions: Sequence[BurnedInCaption], size: tuple[int, int], margins: Margins) -> float:
    """Return the height of the captions' letters in pixels, the same for all captions of a clip."""
    width, height = size
    longest = max((_columns(line) for caption in captions for line in caption.lines), default=0)
    if width > height or not longest:
        return min(size) * _SIZE
    fitting = width * (1 - 2 * margins.side) / (longest * _LINE_WIDTH)
    return min(min(size) * _LARGE, max(min(size) * _SIZE, fitting))


def _columns(line: str) -> int:
    """Return how many letters wide a line is; a Chinese or Japanese one is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _runs_left(text: str) -> bool:
    """Return whether a text runs from right to left: its first letter says so (Unicode Annex 9, rule P2)."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def _texts(caption: BurnedInCaption, highlight: str) -> Iterator[tuple[TimeSpan, str]]:
    """Yield what is shown of a caption from when to when: each word in turn is lit while it is said."""
    edges = sorted(
        {caption.span.start, caption.span.end}
        | {at for span, _ in caption.lit for at in (span.start, span.end)}
    )
    for begin, end in itertools.pairwise(edges):
        if caption.span.start <= begin and end <= caption.span.end:
            lit = next((word for span, word in caption.lit if span.start <= begin < span.end), None)
            yield TimeSpan(begin, end), _lit_text(caption.lines, lit, highlight)


def _lit_text(lines: Sequence[str], lit: int | None, highlight: str) -> str:
    if lit is None:
        return r"\N".join(_escaped(line) for line in lines)
    count = 0
    shown: list[str] = []
    for line in lines:
        words = []
        for word in line.split(" "):
            text = _escaped(word)
            words.append(f"{{\\1c{_ass_colour(highlight)}}}{text}{{\\r}}" if count == lit and word else text)
            count += bool(word)
        shown.append(" ".join(words))
    return r"\N".join(shown)


def _draw(
    script: pysubs2.SSAFile,
    drawing: Drawing,
    size: tuple[int, int],
    letters: float,
    margins: Margins,
) -> None:
    """Add the speaker's name, the progress bar and the end card; `margins` leave room for the first captions."""
    (width, height), look, brand = size, drawing.look, drawing.look.brand
    base = script.styles["Default"]
    if look.lower_third and drawing.speaker:
        name, _, role = (part.strip() for part in drawing.speaker.partition(","))
        panel = base.copy()
        # One box behind all lines (libass's own style 4), which reaches that much farther than the text.
        panel.borderstyle, panel.outline, panel.shadow = 4, 0, letters * 0.3
        panel.marginl, panel.marginr = (
            margin + math.ceil(panel.shadow) for margin in (base.marginl, base.marginr)
        )
        panel.outlinecolor = panel.backcolor = _colour(brand.panel)
        panel.fontsize, panel.bold = letters * 0.8, False
        room = width - panel.marginl - panel.marginr
        lines = sum(math.ceil(len(text) * panel.fontsize * _LETTER_WIDTH / room) for text in (name, role))
        end = min(drawing.duration, _LOWER_THIRD)
        box = TextBox(TimeSpan(0, end), (panel.fontsize * _CAPTION_LINES * lines + panel.shadow) / height)
        panel.alignment = (
            pysubs2.Alignment.BOTTOM_RIGHT if _runs_left(name) else pysubs2.Alignment.BOTTOM_LEFT
        )
        panel.marginv = round(height * free_above(box, drawing.faces, margins))
        script.styles["Panel"] = panel
        text = rf"{{\b1}}{_escaped(name)}{{\b0}}"
        if role:
            text += rf"\N{{\fs{letters * 0.62:.0f}}}{_escaped(role)}"
        script.append(pysubs2.SSAEvent(0, end, rf"{{\fad(200,200)}}{text}", style="Panel"))
    card = look.end_card
    if card is not None and drawing.has_card and card.text:
        style = base.copy()
        style.fontsize = letters
        style.alignment, style.outline, style.shadow, style.bold = pysubs2.Alignment.MIDDLE_CENTER, 0, 0, True
        script.styles["Card"] = style
        # Below the middle, where the logo is.
        shown = rf"{{\an8\pos({width / 2:.0f},{height * _CARD_TEXT:.0f})}}{_escaped(card.text)}"
        end = drawing.duration + round(card.seconds * 1000)
        script.append(pysubs2.SSAEvent(drawing.duration, end, shown, style="Card"))
    if look.progress:
        high = max(4, round(height * _BAR))
        top = height - high
        script.styles["Bar"] = pysubs2.SSAStyle(
            primarycolor=_colour(brand.bar), outline=0, shadow=0, alignment=pysubs2.Alignment.TOP_LEFT
        )
        shape = f"m 0 0 l {width} 0 {width} {high} 0 {high}"
        grown = rf"{{\an7\pos(0,{top})\fscx0\t(0,{drawing.duration},\fscx100)\p1}}{shape}"
        script.append(pysubs2.SSAEvent(0, drawing.duration, grown, style="Bar"))


def _colour(plain: str) -> pysubs2.Color:
    return pysubs2.Color(*(int(plain[at : at + 2], 16) for at in (0, 2, 4)))


def _ass_colour(plain: str) -> str:
    """Return RRGGBB as libass writes it, blue first."""
    return f"&H{plain[4:6]}{plain[2:4]}{plain[0:2]}&"


def card_filter(brand: Brand, frames: int, rate: Fraction) -> str | None:
    """Return the filter that adds the end card's ground after a clip of some frames, or None."""
    if brand.end_card is None:
        return None
    added = card_frames(brand, rate)
    return f"trim=end_frame={frames},tpad=stop={added}:stop_mode=add:color=0x{brand.panel}"


def card_frames(brand: Brand, rate: Fraction) -> int:
    """Return how many frames the end card is shown for at a frame rate."""
    return round(brand.end_card.seconds * rate) if brand.end_card else 0


def logo_filter(
    brand: Brand, size: tuple[int, int], folder: Path, duration: float | None = None
) -> str | None:
    """Return the filter that draws the brand's logo at the top right, or None; FFmpeg must run in `folder`.

    From `duration` seconds on it stands large in the middle, on the end card.
    """
    if brand.logo is None:
        return None
    width, height = size
    name = f"logo{brand.logo.suffix.lower()}"
    shutil.copyfile(brand.logo, folder / name)
    margin = max(brand.margin, _TALL_TOP if height > width else 0.0)
    wide, left = round(width * brand.logo_width), round(width * (1 - brand.margin - brand.logo_width))
    place = f"x={left}:y={round(height * margin)}"
    if duration is None:
        return f"null[under];movie={name},scale={wide}:-1[logo];[under][logo]overlay={place}"
    large = min(round(width * _CARD_LOGO), round(height * _CARD_LOGO))
    return (
        f"null[under];movie={name},split[one][two];[one]scale={wide}:-1[small];"
        f"[two]scale={large}:{large}:force_original_aspect_ratio=decrease[large];"
        f"[under][small]overlay={place}:enable='lt(t,{duration:.6f})'[over];"
        f"[over][large]overlay=x=(W-w)/2:y=H*{_CARD_TEXT}-h-{height // 40}:enable='gte(t,{duration:.6f})'"
    )


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
            f"no font on this machine has the letters {letters}: install one that does, such as {_font_with(missing)}"
        )


def _font_with(missing: Sequence[int]) -> str:
    """Return a free font that has such letters."""
    if any(unicodedata.category(chr(code)) == "So" for code in missing):
        return "Noto Emoji"
    wide = any(unicodedata.east_asian_width(chr(code)) == "W" for code in missing)
    return "Noto Sans CJK" if wide else "Noto Sans"


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
