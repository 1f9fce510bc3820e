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
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pysubs2

from asdelivered.base.extras import Extra, needs
from asdelivered.base.span import TimeSpan
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.framing import FaceBox
from asdelivered.media.rendering.look import Brand, Look
from asdelivered.media.rendering.text_places import (
    Margins,
    PlacedText,
    TextBox,
    covered,
    place_text,
    place_texts,
)

FONT = "Roboto"
_SIZE = 0.06
"""Height of the letters, as a share of the picture's shorter side."""
_LARGE = 0.08
"""The same in a picture that is no wider than high, which is seen on a phone, where the longest line leaves room."""
_LINE_WIDTH = 0.4
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
_ROUNDING = 0.01
"""Rows by which a line may seem longer than it is."""
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


@dataclass(frozen=True)
class Layout:
    """Where the text of a picture stands: its captions, and the speaker's name, if that is shown.

    `letters` is the height of the captions' letters in pixels. `covers_face`: some of it stands over a face, since no
    place is free.
    """

    margins: Margins
    letters: float
    captions: tuple[PlacedText, ...]
    name: PlacedText | None
    covers_face: bool


def lay_out(
    captions: Sequence[BurnedInCaption], size: tuple[int, int], drawing: Drawing | None = None
) -> Layout:
    """Return where the text of a picture of `size` pixels stands, so that it covers no face if there is room."""
    width, height = size
    is_tall = height > width
    brand = drawing.look.brand if drawing else Brand()
    margins = Margins(
        max(brand.margin, _TALL_SIDE if is_tall else 0.0),
        max(brand.margin, _TALL_TOP if is_tall else 0.0) + (_LOGO_ROOM if brand.logo else 0.0),
        max(brand.margin, _HIGH_MARGIN if is_tall else 0.0),
    )
    letters = _letter_height(captions, size, margins)
    line = letters * _CAPTION_LINES / height
    faces = drawing.faces if drawing else ()
    boxes = [TextBox(one.span, line * _rows(one.lines, letters, width, margins)) for one in captions]
    placed = place_texts(boxes, faces, margins)
    name = None
    if drawing is not None and (box := _name_box(drawing, size, margins)) is not None:
        # Captions stand half a line apart from the name.
        wide = [
            PlacedText(TextBox(one.box.span, one.box.height + line), one.above - line / 2) for one in placed
        ]
        name = place_text(box, faces, margins, wide)
    texts = [*placed, *([name] if name else [])]
    return Layout(margins, letters, placed, name, any(covered(one, faces, margins) for one in texts))


def _rows(lines: Sequence[str], letters: float, width: int, margins: Margins) -> int:
    """Return how many rows of letters these lines take, where libass breaks those that are too long."""
    room = width * (1 - 2 * margins.side)
    return sum(
        max(1, math.ceil(columns_of(line) * _LINE_WIDTH * letters / room - _ROUNDING)) for line in lines
    )


def _name_box(drawing: Drawing, size: tuple[int, int], margins: Margins) -> TextBox | None:
    """Return the box of the speaker's name and role; None where it isn't shown."""
    if not drawing.look.lower_third or not drawing.speaker:
        return None
    width, height = size
    letters, around = _name_size(size)
    room = width - 2 * (round(width * margins.side) + math.ceil(around))
    lines = sum(
        math.ceil(len(text) * letters * _LETTER_WIDTH / room) for text in _name_and_role(drawing.speaker)
    )
    end = min(drawing.duration, _LOWER_THIRD)
    return TextBox(TimeSpan(0, end), (letters * _CAPTION_LINES * lines + around) / height)


def _name_size(size: tuple[int, int]) -> tuple[float, float]:
    """Return the height of the letters of the speaker's name, and how far its panel reaches beyond it, in pixels."""
    usual = min(size) * _SIZE
    return usual * 0.8, usual * 0.3


