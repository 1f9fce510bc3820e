"""Styles: the rules that captions keep, as data, each number with its source.

A style is a TOML file. Those that come with the program lie in `styles/`; a house writes its own in the same form
(docs/captions.md). A rule is a kind, a limit, how bad it is to break it, and where the guide says so.
"""

from __future__ import annotations

import functools
import importlib.resources
import math
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from asdelivered.subtitles.errors import SubtitleError

_Choice = TypeVar("_Choice", bound=StrEnum)
_STYLES = importlib.resources.files("asdelivered.subtitles") / "styles"
_LARGEST = 1 << 20
"""Bytes of a style file."""


class Kind(StrEnum):
    """What a rule limits; its unit is that of the limit."""

    LINES = "lines"
    """Lines of a cue, at most."""
    LINE_LENGTH = "line-length"
    """Characters of a line, at most."""
    MIN_DURATION = "min-duration"
    """Seconds that a cue stays, at least."""
    MAX_DURATION = "max-duration"
    """Seconds that a cue stays, at most."""
    WORD_TIME = "word-time"
    """Seconds that a cue stays for each of its words, at least."""
    CHARACTERS = "characters-per-second"
    """Characters to read in a second, at most."""
    WORDS = "words-per-minute"
    """Words to read in a minute, at most."""
    GAP = "min-gap"
    """Seconds between a cue's end and the next one's start, at least."""
    SHORT_GAP = "short-gap"
    """Seconds; a gap that is shorter, and longer than the least one, looks like a flicker and is to be closed."""
    EARLY = "early"
    """Seconds that a cue may come in before its speech."""
    LATE = "late"
    """Seconds that a cue may come in after its speech has begun."""
    HANG = "hang"
    """Seconds that a cue may stay after its speech."""
    SHOT = "shot-change"
    """Seconds around a shot change in which no cue begins or ends but at the change itself."""


class Severity(StrEnum):
    """How bad it is to break a rule."""

    ERROR = "error"
    """The guide's limit: a file that breaks it is sent back."""
    WARNING = "warning"
    """The guide's recommendation, from which it lets speech depart."""


class Speakers(StrEnum):
    """How a style tells who speaks."""

    NONE = "none"
    LABEL = "label"
    """The name before the words where the speaker changes."""
    COLOUR = "colour"
    """A colour for each speaker where a format has colours; the name elsewhere."""


@dataclass(frozen=True)
class Rule:
    """One limit of a guide. `unit` is "s" or "frames" for times, of the frame rate in use."""

    kind: Kind
    limit: Fraction
    severity: Severity
    source: str
    unit: str = ""

    def milliseconds(self, frame_rate: Fraction) -> Fraction:
        """Return a limit of time in milliseconds, exact."""
        return self.limit * 1000 / (frame_rate if self.unit == "frames" else 1)


