"""Read JSON written by other programs."""

from __future__ import annotations

import json
from typing import Any

from asdelivered.transcripts.encodings import decode, without_surrogates
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.source import Source


def read_json(source: Source) -> Any:
    """Return the value in a JSON file. Raises TranscriptError if it is damaged."""
    try:
        return json.loads(decode(source))
    except (ValueError, RecursionError) as error:
        raise TranscriptError(f"{source.name} is damaged JSON ({error}): get a new copy.") from error


def text_of(value: Any, *keys: str) -> str:
    """Return the first text among the values of `keys` in a JSON object; "" where there is none."""
    for key in keys:
        found = value.get(key) if isinstance(value, dict) else None
        if isinstance(found, str):
            return without_surrogates(found)
    return ""


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a JSON array; none where it is not an array."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
