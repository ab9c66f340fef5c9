"""Describes the lines of each table, as a JSON Schema and as a Table Schema of Frictionless."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from decisions.dumps.contents import Contents
from decisions.dumps.tables import TABLES, Table

if TYPE_CHECKING:
    from decisions.dumps.tables import Field

Schema = dict[str, Any]

_INTEGERS = (models.IntegerField, models.SmallIntegerField, models.BigIntegerField)

# Descriptions of columns whose models have none.
_DESCRIPTIONS = {
    "key": "Identifies it in lines and addresses: /laws/<key>/.",
    "slug": "Identifies it in lines and addresses.",
    "path": "Identifies it in lines and addresses: /categories/<path>/.",
    "parent": "The one that it is part of.",
    "short": "A short form of the label.",
    "reference": "The Ombudsman's reference. The page is /decisions/<reference with hyphens>/.",
    "other_references": "Further references of the same decision.",
    "decided_on": "Null where the file does not state it.",
    "sections": "The text. Paragraph 9 has the anchor #para-9 on the decision's page.",
    "source_url": "Where the Ombudsman published it; null where the file does not state it.",
    "warnings": "What the file's reader noticed.",
    "is_sample": "Whether it is an invented decision about an invented council.",
    "findings": "What the rules found, with the place of each finding in the text.",
    "rules_version": "The version of the rules.",
    "reasons": "Codes of the reasons why the complaint was closed, the main one first.",
    "provisions": "Keys of the provisions that the decision cites.",
    "remedies": "Kinds of remedies that were recommended or agreed.",
    "fingerprints": "64-bit fingerprints of paragraphs that may be standard wording.",
    "withdrawn_at": "When it was taken down.",
    "withdrawn_reason": "Why it was taken down; for staff.",
    "words": "What was redacted.",
    "created_at": "When the archive first had it.",
    "updated_at": "When the archive last changed it.",
    "sha256": "The hash of its bytes; identifies it.",
    "size": "Its length in bytes.",
    "added_at": "When staff added it.",
    "received_at": "When the archive received it.",
}

_INDEX = {"type": ["integer", "null"], "minimum": 0}
_EVIDENCE: Schema = {
    "type": "object",
    "description": "A span of one text; section and paragraph count from 0, null is the summary.",
    "required": ["section", "paragraph", "item", "number", "start", "end"],
    "properties": {
        "section": _INDEX,
        "paragraph": _INDEX,
        "item": {"type": "array", "items": {"type": "integer"}},
        "number": {"type": ["integer", "null"]},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
    },
}
_DEFINITIONS: Schema = {
    "evidence": _EVIDENCE,
    "item": {
        "type": "object",
        "required": ["label", "text", "items"],
        "properties": {
            "label": {"type": ["string", "null"]},
            "text": {"type": "string"},
            "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
        },
        "additionalProperties": False,
    },
    "paragraph": {
        "type": "object",
        "required": ["number", "text", "items"],
        "properties": {
            "number": {"type": ["integer", "null"], "description": "As printed."},
            "text": {"type": "string"},
            "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
        },
        "additionalProperties": False,
    },
}


def _list_of(properties: Schema) -> Schema:
    fields = {"type": "object", "required": [*properties], "properties": properties}
    return {"type": "array", "items": fields}


_ONE: Schema = {"$ref": "#/$defs/evidence"}
_JSON_COLUMNS: dict[str, Schema] = {
    "stated": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    "original": {"type": "object", "description": "Columns of the decision before."},
    "sections": _list_of(
        {
            "heading": {"type": ["string", "null"]},
            "level": {"type": "integer", "minimum": 1},
            "paragraphs": {"type": "array", "items": {"$ref": "#/$defs/paragraph"}},
        }
    ),
    "findings": {
        "type": "object",
        "properties": {
            "closure_reasons": _list_of(
                {
                    "code": {"type": "string"},
                    "basis": {"type": "string"},
                    "evidence": {"type": "array", "items": _ONE},
                }
            ),
            "citations": _list_of({"provision": {"type": "object"}, "evidence": _ONE}),
            "remedies": _list_of({"kind": {"type": "string"}, "evidence": _ONE}),
            "cross_references": _list_of({"targets": {"type": "array"}, "evidence": _ONE}),
            "decision_references": _list_of({"reference": {"type": "string"}, "evidence": _ONE}),
            "standard": {
                "type": "array",
                "description": "Section, paragraph and fingerprint of possible standard wording.",
                "items": {
                    "type": "array",
                    "items": {"type": "integer"},
                    "minItems": 3,
                    "maxItems": 3,
                },
            },
        },
    },
}


def json_schema(table: Table) -> Schema:
    """The JSON Schema of one line of a table."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.about,
        "type": "object",
        "properties": {column: _column_schema(table, column) for column in table.columns},
        "required": list(table.columns),
        "additionalProperties": False,
    }
    return schema | ({"$defs": _DEFINITIONS} if "sections" in table.columns else {})


def table_schema(table: Table, contents: Contents) -> Schema:
    """The Table Schema of Frictionless Data for a table."""
    fields = []
    foreign_keys = []
    for column in sorted(table.columns):  # as in a line
        kind, form = _frictionless_type(table.field(column))
        field = {"name": column, "type": kind, "description": _describe(table, column)}
        fields.append(field | ({"format": form} if form else {}))
        if target := next(
            (one for one in TABLES if one.model is table.target(column) and one.is_in(contents)),
            None,
        ):
            reference = {"resource": "" if target is table else target.name, "fields": [target.key]}
            foreign_keys.append({"fields": [column], "reference": reference})
    schema: Schema = {"fields": fields, "primaryKey": [table.key, *table.key_goes_on]}
    return schema | ({"foreignKeys": foreign_keys} if foreign_keys else {})


def _column_schema(table: Table, column: str) -> Schema:
    field = table.field(column)
    schema = dict(_JSON_COLUMNS.get(column) or _type_of(field))
    if field.null:
        schema["type"] = [schema["type"], "null"]
    if field.choices:
        schema["enum"] = [value for value, _ in field.flatchoices] + [None] * field.null
    if description := _describe(table, column):
        schema["description"] = description
    return schema


def _describe(table: Table, column: str) -> str:
    if target := table.target(column):
        name = next(other.name for other in TABLES if other.model is target)
        return f"The key of a line of {name}."
    return str(table.field(column).help_text or _DESCRIPTIONS.get(column, ""))


def _type_of(field: "Field | None") -> Schema:
    if isinstance(field, models.GeneratedField):
        return _type_of(field.output_field)
    if isinstance(field, ArrayField):
        return {"type": "array", "items": _type_of(field.base_field)}
    if isinstance(field, models.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, models.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.BinaryField):
        return {"type": "string", "contentEncoding": "base64"}
    if isinstance(field, _INTEGERS):
        return {"type": "integer"}
    return {"type": "string"}


def _frictionless_type(field: "Field") -> tuple[str, str | None]:
    if isinstance(field, models.JSONField):
        return ("array" if field.default is list else "object"), None
    schema = _type_of(field)
    if form := schema.get("format"):
        return (form, None) if form == "date" else ("datetime", "any")
    return schema["type"], None