@dataclass(frozen=True)
class Style:
    """A house's rules. What no guide sets has a value of our own."""

    name: str
    title: str
    url: str
    rules: tuple[Rule, ...]
    frame_rate: Fraction = Fraction(24)
    """That of limits in frames, where the captions have none of their own."""
    longest_pause: int = 1500
    """A speaker's pause in milliseconds that no cue spans, 800 to 3000. No guide sets it: the words after it would be
    read long before they are said, and the point given away."""
    speakers: Speakers = Speakers.NONE
    label: str = "{NAME}:"
    """How a label is written: {name} as the page has it, {NAME} in capitals."""
    sound: str = "[{sound}]"
    """How a sound is written: {sound} in small letters, {SOUND} in capitals."""
    dialogue: str = ""
    """What stands before each line of a cue of two speakers ("-"); empty where no cue has two."""
    settings: str = ""
    """WebVTT settings that place its cues ("line:70%")."""
    font: str = "Roboto"
    """The letters of captions that are drawn into a picture; Roboto comes with the program."""

    def limit(self, kind: Kind, severity: Severity | None = None) -> Fraction | None:
        """Return the strictest limit of a kind in its own unit, of one severity or of any; None without one."""
        found = [rule.limit for rule in self.rules_of(kind) if severity in (None, rule.severity)]
        if not found:
            return None
        return max(found) if kind in _AT_LEAST else min(found)

    def time(self, kind: Kind, frame_rate: Fraction | None = None) -> Fraction | None:
        """Return the strictest limit of a kind in milliseconds, exact; None without one."""
        found = [rule.milliseconds(frame_rate or self.frame_rate) for rule in self.rules_of(kind)]
        if not found:
            return None
        return max(found) if kind in _AT_LEAST else min(found)

    def rules_of(self, kind: Kind) -> tuple[Rule, ...]:
        """Return the rules of a kind."""
        return tuple(rule for rule in self.rules if rule.kind is kind)

    @property
    def max_lines(self) -> int:
        """Lines of a cue, at most; 2 where no rule says."""
        return int(self.limit(Kind.LINES) or 2)

    @property
    def max_line_length(self) -> int:
        """Characters of a line, at most; 42 where no rule says."""
        return int(self.limit(Kind.LINE_LENGTH) or 42)

    @property
    def min_duration(self) -> int:
        """Milliseconds that a cue stays at least, rounded up; 5/6 s where no rule says."""
        return math.ceil(self.time(Kind.MIN_DURATION) or Fraction(2500, 3))

    @property
    def max_duration(self) -> int:
        """Milliseconds that a cue stays at most; 7 s where no rule says."""
        return int(self.time(Kind.MAX_DURATION) or 7000)

    def pace(self, severity: Severity) -> tuple[float, float]:
        """Return the milliseconds that the rules of a severity give to each character, and to each word."""
        limits = {kind: self.limit(kind, severity) for kind in (Kind.CHARACTERS, Kind.WORDS, Kind.WORD_TIME)}
        characters, words, word_time = limits.values()
        return (
            float(1000 / characters) if characters else 0.0,
            max(float(60_000 / words) if words else 0.0, float(1000 * word_time) if word_time else 0.0),
        )

    def reading_time(self, length: int, words: int, severity: Severity | None = None) -> int:
        """Return the milliseconds that a cue of `length` characters and `words` words has to stay, rounded up.

        With a severity, by the rules of that one; else by all of them.
        """
        needs = [Fraction(0)]
        for rule in self.rules:
            if severity not in (None, rule.severity):
                continue
            if rule.kind is Kind.CHARACTERS:
                needs.append(1000 * length / rule.limit)
            elif rule.kind is Kind.WORDS:
                needs.append(60_000 * words / rule.limit)
            elif rule.kind is Kind.WORD_TIME:
                needs.append(1000 * words * rule.limit)
            elif rule.kind is Kind.MIN_DURATION:
                needs.append(rule.milliseconds(self.frame_rate))
        return math.ceil(max(needs))


_AT_LEAST = frozenset({Kind.MIN_DURATION, Kind.WORD_TIME, Kind.GAP, Kind.SHORT_GAP, Kind.SHOT})
_IN_FRAMES = frozenset(
    {Kind.MIN_DURATION, Kind.GAP, Kind.SHORT_GAP, Kind.EARLY, Kind.LATE, Kind.HANG, Kind.SHOT}
)
_TIMES = _IN_FRAMES | {Kind.MAX_DURATION, Kind.WORD_TIME}


