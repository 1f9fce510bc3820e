"""Requests checked before they are used, and answers."""

from __future__ import annotations

import json
import math
from typing import Any, TypeVar
from urllib.parse import quote as quoted

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asdelivered.base.guard import LARGEST_NUMBER, whole_number
from asdelivered.review.changes import Selection, selection_from_json
from asdelivered.review.server.page_files import fresh

T = TypeVar("T")


async def body_of(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request sends, or an empty one if it sends nothing.

    Raises HTTPException where it is not JSON, or has a number or a text that an answer could not state: too large,
    infinite, half a surrogate pair.
    """
    content = await request.body()
    if not content:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "send JSON")
    try:
        body = json.loads(content, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise HTTPException(400, "a text has half a surrogate pair, which is no character") from error
    except _RangeError as error:
        raise HTTPException(400, str(error)) from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "this is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "send a JSON object")
    return body


class _RangeError(ValueError):
    """A number is too large to be meant."""


def _whole(text: str) -> int:
    if whole_number(text.removeprefix("-")) is None:
        raise _RangeError(f"a whole number lies between -{LARGEST_NUMBER} and {LARGEST_NUMBER}")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise _RangeError(f"a number lies between -{LARGEST_NUMBER} and {LARGEST_NUMBER}")
    return number


def number_in_path(request: Request, key: str) -> int:
    """Return a whole number from the path of a request. Raises HTTPException where it isn't one."""
    number = whole_number(request.path_params[key])
    if number is None:
        raise HTTPException(404, f"{key} must be a whole number")
    return number


def field(body: dict[str, Any], key: str, kind: type[T]) -> T:
    """Return a field of a body. Raises HTTPException where it is missing or of another type."""
    value = body.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise HTTPException(400, f"{key!r} is missing, or of the wrong type")
    return value


def selection_in(data: Any) -> Selection:
    """Return selected words. Raises HTTPException where the data is not a selection."""
    try:
        return selection_from_json(data)
    except (TypeError, ValueError) as error:
        raise HTTPException(400, "words are [first line, first word, last line, last word]") from error


def number_in(request: Request, key: str, otherwise: int) -> int:
    """Return a whole number from the query of a request, or `otherwise`. Raises HTTPException where it isn't one."""
    text = request.query_params.get(key)
    if text is None:
        return otherwise
    try:
        if len(text) > 15:
            raise ValueError
        return int(text)
    except ValueError as error:
        raise HTTPException(400, f"{key} must be a whole number") from error


def as_json(data: dict[str, Any]) -> Response:
    """Return an answer with JSON."""
    return fresh(JSONResponse(data))


def attachment(data: bytes, name: str) -> Response:
    """Return an answer that the browser saves as a file of this name."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quoted(name, safe='')}"}
    return fresh(Response(data, media_type="application/octet-stream", headers=headers))
