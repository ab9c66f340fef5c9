"""Matches new decisions against saved searches: documents against queries.

A search over the whole archive costs what the archive has; a percolator holds the new decisions
alone, in memory, so that each saved search looks at these only.
"""

from collections.abc import Iterable
from dataclasses import replace

import tantivy

from decisions.models import Decision, StandardWording
from decisions.search.compiler import compile_query
from decisions.search.index import schema
from decisions.search.index.store import is_engine_failure
from decisions.search.search_query import SearchQuery
from decisions.search.vocabulary import vocabulary_of

# Bytes that the engine buffers before it writes a segment.
_MEMORY = 100_000_000

_ID_MASK = (1 << schema.ID_BITS) - 1


class Percolator:
    """An index of some decisions, which no other search sees; its memory grows with their text.

    It decides what matches as the archive's own index does, with two differences: the closest
    matches do not count, and a prefix in a named field (`council:ken*`) expands to the words of
    these decisions alone.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        """The decisions must be published; council, category and outcome must be loaded."""
        index = tantivy.Index(schema.build_schema())
        schema.register_analyzers(index)
        standard = frozenset(StandardWording.objects.standard().values_list("pk", flat=True))
        writer = index.writer(_MEMORY, 1)
        for decision in decisions:
            writer.add_document(schema.entry(decision, standard))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        self._vocabulary = vocabulary_of(self._searcher, object())

    def __len__(self) -> int:
        """How many decisions it holds."""
        return self._searcher.num_docs

    def matches(self, search_query: SearchQuery) -> list[int]:
        """The ids of all decisions that match, the newest first; the query's order is ignored.

        Raises RuntimeError if the engine fails on this query.
        """
        if not len(self):
            return []
        unordered = replace(search_query, sort="newest")
        compiled = compile_query(unordered, self._schema, self._vocabulary)
        try:
            result = self._searcher.search(
                compiled.matching,
                len(self),
                count=False,
                order_by_field="newest",
                order=tantivy.Order.Desc,
            )
        except BaseException as error:
            if not is_engine_failure(error):
                raise
            raise RuntimeError("The engine cannot run this search.") from error
        return [key & _ID_MASK for key, _ in result.hits]
