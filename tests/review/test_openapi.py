"""The description of the API: every route is in it, it is valid, and what the server answers is as it says."""

import re
from itertools import pairwise
from typing import Any

import jsonschema_rs
import pytest

from asdelivered.review.server.openapi import openapi_document, openapi_path
from asdelivered.review.server.operations import OPERATIONS, SCHEMAS
from asdelivered.review.server.routes import ROUTES

from .conftest import Server

DOCUMENT = openapi_document(((method, path) for method, path, _ in ROUTES), OPERATIONS, SCHEMAS)
ENTRIES = [
    (f"{method.upper()} {path}", entry)
    for path, methods in DOCUMENT["paths"].items()
    for method, entry in methods.items()
]


def test_the_table_has_every_route_and_no_other() -> None:
    assert {(method, openapi_path(path)) for method, path, _ in ROUTES} == set(OPERATIONS)


def test_a_route_that_the_table_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        openapi_document([("GET", "/api/new")], OPERATIONS, SCHEMAS)


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_an_entry_is_whole(name: str, entry: dict[str, Any]) -> None:
    assert entry["summary"]
    assert set(entry["responses"]) >= {"200", "409"}
    in_path = {one["name"] for one in entry.get("parameters", ()) if one["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", name))
    assert all(one["required"] for one in entry.get("parameters", ()) if one["in"] == "path")


def test_every_schema_is_one() -> None:
    found = [*schemas_in(DOCUMENT)]
    assert len(found) > 30
    for schema in found:
        jsonschema_rs.meta.validate(schema)


def schemas_in(node: Any) -> Any:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "schema":
                yield value
            elif key == "schemas":
                yield from value.values()
            else:
                yield from schemas_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from schemas_in(value)


def validator(schema: dict[str, Any]) -> Any:
    """A validator for a schema that may refer to others of the document."""
    return jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})


def test_a_state_and_its_lines_are_as_described(served: Server) -> None:
    """And they have exactly the fields that the description names."""
    served.ask("api/lines/L0001/accept", "POST", {})
    served.ask("api/lines/L0002/unspoken", "POST", {})
    state, whole = served.ask("api/state?since=0"), served.ask("api/lines")
    assert len(state["changed"]) == 2
    validator({"$ref": "#/components/schemas/State"}).validate(state)
    assert {*state, "regions"} == set(SCHEMAS["State"]["properties"])
    for line in (*state["changed"], *whole["lines"]):
        validator({"$ref": "#/components/schemas/Line"}).validate(line)
        assert set(line) == set(SCHEMAS["Line"]["properties"])
    for _ in range(2):
        served.ask("api/undo", "POST", {})


def test_the_validation_can_fail() -> None:
    assert not validator({"$ref": "#/components/schemas/State"}).is_valid({"changed": [{"id": 1}]})


def test_what_is_described_as_json_is_answered_as_json(served: Server) -> None:
    for (method, path), operation in OPERATIONS.items():
        if method == "GET" and "{" not in path and operation.answer.media_type == "application/json":
            query = "?q=harbour" if path == "/api/find" else ""
            validator(dict(operation.answer.schema)).validate(served.ask(path[1:] + query))


def test_the_server_serves_this_very_description(served: Server) -> None:
    assert served.ask("openapi.json") == DOCUMENT


def test_the_description_is_in_the_order_of_the_routes() -> None:
    order = [openapi_path(path) for _, path, _ in ROUTES]
    assert all(order.index(one) < order.index(other) for one, other in pairwise(DOCUMENT["paths"]))
