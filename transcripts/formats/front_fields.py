"""The fields above a Markdown text, as the front matter of site generators has them: what they say of the event.

Only what pages use is read of YAML: a value in one line or folded over several, in quotes or without, and a list in
brackets or with an item in each row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FRONT_MATTER = re.compile(
    r"---[ \t]*\n((?:\#.*\n|\n)*[\w-]+:.*\n(?:[\w-]+:.*\n|[ \t].*\n|-[ \t].*\n|\#.*\n|\n)*?)---[ \t]*\n"
)
"""The fields above the text that makers of web sites have in their Markdown; each line fits in one way alone."""
_FIELD = re.compile(r"(?P<name>[\w-]+):[ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_SEVERAL = re.compile(r"\[(?P<inside>.*)\]")
_PART = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|[^,]+")
_ESCAPE = re.compile(
    r"\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U00((?:0[\dA-Fa-f]|10)[\dA-Fa-f]{4})|(?P<sign>[^uUx\s])|\s+(?:\\(?=\s))?)"
)
"""What YAML writes with a backslash in double quotes: a character by its number or a sign, or a line that goes on."""
_SIGNS = {"n": " ", "t": " ", "r": " ", "_": " ", "N": " ", "L": " ", "P": " "}
"""Line breaks, tabs and blanks of several kinds."""
_SPEAKERS = ("speaker", "speakers", "presenter", "presenters")
_DATES = ("date", "pub_date", "published", "publish_date", "recorded")

Fields = Mapping[str, tuple[str, ...]]
"""The values of each field, whose names are in lower case: several for a list."""


def read_fields(text: str) -> Fields:
    """Return the fields in the rows between the rules of a front matter."""
    raw: dict[str, list[str]] = {}
    values: list[str] = []
    for row in text.splitlines():
        field, item = _FIELD.match(row), _ITEM.match(row)
        if field:
            values = raw.setdefault(field["name"].lower(), [])
            values.append(field["value"].strip())
        elif item:
            values.append(item["value"].strip())
        elif values and row.strip() and not row.startswith("#"):
            values[-1] = f"{values[-1]} {row.strip()}".strip()
    return {name: _plain(found) for name, found in raw.items()}


def title_of(fields: Fields) -> str | None:
    """Return the title that the fields state."""
    return " ".join(fields.get("title", ())) or None


def date_text(fields: Fields) -> str:
    """Return the date that the fields state, as they write it; "" without one."""
    return next((" ".join(fields[name]) for name in _DATES if fields.get(name)), "")


def speakers_of(fields: Fields) -> tuple[str, ...]:
    """Return the names of those who speak, as the fields list them."""
    return next((fields[name] for name in _SPEAKERS if fields.get(name)), ())


def _plain(values: list[str]) -> tuple[str, ...]:
    """Return the values without quotes; a list in brackets is parted."""
    plain: list[str] = []
    for value in values:
        several = _SEVERAL.fullmatch(value)
        parts = [part.strip() for part in _PART.findall(several["inside"])] if several else [value]
        plain += filter(None, map(_unquoted, parts))
    return tuple(plain)


def _unquoted(value: str) -> str:
    """Return a value without its quotes: in single ones, a doubled one stands for itself."""
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'").strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return " ".join(_ESCAPE.sub(_unescaped, value[1:-1]).split())
    return value.strip("\"'")


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        shown = chr(int(code, 16))
        return shown if shown.isprintable() else " " * shown.isspace()
    return _SIGNS.get(escape["sign"], escape["sign"]) if escape["sign"] else ""
