"""OpenAPI 3.1: a server described by its routes, and by what each of them takes and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
"""JSON Schema, as OpenAPI 3.1 has it."""

JSON_TYPE = "application/json"
BYTES_TYPE = "application/octet-stream"

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
INTEGER: Schema = {"type": "integer"}
BOOLEAN: Schema = {"type": "boolean"}
OBJECT: Schema = {"type": "object"}
BINARY: Schema = {"type": "string", "format": "binary"}


def list_of(items: Schema, description: str = "") -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items} | ({"description": description} if description else {})


def object_of(fields: Mapping[str, Schema]) -> Schema:
    """Return the schema of an object with these fields."""
    return {"type": "object", "properties": fields}


def or_null(kind: str) -> Schema:
    """Return the schema of a value of this type, or null."""
    return {"type": [kind, "null"]}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a request; it is in the path if the path names it, else in the query."""

    name: str
    schema: Schema
    description: str
    required: bool = False


@dataclass(frozen=True)
class Body:
    """The JSON object that a request sends.

    `required` are the fields that it must have; where there are none, the whole body is optional.
    """

    fields: Mapping[str, Schema]
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a successful request is answered with."""

    description: str
    schema: Schema = field(default_factory=lambda: OBJECT)
    media_type: str = JSON_TYPE


@dataclass(frozen=True)
class Operation:
    """What a method of a path does, takes and answers; `others` are further status codes and their meaning."""

    summary: str
    answer: Answer
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    others: Mapping[str, str] | None = None


def openapi_path(route: str) -> str:
    """Return the path of a route as OpenAPI writes it: "/api/peaks/{level:int}" is "/api/peaks/{level}"."""
    return re.sub(r":\w+}", "}", route)


def openapi_document(
    routes: Iterable[tuple[str, str]],
    operations: Mapping[tuple[str, str], Operation],
    schemas: Mapping[str, Schema],
) -> dict[str, Any]:
    """Return the description of a server with these routes, each a method and a path.

    `operations` has an entry for each route, by its method and its path as OpenAPI writes it; `schemas` are those that
    its entries refer to by name. Raises KeyError where a route has no entry.
    """
    paths: dict[str, dict[str, Any]] = {}
    for method, route in routes:
        path = openapi_path(route)
        paths.setdefault(path, {})[method.lower()] = _operation(path, operations[method, path])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "asdelivered review",
            "version": "1",
            "description": "The API of the page that `asdelivered review` serves. The command prints its address, "
            "which ends in a key; every path below follows it. Bodies are JSON, of 256 KiB at most. A request that is "
            "refused is answered with a sentence that says why.",
        },
        "servers": [
            {
                "url": "http://127.0.0.1:{port}/{key}",
                "variables": {"port": {"default": "8000"}, "key": {"default": "key"}},
            }
        ],
        "paths": paths,
        "components": {
            "responses": {
                "Refused": {
                    "description": "It can't be done; why not",
                    "content": {JSON_TYPE: {"schema": object_of({"error": TEXT})}},
                }
            },
            "schemas": dict(schemas),
        },
    }


def _operation(path: str, operation: Operation) -> dict[str, Any]:
    entry: dict[str, Any] = {"summary": operation.summary}
    if operation.parameters:
        entry["parameters"] = [_parameter(path, one) for one in operation.parameters]
    if operation.body is not None:
        schema = {**object_of(operation.body.fields), "required": list(operation.body.required)}
        entry["requestBody"] = {
            "required": bool(operation.body.required),
            "content": {JSON_TYPE: {"schema": schema}},
        }
    answer = operation.answer
    entry["responses"] = {
        "200": {
            "description": answer.description,
            "content": {answer.media_type: {"schema": answer.schema}},
        },
        "409": {"$ref": "#/components/responses/Refused"},
        **{code: {"description": meaning} for code, meaning in (operation.others or {}).items()},
    }
    return entry


def _parameter(path: str, parameter: Parameter) -> dict[str, Any]:
    in_path = f"{{{parameter.name}}}" in path
    return {
        "name": parameter.name,
        "in": "path" if in_path else "query",
        "required": in_path or parameter.required,
        "schema": parameter.schema,
        "description": parameter.description,
    }
