"""Reads parameters strictly: what a page ignores with a message is an error to a program.

An unknown name, a value that no filter has and a single parameter that is given twice are all
refused: a program that misspells a filter must not go on with all decisions. Parameters without a
value count as not given, as forms send them.
"""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.api.problems import InvalidParameters
from decisions.models import NOT_STATED
from decisions.search import FACETS, PAGE_SIZE, PAGE_SIZES, SearchQuery
from decisions.web.filters import MAX_POUNDS, MAX_TEXT, SORTS, DecisionFilterSet

# The parameters that may be given several times.
REPEATED = frozenset(FACETS)

# Those of the filters that say which page of a list a reader wants; here a cursor says that.
_PAGE = "page"
_SEARCH = frozenset(DecisionFilterSet.base_filters) - {_PAGE}
_ORDER = {"sort", "size"}

SEARCH_PARAMETERS = _SEARCH
FACET_PARAMETERS = _SEARCH - _ORDER


def check_names(query: QueryDict, names: Iterable[str]) -> None:
    """Refuse parameters that this address does not have, and repeated ones."""
    known = set(names)
    messages = {}
    for name, values in query.lists():
        if name not in known:
            messages[name] = f"There is no parameter “{name}” here." + (
                " Follow “next” for more results." if name == _PAGE else ""
            )
        elif len(values) > 1 and name not in REPEATED:
            messages[name] = f"“{name}” is given {len(values)} times; once is enough."
    if messages:
        raise InvalidParameters(messages)


def read_search(query: QueryDict) -> SearchQuery:
    """The search that the parameters ask for, as on the website. Raises InvalidParameters."""
    filterset = DecisionFilterSet(query)
    search_query = filterset.search_query
    messages = {name: " ".join(errors) for name, errors in filterset.errors.items()}
    standard = query.get("standard")
    if standard and filterset.form.cleaned_data.get("standard") is None:
        messages["standard"] = f"“{standard}” is neither true nor false."
    if messages:
        raise InvalidParameters(messages)
    return search_query


def read_fields(query: QueryDict, known: Iterable[str]) -> list[str] | None:
    """The fields that the parameter `fields` asks for; None for all."""
    asked = query.get("fields", "")
    names = asked.split(",") if asked else []
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InvalidParameters({"fields": f"There is no field “{unknown[0]}” here."})
    return list(dict.fromkeys(names)) or None


def read_choice(query: QueryDict, name: str, choices: Iterable[str]) -> str | None:
    """The value of a parameter that has few; None if it is not given."""
    value = query.get(name) or None
    if value is not None and value not in choices:
        raise InvalidParameters({name: f"“{value}” is none of: {', '.join(choices)}."})
    return value


def read_number(query: QueryDict, name: str, least: int, most: int) -> int | None:
    """The value of a parameter that is a whole number; None if it is not given."""
    value = query.get(name)
    if not value:
        return None
    if value.isascii() and value.isdecimal() and len(value) < 12 and least <= int(value) <= most:
        return int(value)
    raise InvalidParameters({name: f"“{value}” is not a whole number from {least} to {most:,}."})


# --- What OpenAPI says of the parameters


def _parameter(name: str, description: str, **options: Any) -> OpenApiParameter:
    options = {"type": OpenApiTypes.STR, **options}
    return OpenApiParameter(
        name, location=OpenApiParameter.QUERY, description=description, **options
    )


def _several(name: str, description: str, values: Iterable[str] = ()) -> OpenApiParameter:
    item: dict[str, Any] = {"type": "string"}
    if values:
        item["enum"] = [*values]
    schema = {"type": "array", "items": item}
    return _parameter(name, f"{description} Repeat it for any of several.", type=schema)


_NOT_STATED_HINT = f"`{NOT_STATED}` finds decisions that state none."

_DESCRIBED = (
    _parameter(
        "q",
        'Words, as in the website\'s search box: `school bus`, `"school transport"`, `bus OR taxi`,'
        " `apology in:remedy`. A list by relevance goes on with the closest matches where few"
        " decisions have all the words.",
        type={"type": "string", "maxLength": MAX_TEXT},
    ),
    _several("council", f"Slug of a council or other body. {_NOT_STATED_HINT}"),
    _several(
        "category",
        "Path of a category, which includes its subcategories: `education`,"
        f" `education/school-transport`. {_NOT_STATED_HINT}",
    ),
    _several("outcome", f"Slug of an outcome. {_NOT_STATED_HINT}"),
    _parameter("date_from", "Decided on this day or later.", type=OpenApiTypes.DATE),
    _parameter("date_to", "Decided on this day or earlier.", type=OpenApiTypes.DATE),
    _several("reason", "Code of a reason for closing a complaint.", [*REASONS, NOT_STATED]),
    _several("remedy", "Code of a kind of remedy.", REMEDIES),
    _several("provision", "Key of a law, case or guidance that the decision cites."),
    _parameter(
        "payment_min",
        "The payment recommended is at least so many whole pounds.",
        type={"type": "integer", "minimum": 0, "maximum": MAX_POUNDS},
    ),
    _parameter(
        "payment_max",
        "The payment recommended is at most so many whole pounds; pence do not count.",
        type={"type": "integer", "minimum": 0, "maximum": MAX_POUNDS},
    ),
    _parameter(
        "standard",
        "Look for the words of `q` in standard wording too.",
        type={"type": "boolean", "default": False},
    ),
    _parameter(
        "sort",
        "The order. `relevance` is `newest` without words.",
        type={"type": "string", "enum": [*SORTS], "default": "relevance"},
    ),
    _parameter(
        "size",
        "Results on a page.",
        type={"type": "integer", "enum": [*PAGE_SIZES], "default": PAGE_SIZE},
    ),
)

SEARCH_DESCRIBED = [*_DESCRIBED]
FACETS_DESCRIBED = [entry for entry in _DESCRIBED if entry.name not in _ORDER]

AFTER_DESCRIBED = _parameter(
    "after", "The cursor of a page, as the address in `next` has it. Its text has no other meaning."
)


def fields_described(names: Iterable[str]) -> OpenApiParameter:
    """The parameter `fields` of an address whose answers have these fields."""
    schema = {"type": "array", "items": {"type": "string", "enum": [*names]}}
    return _parameter(
        "fields",
        "The fields that you want, separated by commas; all if it is not given.",
        type=schema,
        style="form",
        explode=False,
    )
