"""The file of captions by hand, beside the alignment: talk.caption-edits.json for talk.alignment.json.

It is a person's work. Only what a person does in the desk writes it; whatever makes captions reads it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

from asdelivered.align.document.sources import stem_of
from asdelivered.base.delivery import put
from asdelivered.base.files import sha256_of
from asdelivered.base.reading import foreign, read_file
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.own_words import OwnWords
from asdelivered.subtitles.errors import SubtitleError

ENDING = ".caption-edits.json"
SCHEMA = "asdelivered/caption-edits"
VERSION = 1
LARGEST = 16 * 2**20
"""Bytes of a file that is read."""

_MOMENT = {"type": "number", "minimum": 0, "maximum": 359999.999}
_SECONDS = {"type": "number", "minimum": -3600, "maximum": 3600}
_SHAPE = {
    "type": "object",
    "required": ["schema", "version", "cues"],
    "properties": {
        "schema": {"const": SCHEMA},
        "version": {"const": VERSION},
        "cues": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["style", "line", "word", "lines"],
                "properties": {
                    "style": {"type": "string", "minLength": 1},
                    "line": {"type": "string", "minLength": 1},
                    "word": {"type": "integer", "minimum": 1, "maximum": 2**31},
                    "lines": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "pattern": "\\S"},
                    },
                    "start": _SECONDS,
                    "end": _SECONDS,
                },
            },
        },
        "heard": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start", "end", "text"],
                "properties": {"start": _MOMENT, "end": _MOMENT, "text": {"type": "string"}},
            },
        },
    },
}


@dataclass(frozen=True)
class CaptionEdits:
    """All that a person did to the captions of an alignment.

    `cues` are captions by hand, in all styles; `heard` is what they wrote for speech that the text lacks.
    """

    cues: tuple[CueEdit, ...] = ()
    heard: tuple[OwnWords, ...] = ()


def edits_path(alignment: Path) -> Path:
    """Return where the captions by hand of an alignment are, or would be."""
    return alignment.with_name(f"{stem_of(alignment)}{ENDING}")


def edits_beside(alignment: Path) -> CaptionEdits:
    """Return what a person did to the captions of an alignment; nothing if there is no file. Raises SubtitleError."""
    path = edits_path(alignment)
    if not path.is_file():
        return CaptionEdits()
    return decoded_edits(read_file(path, LARGEST, "file of caption edits", SubtitleError), path)


def write_edits(alignment: Path, edits: CaptionEdits, known: str | None) -> str:
    """Write the edits beside an alignment, and return the file's SHA-256; `known` is that of the file that was read.

    Raises NotOursError where another program has changed it meanwhile, OSError: then it is as it was.
    """
    path = edits_path(alignment)
    put(path, encoded_edits(edits), known=known)
    return sha256_of(path)


def edits_in(style: str, edits: CaptionEdits) -> tuple[CueEdit, ...]:
    """Return the captions by hand that were made in a style."""
    return tuple(edit for edit in edits.cues if edit.style == style)


def with_edits(alignment: Path) -> tuple[Path, ...]:
    """Return the files that captions of an alignment are made of: the alignment, and its edits where there are any."""
    edits = edits_path(alignment)
    return (alignment, edits) if edits.is_file() else (alignment,)


def decoded_edits(content: bytes, path: Path) -> CaptionEdits:
    """Return the edits in a file's content. Raises SubtitleError, which names the file: it is damaged."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SubtitleError(f"{path}: not a file of caption edits: not JSON in UTF-8: {error}") from error
    with foreign(path, "file of caption edits", SubtitleError):
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        problem = next(jsonschema_rs.validator_for(_SHAPE).iter_errors(data), None)
    if problem is not None:
        where = "".join(f"/{part}" for part in problem.instance_path)
        raise SubtitleError(
            f"{path}: not a file of caption edits at {where or 'the root'}: {problem.message[:200]}"
        )
    return CaptionEdits(
        tuple(_from_json(entry) for entry in data["cues"]),
        tuple(_heard_from_json(entry, path) for entry in data.get("heard", [])),
    )


def encoded_edits(edits: CaptionEdits) -> bytes:
    """Return the content of a file of edits."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "version": VERSION,
        "cues": [_to_json(edit) for edit in edits.cues],
    }
    data["heard"] = [
        {"start": one.span.start / 1000, "end": one.span.end / 1000, "text": one.text} for one in edits.heard
    ]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _from_json(entry: dict[str, Any]) -> CueEdit:
    start, end = (round(1000 * entry[key]) if key in entry else None for key in ("start", "end"))
    return CueEdit(entry["style"], entry["line"], entry["word"] - 1, tuple(entry["lines"]), start, end)


def _heard_from_json(entry: dict[str, Any], path: Path) -> OwnWords:
    start, end = round(1000 * entry["start"]), round(1000 * entry["end"])
    if end <= start:
        raise SubtitleError(f"{path}: the words {entry['text']!r} end before they begin")
    return OwnWords(TimeSpan(start, end), entry["text"])


def _to_json(edit: CueEdit) -> dict[str, Any]:
    """Return an edit with its word counted from 1, and its times in seconds."""
    entry: dict[str, Any] = {
        "style": edit.style,
        "line": edit.line,
        "word": edit.word + 1,
        "lines": [*edit.lines],
    }
    times = (("start", edit.start), ("end", edit.end))
    return entry | {key: ms / 1000 for key, ms in times if ms is not None}
