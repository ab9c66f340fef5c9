"""The description of the API in OpenAPI 3.1, made from the views."""

import json
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from decisions.api.problems import MEDIA_TYPE
from decisions.api.schemas import PROBLEM

# The errors of every address, and those of addresses that name a decision.
_PROBLEMS = {
    400: "A parameter is unknown, or its value is not valid.",
    404: "There is nothing at this address.",
    405: "The address does not answer this method.",
    406: "The client accepts no JSON.",
    410: "The decision was withdrawn or erased.",
    429: "Too many requests. Ask again after the seconds that `Retry-After` says.",
    500: "The archive failed.",
    503: "The database or the search index is not available for the moment.",
}
# Those of addresses that are sent a text.
_PROBLEMS_OF_BODIES = {
    400: "What was sent is no JSON, or not what is described.",
    415: "What was sent is not `application/json`.",
}
_VALIDATORS = {
    "ETag": "Send it as `If-None-Match`: 304 says that nothing changed, and does not count.",
    "Last-Modified": "Send it as `If-Modified-Since`; not there while the archive is changing.",
}


@cache
def openapi() -> dict[str, Any]:
    """The description as JSON types; made once in each process."""
    from decisions.api.urls import documented  # the addresses import the view of this

    generator = SchemaGenerator(patterns=documented)  # type: ignore[no-untyped-call]
    made = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    described: dict[str, Any] = json.loads(OpenApiJsonRenderer().render(made))
    described["components"]["schemas"]["Problem"] = PROBLEM
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            _complete(operation, path, method)
    return described


def _complete(operation: dict[str, Any], path: str, method: str) -> None:
    """Add what all operations have in common."""
    operation.pop("security", None)
    for parameter in operation.setdefault("parameters", []):
        if parameter["in"] == "query":
            parameter["allowEmptyValue"] = True  # as a form sends it; it counts as not given
    responses = operation["responses"]
    responses["200"]["description"] = "The answer."
    if method == "get":
        responses["200"]["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in _VALIDATORS.items()
        }
        responses["304"] = {"description": "The client has the newest version."}
    if "{reference}" in path:
        responses["301"] = {"description": "The reference has another spelling."}
    problems = _PROBLEMS if method == "get" else _PROBLEMS | _PROBLEMS_OF_BODIES
    for status, description in problems.items():
        responses[str(status)] = {
            "description": description,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
