"""Styles as TOML files: those that come with the program, in `styles/`, and a house's own (docs/captions.md)."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from asdelivered.base.reading import foreign, read_file
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.style import WITHOUT_LIMIT, Kind, Rule, Severity, Speakers, Style

_Choice = TypeVar("_Choice", bound=StrEnum)
_STYLES = importlib.resources.files("asdelivered.subtitles") / "styles"
_LARGEST = 1 << 20
"""Bytes of a style file."""
_LONGEST_PAUSE = 60_000
_LEAST, _MOST = 0.001, 1_000_000
"""Between these lies whatever a guide may set: seconds, frames, characters, characters a second."""

_IN_FRAMES = frozenset(
    {Kind.MIN_DURATION, Kind.GAP, Kind.SHORT_GAP, Kind.EARLY, Kind.LATE, Kind.HANG, Kind.SHOT}
)
_MAY_BE_NONE = (Kind.GAP, Kind.EARLY, Kind.LATE, Kind.HANG, Kind.NEW_SENTENCE)
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
    """Return the style called `name`, or the one in the TOML file of that name.

    Raises SubtitleError if there is no such style or file, or if the file is not a style (the message says where).

    Examples:
        >>> from asdelivered.subtitles import find_style
        >>> style = find_style("bbc")
        >>> style.title, style.rules[0].kind.value, int(style.rules[0].limit)
        ('BBC Subtitle Guidelines', 'line-length', 37)

    """
    path = Path(name)
    if path.suffix != ".toml":
        return named_style(name)
    data = read_file(path, _LARGEST, "style", SubtitleError)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubtitleError(f"{path}: not a style: not text in UTF-8") from error
    with foreign(path, "style", SubtitleError):
        try:
            return parse_style(text, path.stem)
        except SubtitleError as error:
            raise SubtitleError(f"{path}: {error}") from error


_NOT_SET = ("rules", "local_rules", "name")
"""What of a style is no setting of its file."""


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
    style = Style(
        name=name,
        title=name,
        url="",
        rules=tuple(rule for rule in rules if not rule.language),
        local_rules=tuple(rule for rule in rules if rule.language),
    )
    known = {**vars(style)}
    for key, value in data.items():
        field = key.replace("-", "_")
        if field not in known or field in _NOT_SET:
            raise SubtitleError(f"{key!r} is not a setting of a style: {_choices(known)}")
        if field == "frame_rate":
            known[field] = _number(value, key)
            if not 1 <= known[field] <= 240:
                raise SubtitleError(f"a frame rate of {value} is out of range: it must be between 1 and 240")
        elif field == "longest_pause":
            known[field] = round(_number(value, key) * 1000)
            if not 0 < known[field] <= _LONGEST_PAUSE:
                raise SubtitleError(f"a longest pause of {value} s is out of range: give about 1.5")
        elif field == "speakers":
            known[field] = _choice(Speakers, value, key)
        elif field == "label_above":
            if not isinstance(value, bool):
                raise SubtitleError(f"{key} is true or false, not {value!r}")
            known[field] = value
        elif field == "titles":
            if not isinstance(value, dict) or not all(isinstance(title, str) for title in value.values()):
                raise SubtitleError(f'{key} is a table with a title for each language: [titles], de = "..."')
            known[field] = tuple(value.items())
        elif isinstance(value, str):
            known[field] = value
        else:
            raise SubtitleError(f"{key} must be a text, in quotation marks")
    return Style(**known)


def _choices(known: dict[str, Any]) -> str:
    names = sorted(field.replace("_", "-") for field in known if field not in _NOT_SET)
    return f"the settings are {', '.join(names)}, and [[rule]]"


def _rule(data: dict[str, Any], number: int) -> Rule:
    where = f"rule {number}"
    unknown = sorted(set(data) - {"kind", "limit", "unit", "severity", "source", "language"})
    if unknown:
        raise SubtitleError(
            f"{where}: {unknown[0]!r} is not part of a rule: it has kind, limit, unit, severity, source, language"
        )
    if "kind" not in data:
        raise SubtitleError(f"{where}: a rule needs a kind and a limit")
    kind = _choice(Kind, data["kind"], f"{where}: kind")
    if ("limit" in data) is (kind in WITHOUT_LIMIT):
        raise SubtitleError(
            f"{where}: {kind} has no limit"
            if "limit" in data
            else f"{where}: a rule needs a kind and a limit"
        )
    unit = data.get("unit", "s" if kind in _TIMES else "")
    if unit not in (("s", "frames") if kind in _IN_FRAMES else ("s",) if kind in _TIMES else ("",)):
        raise SubtitleError(
            f"{where}: {unit!r} is not a unit of {kind}: give s, or frames where the kind allows them"
        )
    limit = _number(data.get("limit", 1), f"{where}: limit")
    if limit and not _LEAST <= abs(limit) <= _MOST:
        raise SubtitleError(
            f"{where}: a limit of {data['limit']} is out of range: it must be between {_LEAST} and {_MOST}"
        )
    if limit < 0 or (limit == 0 and kind not in _MAY_BE_NONE):
        raise SubtitleError(f"{where}: a limit of {data['limit']} leaves no room for {kind}")
    if kind in (Kind.LINES, Kind.LINE_LENGTH, Kind.NEW_SENTENCE) and limit.denominator != 1:
        raise SubtitleError(f"{where}: {kind} is counted in whole numbers")
    if kind is Kind.LINES and limit > 4:
        raise SubtitleError(f"{where}: captions have 1 to 4 lines")
    return Rule(
        kind=kind,
        limit=limit,
        severity=_choice(Severity, data.get("severity", "error"), f"{where}: severity"),
        source=str(data.get("source", "")),
        unit=unit,
        language=str(data.get("language", "")),
    )


def _number(value: object, where: str) -> Fraction:
    """Return 42, 0.3 or "5/6" as an exact fraction."""
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise SubtitleError(f'{where} must be a number, or a fraction like "5/6", not {value!r}') from error
    return number


def _choice(kinds: type[_Choice], value: object, where: str) -> _Choice:
    try:
        return kinds(str(value))
    except ValueError as error:
        raise SubtitleError(f"{where} must be one of {', '.join(kinds)}, not {value!r}") from error
