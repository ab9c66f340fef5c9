"""A saved search as JSON: the same text for all searches that match the same decisions."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from decisions.search import FACETS, SearchQuery

Json = dict[str, Any]


def to_json(search_query: SearchQuery) -> Json:
    """The words and filters; pages and orders make no difference to what is new."""
    saved: Json = {
        "text": " ".join(search_query.text.split()),
        "terms": {
            name: sorted(set(search_query.terms[name]))
            for name in FACETS
            if search_query.terms.get(name)
        },
        "date_from": search_query.date_from and search_query.date_from.isoformat(),
        "date_to": search_query.date_to and search_query.date_to.isoformat(),
        "payment_min": search_query.payment_min,
        "payment_max": search_query.payment_max,
        "standard": search_query.standard,
    }
    return {name: value for name, value in saved.items() if value not in (None, "", {}, False)}


def councils_of(saved: Iterable[Json]) -> set[str]:
    """The slugs of all councils that the searches name."""
    return {slug for query in saved for slug in query.get("terms", {}).get("council", ())}


def from_json(saved: Json, current_councils: Mapping[str, str] | None = None) -> SearchQuery:
    """The search that `to_json` wrote.

    `current_councils` has the slug that replaces another, for councils that were merged since.
    """
    terms = {name: tuple(values) for name, values in saved.get("terms", {}).items()}
    if current_councils and "council" in terms:
        terms["council"] = tuple(current_councils.get(slug, slug) for slug in terms["council"])
    return SearchQuery(
        text=saved.get("text", ""),
        terms=terms,
        date_from=_day(saved.get("date_from")),
        date_to=_day(saved.get("date_to")),
        payment_min=saved.get("payment_min"),
        payment_max=saved.get("payment_max"),
        standard=saved.get("standard", False),
        exact=True,
        sort="newest",
    )


def key(saved: Json) -> str:
    """A text that is the same for equal searches."""
    return json.dumps(saved, sort_keys=True)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
