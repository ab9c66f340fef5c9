"""The ids of the decisions on one page of results, in order.

Behind the first page, ids are read and cached in windows, so that the engine works once for all the
pages of a window. By relevance, it ranks all results up to the end of the window. By date and by
payment, it sorts only the results of the days, or with the payments, that the window has.
"""

from collections.abc import Hashable
from typing import cast

from tantivy import Query, Schema, Searcher, SearchResult

from decisions.search import key_ranges, windows
from decisions.search.compiler import CompiledQuery
from decisions.search.key_ranges import ORDERS, SortedResults
from decisions.search.search_query import SearchQuery


def clear_caches() -> None:
    """Empty the caches, so that a measurement counts and reads afresh."""
    key_ranges.clear_cache()
    windows.clear_cache()


def order_of(sort: str) -> str:
    """The order of results without scores: the name of an entry of ORDERS."""
    return sort if sort in ORDERS else "newest"


def page_of_ids(
    searcher: Searcher,
    schema: Schema,
    search_query: SearchQuery,
    compiled: CompiledQuery,
    key: Hashable,
) -> list[int]:
    """The ids of the page that `search_query` asks for; none beyond the last result.

    `key` is the same for queries with the same matches at the same commit.
    """
    rank, size = search_query.rank, search_query.size
    return ids_from(searcher, schema, search_query, compiled, key, rank=rank, size=size)


def ids_from(
    searcher: Searcher,
    schema: Schema,
    search_query: SearchQuery,
    compiled: CompiledQuery,
    key: Hashable,
    *,
    rank: int,
    size: int,
) -> list[int]:
    """The same for `size` ids from `rank` on, in the order of `search_query`."""
    if not size or rank >= searcher.num_docs:
        return []
    ranked, sort = compiled.ranked, order_of(search_query.sort)

    def read(rank: int, size: int) -> list[int]:
        if ranked is not None:
            return best_ids(searcher, ranked, size, rank)
        matching = compiled.matching
        if rank:
            results = SortedResults(searcher, schema, compiled, sort, key)
            matching, rank = results.narrowed(rank, size)
        field, order = ORDERS[sort]
        result = searcher.search(
            matching, size, offset=rank, count=False, order_by_field=field, order=order
        )
        return ids_of(searcher, result)

    if rank == 0 or size > windows.SIZE:
        return read(rank, size)
    return windows.ids_from((key, "relevance" if ranked else sort), rank, size, read)


def best_ids(searcher: Searcher, query: Query, limit: int, rank: int = 0) -> list[int]:
    """The ids of the matches with the best scores, up to `limit` of them from `rank` on."""
    result = searcher.search(query, limit, offset=rank, count=False, weight_by_field="fresh")
    return ids_of(searcher, result)


def ids_of(searcher: Searcher, result: SearchResult) -> list[int]:
    """The decisions' ids, in the order of the results."""
    ids = searcher.fast_field_values("id", [address for _, address in result.hits])
    return cast(list[int], ids)