def style_names() -> tuple[str, ...]:
    """Return the names of the styles that come with the program."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _STYLES.iterdir() if file.name.endswith(".toml"))
    )


@functools.cache
def named_style(name: str) -> Style:
    """Return a style that comes with the program. Raises SubtitleError with the known names."""
    if name not in style_names():
        raise SubtitleError(
            f"{name!r} is not a style: choose one of {', '.join(style_names())}, or name a file that ends in .toml"
        )
    return parse_style((_STYLES / f"{name}.toml").read_text("utf-8"), name)


def find_style(name: str) -> Style:
    """Return the style of that name, or of the TOML file of that name.

    Raises SubtitleError: no such style or file, or the file is not a style (the message names the place).
    """
    path = Path(name)
    if path.suffix != ".toml":
        return named_style(name)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise SubtitleError(f"{path}: too large for a style")
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SubtitleError(f"{path}: there is no such file") from error
    except OSError as error:
        raise SubtitleError(f"{path}: the style cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SubtitleError(f"{path}: not a style: not text in UTF-8") from error
    try:
        return parse_style(text, path.stem)
    except SubtitleError as error:
        raise SubtitleError(f"{path}: {error}") from error


def parse_style(text: str, name: str) -> Style:
    """Return the style that a TOML document describes. Raises SubtitleError, which names the place."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SubtitleError(f"not a style: not TOML: {error}") from error
    rules = data.pop("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise SubtitleError("not a style: its rules are tables that begin with [[rule]]")
    style = _fields(data, name, tuple(_rule(rule, number) for number, rule in enumerate(rules, start=1)))
    least, most = style.time(Kind.MIN_DURATION), style.time(Kind.MAX_DURATION)
    if least is not None and most is not None and least > most:
        raise SubtitleError("no cue can keep it: min-duration is longer than max-duration")
    return style


def _fields(data: dict[str, Any], name: str, rules: tuple[Rule, ...]) -> Style:
    style = Style(name=name, title=name, url="", rules=rules)
    known = {**vars(style)}
    for key, value in data.items():
        field = key.replace("-", "_")
        if field not in known or field in ("rules", "name"):
            raise SubtitleError(f"{key!r} is no setting of a style: {_choices(known)}")
        if field == "frame_rate":
            known[field] = _number(value, key)
        elif field == "longest_pause":
            known[field] = round(_number(value, key) * 1000)
        elif field == "speakers":
            known[field] = _choice(Speakers, value, key)
        elif isinstance(value, str):
            known[field] = value
        else:
            raise SubtitleError(f"{key} is to be a text, in quotation marks")
    return Style(**known)


def _choices(known: dict[str, Any]) -> str:
    names = sorted(field.replace("_", "-") for field in known if field not in ("rules", "name"))
    return f"they are {', '.join(names)}, and [[rule]]"


def _rule(data: dict[str, Any], number: int) -> Rule:
    where = f"rule {number}"
    unknown = sorted(set(data) - {"kind", "limit", "unit", "severity", "source"})
    if unknown:
        raise SubtitleError(
            f"{where}: {unknown[0]!r} is no part of a rule: they are kind, limit, unit, severity, source"
        )
    if "kind" not in data or "limit" not in data:
        raise SubtitleError(f"{where}: a rule needs a kind and a limit")
    kind = _choice(Kind, data["kind"], f"{where}: kind")
    unit = data.get("unit", "s" if kind in _TIMES else "")
    if unit not in (("s", "frames") if kind in _IN_FRAMES else ("s",) if kind in _TIMES else ("",)):
        raise SubtitleError(
            f"{where}: {unit!r} is no unit of {kind}: seconds are meant, or frames where they make sense"
        )
    limit = _number(data["limit"], f"{where}: limit")
    if limit < 0 or (limit == 0 and kind not in (Kind.GAP, Kind.EARLY, Kind.LATE, Kind.HANG)):
        raise SubtitleError(f"{where}: a limit of {data['limit']} leaves no room for {kind}")
    if kind in (Kind.LINES, Kind.LINE_LENGTH) and limit.denominator != 1:
        raise SubtitleError(f"{where}: {kind} is counted in whole numbers")
    if kind is Kind.LINES and limit > 4:
        raise SubtitleError(f"{where}: captions have 1 to 4 lines")
    return Rule(
        kind=kind,
        limit=limit,
        severity=_choice(Severity, data.get("severity", "error"), f"{where}: severity"),
        source=str(data.get("source", "")),
        unit=unit,
    )


def _number(value: object, where: str) -> Fraction:
    """Return 42, 0.3 or "5/6" as an exact fraction."""
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise SubtitleError(f'{where} is to be a number, or a fraction like "5/6", not {value!r}') from error
    return number


def _choice(kinds: type[_Choice], value: object, where: str) -> _Choice:
    try:
        return kinds(str(value))
    except ValueError as error:
        raise SubtitleError(f"{where} is to be one of {', '.join(kinds)}, not {value!r}") from error
