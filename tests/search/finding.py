"""Asks the search for decisions by their references."""

from decisions import search
from decisions.models import Decision


def find_references(text: str = "", **fields) -> list[str]:
    """References found, in order, once the index has caught up."""
    search.catch_up()
    search_results = search.search(search.SearchQuery(text, **fields))
    assert search_results.from_index
    decisions = Decision.objects.all().by_ids(search_results.ids)
    assert search_results.total == len(decisions)
    return [decision.reference for decision in decisions]
