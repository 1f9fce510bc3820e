"""The look of clips for social media: their proportions, and what is drawn over the picture beside the captions.

A brand file (brand.toml) holds what a newsroom gives all its clips:

    font = "Roboto"
    logo = "logo.png"            # beside the brand file; drawn at the top right
    logo-width = 0.18            # of the picture's width
    margin = 0.08                # of the picture, free at its edges

    [colours]                    # RRGGBB
    text = "FFFFFF"
    highlight = "FFD400"         # the word that is being said
    panel = "141B2D"             # behind the speaker's name
    bar = "FFD400"               # the progress bar

    [end-card]                   # after the clip: the logo and a text on the panel's colour
    seconds = 2
    text = "westhaven.example"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from asdelivered.media.errors import MediaError

RATIOS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"16:9": (1920, 1080), "1:1": (1080, 1080), "4:5": (1080, 1350), "9:16": (1080, 1920)}
)
"""Pixels of the pictures that platforms show, by their proportions."""
COLOURS = ("text", "highlight", "panel", "bar")
LONGEST_CARD = 20
"""Seconds of an end card."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_LOGOS = (".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class EndCard:
    """What follows each clip: the brand's logo, and below it `text`, for some seconds, without sound."""

    seconds: float
    text: str = ""


@dataclass(frozen=True)
class Brand:
    """What all clips of a newsroom share; colours are RRGGBB, lengths are shares of the picture."""

    font: str | None = None
    logo: Path | None = None
    logo_width: float = 0.18
    margin: float = 0.08
    text: str = "FFFFFF"
    highlight: str = "FFD400"
    panel: str = "141B2D"
    bar: str = "FFD400"
    end_card: EndCard | None = None


@dataclass(frozen=True)
class Look:
    """What is drawn over the picture beside the captions.

    lower_third: the speaker's name, and the role after it, during the first seconds.
    progress: a bar at the bottom that grows with the clip.
    """

    lower_third: bool = False
    progress: bool = False
    brand: Brand = field(default_factory=Brand)

    @property
    def draws(self) -> bool:
        """Whether anything is drawn."""
        return self.lower_third or self.progress or self.brand.logo is not None or self.end_card is not None

    @property
    def end_card(self) -> EndCard | None:
        """What follows the clip, if anything."""
        return self.brand.end_card


def ratio_size(ratio: str) -> tuple[int, int]:
    """Return the size of a picture with these proportions ("4:5"). Raises MediaError where it is none of RATIOS."""
    if ratio not in RATIOS:
        raise MediaError(f"clips can't be cropped to {ratio!r}: choose one of {', '.join(RATIOS)}")
    return RATIOS[ratio]


def read_brand(path: Path) -> Brand:
    """Read a brand file. Raises MediaError where it can't be read, or says something that isn't known."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MediaError(
            f"{path}, the brand file, can't be read ({error.strerror}): check its path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MediaError(f"{path} is not a brand file: {error}") from error
    colours, card = data.pop("colours", {}), data.pop("end-card", None)
    known: dict[str, type | tuple[type, ...]] = {
        "font": str,
        "logo": str,
        "logo-width": (int, float),
        "margin": (int, float),
    }
    for name, value in data.items():
        if name not in known or not isinstance(value, known[name]):
            raise MediaError(
                f"{path}: {name} = {value!r} is not known; a brand file has {', '.join(known)}, [colours], "
                "[end-card]"
            )
    return Brand(
        font=data.get("font"),
        logo=_logo(path, data["logo"]) if "logo" in data else None,
        logo_width=_share(path, data, "logo-width", Brand.logo_width),
        margin=_share(path, data, "margin", Brand.margin),
        end_card=None if card is None else _end_card(path, card),
        **_colours(path, colours),
    )


def _share(path: Path, data: Mapping[str, Any], name: str, usual: float) -> float:
    share = float(data.get(name, usual))
    if not 0 <= share <= 0.4:
        raise MediaError(f"{path}: {name} = {share} is a share of the picture: give 0 to 0.4")
    return share


def _colours(path: Path, colours: object) -> dict[str, str]:
    if not isinstance(colours, dict):
        raise MediaError(f"{path}: colours is a table: [colours]")
    read = {}
    for name, value in colours.items():
        match = _COLOUR.fullmatch(str(value))
        if name not in COLOURS or match is None:
            raise MediaError(f"{path}: the colour {name} = {value!r}: {', '.join(COLOURS)} are RRGGBB")
        read[name] = match[1].upper()
    return read


def _end_card(path: Path, card: object) -> EndCard:
    match card:
        case {"seconds": int() | float() as seconds, **rest} if 0 < seconds <= LONGEST_CARD:
            text = rest.pop("text", "")
            if isinstance(text, str) and not rest:
                return EndCard(float(seconds), text)
    raise MediaError(f"{path}: [end-card] has seconds (up to {LONGEST_CARD}) and, if you like, text")


def _logo(path: Path, name: str) -> Path:
    logo = path.parent / name
    if logo.suffix.lower() not in _LOGOS or not logo.is_file():
        raise MediaError(f"{path}: there is no logo {logo}: give a {', '.join(_LOGOS)} beside the brand file")
    return logo.absolute()
