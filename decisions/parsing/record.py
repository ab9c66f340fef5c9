"""JSON records (layout 11): one decision as an object, its text and some facts apart from it."""

import json
from dataclasses import dataclass
from typing import Any

from decisions.documents import ParseError
from decisions.parsing.encoding import clean

_FACTS = ("case_id", "authority", "category", "subcategory", "outcome", "date", "url")


@dataclass(frozen=True, slots=True)
class Record:
    """`facts` holds the record's own fields that say something, by name."""

    text: str
    facts: dict[str, str]
    is_sample: bool


def looks_like_json(text: str) -> bool:
    """An object or a list of objects; "[cookie text]" is neither."""
    start = text[:200].lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in "{]")


def read_record(text: str, warnings: list[str]) -> Record:
    """The record in `text`. Raises ParseError when there is none, or several, or no text in it."""
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
        raise ParseError("a JSON record without a text")
    facts = {}
    for name in _FACTS:
        fact = value.get(name)
        if fact is None:
            continue
        if not isinstance(fact, str):
            warnings.append(f"the record's {name} is not a text and was passed over")
        elif stated := " ".join(clean(fact, warnings).split()):
            facts[name] = stated
    return Record(clean(body, warnings), facts, value.get("sample") is True)
