"""What the page about the API shows of each address, read from the OpenAPI description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from decisions.models import page_address

# The type of a form's input for a type or format of JSON; others are text.
_INPUT_TYPES = {"integer": "number", "date": "date"}


class Run(NamedTuple):
    """A part of a text, and whether it is code."""

    text: str
    is_code: bool


@dataclass(frozen=True)
class Parameter:
    """A parameter as a field of a form; `options` are its values, if there are few."""

    name: str
    description: list[Run]
    input_type: str
    options: list[str]
    minimum: int | None
    maximum: int | None
    max_length: int | None
    is_in_path: bool


@dataclass(frozen=True)
class Field:
    """A field of an answer."""

    name: str
    description: list[Run]


@dataclass(frozen=True)
class Operation:
    """An address of the API and its method.

    `fields` are those of the answer, or of each of its results.
    """

    name: str
    method: str
    path: str
    summary: str
    description: list[Run]
    parameters: list[Parameter]
    fields: list[Field]
    is_list: bool

    @property
    def action(self) -> str:
        """Where its form leads: the page about the API redirects to the decision of a reference."""
        is_named = any(parameter.is_in_path for parameter in self.parameters)
        return page_address("api:docs") if is_named else self.path


def operations(openapi: Mapping[str, Any]) -> list[Operation]:
    """Every address, in the order of the description."""
    return [
        _operation(path, method, operation, openapi["components"]["schemas"])
        for path, by_method in openapi["paths"].items()
        for method, operation in by_method.items()
    ]


def runs(text: str) -> list[Run]:
    """The text in runs: what stands between backticks is code."""
    parts = enumerate(text.split("`"))
    return [Run(part, bool(index % 2)) for index, part in parts if part]


def _operation(
    path: str, method: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Operation:
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    result = _resolved(content, schemas)
    is_list = "results" in result["properties"]
    if is_list:
        result = _resolved(result["properties"]["results"], schemas)
    return Operation(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=runs(operation["description"]),
        parameters=[_parameter(entry) for entry in operation["parameters"]],
        fields=[*_fields(result, schemas)],
        is_list=is_list,
    )


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    schema = entry["schema"]
    values = schema if entry["name"] == "fields" or "items" not in schema else schema["items"]
    options = values.get("enum", ())
    if schema.get("type") == "boolean":
        options = ("true", "false")
    return Parameter(
        name=entry["name"],
        description=runs(entry.get("description", "")),
        input_type=_INPUT_TYPES.get(schema.get("format") or schema["type"], "text"),
        options=[str(option) for option in options],
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        max_length=schema.get("maxLength"),
        is_in_path=entry["in"] == "path",
    )


def _fields(result: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Field]:
    for name, schema in result["properties"].items():
        description = schema.get("description") or _resolved(schema, schemas).get("description")
        yield Field(name, runs(description or ""))


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference in the description refers to; for several, the first."""
    for group in ("allOf", "oneOf"):
        if group in schema:
            return _resolved(schema[group][0], schemas)
    if schema.get("type") == "array" and "$ref" in schema.get("items", {}):
        return _resolved(schema["items"], schemas)
    if "$ref" in schema:
        found: Mapping[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema
