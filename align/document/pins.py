"""Pins: times that a person has fixed. They are kept exactly, and found again in a transcript that was edited since.

A pins file is JSON: `{"schema": "asdelivered/pins", "version": 1, "pins": [...]}`, each pin an object with `line` (its
id), `text` (of the line, as it was when the pin was made), perhaps `word` (its number in the line, from 1), and
`start`, `end` (seconds) or `unspoken` (true, of a line). A plain object is read as well: `{"L0012": 14.5,
"L0012/3": 15.25}`, each line or word with the second at which it starts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

from asdelivered.align.errors import AlignError
from asdelivered.base.files import write_whole
from asdelivered.base.reading import foreign, read_file

SCHEMA = "asdelivered/pins"
VERSION = 1
LARGEST = 16 * 2**20
"""Bytes of a pins file that is read."""

_SECONDS = {"type": "number", "minimum": 0, "maximum": 359999.999}
_SHAPE = {
    "type": "object",
    "required": ["schema", "version", "pins"],
    "properties": {
        "schema": {"const": SCHEMA},
        "version": {"const": VERSION},
        "pins": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["line"],
                "additionalProperties": False,
                "properties": {
                    "line": {"type": "string", "minLength": 1},
                    "text": {"type": "string"},
                    "word": {"type": "integer", "minimum": 1},
                    "start": _SECONDS,
                    "end": _SECONDS,
                    "unspoken": {"const": True},
                },
                "oneOf": [
                    {"anyOf": [{"required": ["start"]}, {"required": ["end"]}], "not": {"required": ["unspoken"]}},
                    {"required": ["unspoken"], "not": {"anyOf": [{"required": [k]} for k in ("start", "end", "word")]}},
                ],
            },
        },
    },
}  # fmt: skip


@dataclass(frozen=True)
class Pin:
    """What is fixed about a line, or its `word` (from 1): when it starts, when it ends, or that nobody said it.

    Times in milliseconds. `text` is the line's when the pin was made; None where only the id is known.
    """

    line: str
    text: str | None = None
    word: int | None = None
    start: int | None = None
    end: int | None = None
    unspoken: bool = False


def read_pins(path: Path) -> tuple[Pin, ...]:
    """Read a pins file. Raises AlignError: it is missing, or not one (the message says where it breaks)."""
    content = read_file(path, LARGEST, "pins file", AlignError)
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{path}: not a pins file: not JSON in UTF-8: {error}") from error
    with foreign(path, "pins file", AlignError):
        if isinstance(data, dict) and "pins" not in data:
            data = _from_plain(data)
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        problem = next(jsonschema_rs.validator_for(_SHAPE).iter_errors(data), None)
    if problem is not None:
        where = "".join(f"/{part}" for part in problem.instance_path)
        raise AlignError(f"{path}: not a pins file at {where or 'the root'}: {problem.message[:200]}")
    pins = tuple(pin_from_json(entry) for entry in data["pins"])
    for number, pin in enumerate(pins):
        if pin.start is not None and pin.end is not None and pin.end <= pin.start:
            raise AlignError(f"{path}: pin {number + 1}, of {pin.line}, ends before it starts")
    return pins


def write_pins(pins: Sequence[Pin], path: Path) -> None:
    """Write a pins file, whole or not at all. Raises AlignError: it cannot be written."""
    data = {"schema": SCHEMA, "version": VERSION, "pins": [pin_to_json(pin) for pin in pins]}
    try:
        write_whole(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise AlignError(f"{path}: the pins cannot be written: {error.strerror or error}") from error


def _from_plain(data: dict[str, Any]) -> dict[str, Any]:
    pins = []
    for name, second in data.items():
        line, _, word = name.partition("/")
        pins.append({"line": line, "start": second} | ({"word": int(word)} if word.isdecimal() else {}))
    return {"schema": SCHEMA, "version": VERSION, "pins": pins}


def pin_from_json(entry: dict[str, Any]) -> Pin:
    """Return the pin that an object of a pins file stands for."""
    start, end = (round(1000 * entry[key]) if key in entry else None for key in ("start", "end"))
    return Pin(entry["line"], entry.get("text"), entry.get("word"), start, end, entry.get("unspoken", False))


def pin_to_json(pin: Pin) -> dict[str, Any]:
    """Return a pin as an object of a pins file."""
    entry: dict[str, Any] = {
        "line": pin.line,
        "text": pin.text,
        "word": pin.word,
        "unspoken": pin.unspoken or None,
    }
    entry |= {key: None if ms is None else ms / 1000 for key, ms in (("start", pin.start), ("end", pin.end))}
    return {key: value for key, value in entry.items() if value is not None}