def _name_and_role(speaker: str) -> tuple[str, str]:
    name, _, role = (part.strip() for part in speaker.partition(","))
    return name, role


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
    layout = lay_out(captions, size, drawing)
    margins, letters = layout.margins, layout.letters
    brand = drawing.look.brand if drawing else Brand()
    script = pysubs2.SSAFile()
    script.info.update(PlayResX=str(width), PlayResY=str(height), WrapStyle="0", ScaledBorderAndShadow="yes")
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
    heading.fontsize, heading.bold, heading.alignment = min(size) * _SIZE, True, pysubs2.Alignment.TOP_CENTER
    script.styles["Title"] = heading
    for placed, caption in zip(layout.captions, captions, strict=True):
        for span, text in _texts(caption, brand.highlight):
            above = round(height * placed.above)
            script.append(pysubs2.SSAEvent(span.start, span.end, text, style="Default", marginv=above))
    if title is not None:
        for span, text in _texts(title, brand.highlight):
            script.append(pysubs2.SSAEvent(span.start, span.end, text, style="Title"))
    if drawing is not None:
        _draw(script, drawing, size, layout.name)
    script.save(str(path), format_="ass")
    copy_fonts(path.with_name("fonts"))


def _letter_height(captions: Sequence[BurnedInCaption], size: tuple[int, int], margins: Margins) -> float:
    """Return the height of the captions' letters in pixels, the same for all captions of a clip."""
    width, height = size
    longest = max((columns_of(line) for caption in captions for line in caption.lines), default=0)
    if width > height or not longest:
        return min(size) * _SIZE
    fitting = width * (1 - 2 * margins.side) / (longest * _LINE_WIDTH)
    return min(min(size) * _LARGE, max(min(size) * _SIZE, fitting))


def columns_of(line: str) -> int:
    """Return how many letters wide a line is; a Chinese or Japanese one is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def runs_left(text: str) -> bool:
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
        return r"\N".join(escaped(line) for line in lines)
    count = 0
    shown: list[str] = []
    for line in lines:
        words = []
        for word in line.split(" "):
            text = escaped(word)
            words.append(f"{{\\1c{_ass_colour(highlight)}}}{text}{{\\r}}" if count == lit and word else text)
            count += bool(word)
        shown.append(" ".join(words))
    return r"\N".join(shown)


def _draw(script: pysubs2.SSAFile, drawing: Drawing, size: tuple[int, int], named: PlacedText | None) -> None:
    """Add the speaker's name, the progress bar and the end card."""
    (width, height), look, brand = size, drawing.look, drawing.look.brand
    base = script.styles["Default"]
    if named is not None and drawing.speaker:
        name, role = _name_and_role(drawing.speaker)
        panel = base.copy()
        panel.fontsize, around = _name_size(size)
        # One box behind all lines (libass's own style 4), which reaches that much farther than the text.
        panel.borderstyle, panel.outline, panel.shadow, panel.bold = 4, 0, around, False
        panel.marginl, panel.marginr = (margin + math.ceil(around) for margin in (base.marginl, base.marginr))
        panel.outlinecolor = panel.backcolor = _colour(brand.panel)
        panel.alignment = pysubs2.Alignment.BOTTOM_RIGHT if runs_left(name) else pysubs2.Alignment.BOTTOM_LEFT
        panel.marginv = round(height * named.above)
        script.styles["Panel"] = panel
        text = rf"{{\b1}}{escaped(name)}{{\b0}}"
        if role:
            text += rf"\N{{\fs{min(size) * _SIZE * 0.62:.0f}}}{escaped(role)}"
        end = named.box.span.end
        script.append(pysubs2.SSAEvent(0, end, rf"{{\fad(200,200)}}{text}", style="Panel"))
    card = look.end_card
    if card is not None and drawing.has_card and card.text:
        style = base.copy()
        style.fontsize = min(size) * _SIZE
        style.alignment, style.outline, style.shadow, style.bold = pysubs2.Alignment.MIDDLE_CENTER, 0, 0, True
        script.styles["Card"] = style
        # Below the middle, where the logo is.
        shown = rf"{{\an8\pos({width / 2:.0f},{height * _CARD_TEXT:.0f})}}{escaped(card.text)}"
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


def copy_fonts(folder: Path) -> None:
    """Put the fonts that come with the program into a folder, which is made. Raises MissingExtraError, OSError."""
    folder.mkdir(exist_ok=True)
    with needs(Extra.CLIPS, "drawing captions into the picture"):
        fonts = importlib.resources.files("font_roboto") / "files"
    for name in ("Roboto-Regular.ttf", "Roboto-Bold.ttf"):
        with importlib.resources.as_file(fonts / name) as font:
            shutil.copyfile(font, folder / name)


def escaped(text: str) -> str:
    r"""Return text that libass shows unchanged: braces enclose its commands, and "\N" is one."""
    return text.replace("\\", "\\\u2060").replace("{", r"\{").replace("}", r"\}")
