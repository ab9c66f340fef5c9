"""Reads JSON records (layout 11): an object with a decision's text and some of its facts."""

import json
from dataclasses import dataclass
from typing import Any

from decisions.characters import simplify
from decisions.documents import ParseError
from decisions.parsing.encoding import clean
from decisions.sources.json_records import TOO_MANY_VALUES, has_too_many_values

_FACT_NAMES = ("case_id", "authority", "category", "subcategory", "outcome", "date", "url")


@dataclass(frozen=True, slots=True)
class Record:
    """The text of a record, and its non-empty fields by name in `facts`."""

    text: str
    facts: dict[str, str]
    is_sample: bool


def looks_like_json(text: str) -> bool:
    """Whether the text begins like an object or an array of objects; "[cookie text]" does not."""
    start = text[:200].lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in "{]")


def read_record(text: str, warnings: list[str]) -> Record:
    """Read the record in `text`. Raises ParseError unless it is exactly one record with a text."""
    if has_too_many_values(text):
        raise ParseError(TOO_MANY_VALUES)
    try:
        value: Any = json.loads(text, strict=False)
    except RecursionError:
        raise ParseError("JSON nested too deeply to read") from None
    except ValueError as error:
        raise ParseError(f"not valid JSON: {error}") from None
    if isinstance(value, list):
        if len(value) != 1:
            raise ParseError(f"holds {len(value)} records, not one")
        value = value[0]
    if not isinstance(value, dict):
        raise ParseError("JSON, but not a record of a decision")
    body = value.get("text")
    if not isinstance(body, str) or not body.strip():
        raise ParseError("a JSON record without text")
    facts = {}
    for name in _FACT_NAMES:
        fact = value.get(name)
        if fact is None:
            continue
        if not isinstance(fact, str):
            warnings.append(f"the record's {name} is not a text and was skipped")
        elif stated := " ".join(simplify(clean(fact, warnings)).split()):
            facts[name] = stated
    return Record(clean(body, warnings), facts, value.get("sample") is True)
