"""What the benchmark knows of the engine behind `decisions.search`, all in this one place.

`Floor` asks the engine directly for the same answer as `search.search` gives: twenty decisions in
order of BM25 on one field, the exact count, and six facets by terms aggregations over the same
fields of the same index, each facet whose filter is in use by an aggregation of its own.
"""

import re

from tantivy import FieldType, Occur, Order, Query

from decisions import search
from decisions.search import execution, windows
from decisions.search.analyzers import STEMS
from decisions.search.index import store
from decisions.search.index.schema import KIND, STATE

MOST_OPTIONS = 65_000


def start_afresh() -> None:
    """Forget all that was counted before."""
    execution.clear_caches()


def forget_ids() -> None:
    """Forget the ids around far pages, and keep what was counted."""
    windows.clear_cache()


class Floor:
    """The engine, asked directly for the answer to one question."""

    def __init__(self, search_query: search.SearchQuery) -> None:
        opened = store.current()
        self.searcher = opened.index.searcher()
        self.schema = opened.schema
        self.words = list(_words(self.schema, search_query.text))
        self.filters = [
            (name, Query.term_set_query(self.schema, name, list(values)))
            for name, values in search_query.terms.items()
        ]
        if search_query.date_from and search_query.date_to:
            bounds = search_query.date_from.toordinal(), search_query.date_to.toordinal()
            dates = Query.range_query(self.schema, "decided", FieldType.Unsigned, *bounds)
            self.filters.append(("decided", dates))

    def search_results(self) -> int:
        """Searches, counts and counts the facets; returns the count."""
        matching = self._matching()
        if self.words:
            found = self.searcher.search(matching, search.PAGE_SIZE)
        else:
            found = self.searcher.search(
                matching, search.PAGE_SIZE, order_by_field="newest", order=Order.Desc
            )
        used = {name for name, _ in self.filters}
        self._aggregate(matching, [name for name in search.FACETS if name not in used])
        for name in search.FACETS:
            if name in used:
                self._aggregate(self._matching(without=name), [name])
        return found.count

    def _matching(self, without: str = "") -> Query:
        filters = [
            (Occur.Must, Query.const_score_query(query, 0.0))
            for name, query in self.filters
            if name != without
        ]
        return Query.boolean_query(self.words + filters or self._every_decision())

    def _every_decision(self) -> list[tuple[Occur, Query]]:
        state = Query.term_query(self.schema, KIND, STATE, "basic")
        return [(Occur.Must, Query.all_query()), (Occur.MustNot, state)]

    def _aggregate(self, matching: Query, names: list[str]) -> None:
        self.searcher.aggregate(
            matching, {name: {"terms": {"field": name, "size": MOST_OPTIONS}} for name in names}
        )


def _words(schema, text: str):
    """The clauses of one of `kinds.QUERIES`, without a grammar: they are known beforehand."""
    if " OR " in text:
        either = [(Occur.Should, _one(schema, word)) for word in text.split(" OR ")]
        yield Occur.Must, Query.boolean_query(either)
        return
    for unit in re.findall(r'"[^"]+"|\S+', text):
        yield (Occur.MustNot if unit.startswith("-") else Occur.Must), _one(schema, unit)


def _one(schema, unit: str) -> Query:
    stems = STEMS.analyze(unit)
    if len(stems) == 1:
        return Query.term_query(schema, "everything", stems[0])
    return Query.phrase_query(schema, "everything", stems)
